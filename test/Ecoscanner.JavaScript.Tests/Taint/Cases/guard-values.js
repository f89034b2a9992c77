// Which value a guard speaks of.

export function otherVariable() {
  const first = source();
  const second = source();
  if (isSafe(first)) {
    sink(second); // finding: taint {{source() at line @-2}}
    //   ^^^^^^
  }
}

export function otherVariableSafe() {
  const first = source();
  const second = source();
  if (isSafe(second)) {
    log(first);
    sink(second); // safe: guarded
  }
}

export function reassigned() {
  let text = source();
  if (isSafe(text)) {
    text = source();
    sink(text); // finding: taint {{source() at line @-1}}
    //   ^^^^
  }
}

export function reassignedSafe() {
  let text = source();
  text = source();
  if (isSafe(text)) {
    sink(text); // safe: guarded
  }
}

export function reassignedMaybe() {
  let text = source();
  if (!isSafe(text)) {
    return;
  }

  if (maybe()) {
    text = source();
  }

  sink(text); // finding: taint {{source() at line @-3}}
  //   ^^^^
}

export function reassignedMaybeSafe() {
  let text = source();
  if (!isSafe(text)) {
    return;
  }

  if (maybe()) {
    text = "constant";
  }

  sink(text); // safe: guarded
}

export function copied() {
  const text = source();
  const copy = source();
  if (isSafe(copy)) {
    sink(text); // finding: taint {{source() at line @-3}}
    //   ^^^^
  }
}

export function copiedSafe() {
  const text = source();
  const copy = text;
  if (isSafe(copy)) {
    sink(text); // safe: guarded
  }
}

export function member() {
  const body = sourceObject();
  if (isSafe(body.id)) {
    sink(body.name); // finding: taint {{sourceObject() at line @-2}}
    //   ^^^^^^^^^
  }
}

export function memberSafe() {
  const body = sourceObject();
  if (isSafe(body.name)) {
    sink(body.name); // safe: guarded
  }
}

export function taken() {
  const { id, name } = sourceObject();
  if (isSafe(id)) {
    sink(name); // finding: taint {{sourceObject() at line @-2}}
    //   ^^^^
  }
}

export function takenSafe() {
  const { id, name } = sourceObject();
  if (isSafe(name)) {
    log(id);
    sink(name); // safe: guarded
  }
}

export function memberReplaced() {
  const body = { text: source() };
  if (isSafe(body.text)) {
    body.text = source();
    sink(body.text); // finding: taint {{source() at line @-1}}
    //   ^^^^^^^^^
  }
}

export function memberReplacedSafe() {
  const body = { text: source() };
  if (isSafe(body.text)) {
    body.other = source();
    sink(body.text); // safe: guarded
  }
}

export function itemOfList() {
  for (const item of [source(), source()]) {
    const isFine = isSafe("constant");
    if (isFine) {
      sink(item); // finding: taint {{source() at line @-3}}
      //   ^^^^
    }
  }
}

export function itemOfListSafe() {
  for (const item of [source(), source()]) {
    const isFine = isSafe(item);
    if (isFine) {
      sink(item); // safe: guarded
    }
  }
}

export function wholeObject() {
  const body = sourceObject();
  const other = sourceObject();
  if (isSafe(other)) {
    sink(body.name); // finding: taint {{sourceObject() at line @-3}}
    //   ^^^^^^^^^
  }
}

export function wholeObjectSafe() {
  const body = sourceObject();
  if (isSafe(body)) {
    sink(body.name); // safe: guarded
  }
}

export function otherResource() {
  if (isAllowed("user", "page")) {
    sensitive("space"); // finding: unguarded
    //        ^^^^^^^
  }
}

export function otherResourceSafe() {
  if (isAllowed("user", "space")) {
    sensitive("space"); // safe: guarded
  }
}

export function variableResource() {
  const wanted = source();
  const asked = source();
  if (isAllowed("user", asked)) {
    sensitive(wanted); // finding: unguarded
    //        ^^^^^^
  }
}

export function variableResourceSafe() {
  const wanted = source();
  const asked = wanted;
  if (isAllowed("user", asked)) {
    sensitive(wanted); // safe: guarded
  }
}

export function resultsMixedUp() {
  const first = source();
  const second = source();
  const isFirst = isSafe(first);
  const isSecond = isSafe(second);
  log(isSecond);
  if (isFirst) {
    sink(second); // finding: taint {{source() at line @-5}}
    //   ^^^^^^
  }
}

export function resultsMixedUpSafe() {
  const first = source();
  const second = source();
  const isFirst = isSafe(first);
  const isSecond = isSafe(second);
  log(isFirst);
  if (isSecond) {
    sink(second); // safe: guarded
  }
}

export function joinedWithOther() {
  const first = source();
  const second = source();
  if (isSafe(first)) {
    sink(first + second); // finding: taint {{source() at line @-2}}
    //   ^^^^^^^^^^^^^^
  }
}

export function joinedWithOtherSafe() {
  const first = source();
  const second = source();
  if (isSafe(first) && isSafe(second)) {
    sink(first + second); // safe: guarded
  }
}

export function chosen() {
  const first = source();
  const second = source();
  const text = maybe() ? first : second;
  if (isSafe(first)) {
    sink(text); // finding: taint {{source() at line @-3}}
    //   ^^^^
  }
}

export function chosenSafe() {
  const first = source();
  const second = source();
  const text = maybe() ? first : second;
  if (isSafe(text)) {
    sink(text); // safe: guarded
  }
}
