// Patterns take values apart; spreading puts them together.

export function field() {
  const { first } = { first: source(), second: "constant" };
  sink(first); // finding: taint {{source() at line @-1}}
  //   ^^^^^
}

export function fieldSafe() {
  const { second } = { first: source(), second: "constant" };
  sink(second); // safe: other-member
}

export function renamed() {
  const { first: second } = { first: source(), second: "constant" };
  sink(second); // finding: taint {{source() at line @-1}}
  //   ^^^^^^
}

export function renamedSafe() {
  const { second: first } = { first: source(), second: "constant" };
  sink(first); // safe: other-member
}

export function nested() {
  const {
    outer: { inner },
  } = { outer: { inner: source(), other: "constant" } };
  sink(inner); // finding: taint {{source() at line @-1}}
  //   ^^^^^
}

export function nestedSafe() {
  const {
    outer: { other },
  } = { outer: { inner: source(), other: "constant" } };
  sink(other); // safe: other-member
}

export function defaulted() {
  const { text = source() } = {};
  sink(text); // finding: taint {{source() at line @-1}}
  //   ^^^^
}

export function defaultedSafe() {
  const { text = "constant" } = {};
  log(source());
  sink(text); // safe: constant
}

export function rest() {
  const { first, ...others } = { first: "constant", second: source() };
  log(first);
  sink(others.second); // finding: taint {{source() at line @-2}}
  //   ^^^^^^^^^^^^^
}

export function restSafe() {
  const { second, ...others } = { first: "constant", second: source() };
  log(second);
  sink(others.first); // safe: other-member
}

export function restTaken() {
  const { first, ...others } = { first: source(), second: "constant" };
  log(others);
  sink(first); // finding: taint {{source() at line @-2}}
  //   ^^^^^
}

export function restTakenSafe() {
  const { first, ...others } = { first: source(), second: "constant" };
  log(first);
  sink(others.first); // safe: other-member
}

export function ofArray() {
  const [first] = [source(), "constant"];
  sink(first); // finding: taint {{source() at line @-1}}
  //   ^^^^^
}

export function ofArraySafe() {
  const [, second] = [source(), "constant"];
  sink(second); // safe: other-member
}

export function restOfArray() {
  const [, ...others] = ["constant", source()];
  sink(others[0]); // finding: taint {{source() at line @-1}}
  //   ^^^^^^^^^
}

export function restOfArraySafe() {
  const [, ...others] = [source(), "constant"];
  sink(others[0]); // safe: other-member
}

export function assigned() {
  const target = {};
  ({ name: target.name } = sourceObject());
  sink(target.name); // finding: taint {{sourceObject() at line @-1}}
  //   ^^^^^^^^^^^
}

export function assignedSafe() {
  const target = { other: "constant" };
  ({ name: target.name } = sourceObject());
  sink(target.other); // safe: other-member
}

export function parameter() {
  function write({ text }) {
    sink(text); // finding: taint {{source() at line @+4}}
    //   ^^^^
  }

  write({ text: source(), other: "constant" });
}

export function parameterSafe() {
  function write({ other }) {
    sink(other); // safe: other-member
  }

  write({ text: source(), other: "constant" });
}

export function inLoop() {
  for (const { text } of [{ text: source(), other: "constant" }]) {
    sink(text); // finding: taint {{source() at line @-1}}
    //   ^^^^
  }
}

export function inLoopSafe() {
  for (const { other } of [{ text: source(), other: "constant" }]) {
    sink(other); // safe: other-member
  }
}

export function computedKey() {
  const key = "first";
  const { [key]: value } = { first: source(), second: "constant" };
  sink(value); // finding: taint {{source() at line @-1}}
  //   ^^^^^
}

export function computedKeySafe() {
  const key = "second";
  const { [key]: value } = { first: source(), second: "constant" };
  sink(value); // safe: other-member
}

export function spread() {
  const copy = { ...{ text: source(), other: "constant" } };
  sink(copy.text); // finding: taint {{source() at line @-1}}
  //   ^^^^^^^^^
}

export function spreadSafe() {
  const copy = { ...{ text: source(), other: "constant" } };
  sink(copy.other); // safe: other-member
}

export function spreadOver() {
  const copy = { text: "constant", ...{ text: source() } };
  sink(copy.text); // finding: taint {{source() at line @-1}}
  //   ^^^^^^^^^
}

export function spreadOverSafe() {
  const copy = { ...{ text: source() }, text: "constant" };
  sink(copy.text); // safe: overwritten
}

export function spreadIntoArray() {
  const all = [...["constant"], ...[source()]];
  sink(all[1]); // finding: taint {{source() at line @-1}}
  //   ^^^^^^
}

export function spreadIntoArraySafe() {
  const all = [...["constant"], ...[sanitize(source())]];
  sink(all[1]); // safe: sanitized
}

export function spreadIntoCall() {
  function write(first, second) {
    log(first);
    sink(second); // finding: taint {{source() at line @+4}}
    //   ^^^^^^
  }

  write(...["constant", source()]);
}

export function spreadIntoCallSafe() {
  function write(first, second) {
    log(first);
    sink(second); // safe: other-member
  }

  write(...[source(), "constant"]);
}
