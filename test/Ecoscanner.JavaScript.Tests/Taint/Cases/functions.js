// Calls: arguments, results, contexts.

export function identity() {
  const same = (value) => value;
  same("constant");
  sink(same(source())); // finding: taint
}

export function identitySafe() {
  const same = (value) => value;
  same(source());
  sink(same("constant")); // safe: other-context
}

export function identityTwice() {
  const same = (value) => value;
  const again = (value) => same(value);
  again("constant");
  sink(again(source())); // finding: taint
}

export function identityTwiceSafe() {
  const same = (value) => value;
  const again = (value) => same(value);
  again(source());
  sink(again("constant")); // safe: other-context
}

export function sinkInCallee() {
  function write(text) {
    sink(text); // finding: taint {{source() at line @+3}}
  }

  write(source());
}

export function sinkInCalleeSafe() {
  function write(text) {
    sink(text); // safe: sanitized
  }

  write(sanitize(source()));
}

export function sourceInCallee() {
  function read() {
    return source();
  }

  sink(read()); // finding: taint {{source() at line @-3}}
}

export function sourceInCalleeSafe() {
  function read() {
    source();
    return "constant";
  }

  sink(read()); // safe: constant
}

export function secondArgument() {
  function pick(first, second) {
    log(first);
    return second;
  }

  sink(pick("constant", source())); // finding: taint
}

export function secondArgumentSafe() {
  function pick(first, second) {
    log(first);
    return second;
  }

  sink(pick(source(), "constant")); // safe: other-member
}

export function sanitizerInCallee() {
  function clean(text) {
    return maybe() ? sanitize(text) : text;
  }

  sink(clean(source())); // finding: taint
}

export function sanitizerInCalleeSafe() {
  function clean(text) {
    return maybe() ? sanitize(text) : "constant";
  }

  sink(clean(source())); // safe: sanitized
}

export function defaultParameter() {
  function write(text = source()) {
    sink(text); // finding: taint {{source() at line @-1}}
  }

  write();
}

export function defaultParameterSafe() {
  function write(text = source()) {
    sink(text); // safe: constant
  }

  write("constant");
}

export function defaultFromOther() {
  function write(first, second = first) {
    sink(second); // finding: taint {{source() at line @+3}}
  }

  write(source());
}

export function defaultFromOtherSafe() {
  function write(first, second = "constant") {
    log(first);
    sink(second); // safe: constant
  }

  write(source());
}

export function restParameter() {
  function write(first, ...others) {
    log(first);
    sink(others[0]); // finding: taint {{source() at line @+3}}
  }

  write("constant", source());
}

export function restParameterSafe() {
  function write(first, ...others) {
    log(first);
    sink(others[0]); // safe: other-member
  }

  write(source(), "constant");
}

export function argumentsObject() {
  function write() {
    sink(arguments[1]); // finding: taint {{source() at line @+3}}
  }

  write("constant", source());
}

export function argumentsObjectSafe() {
  function write() {
    sink(arguments[0]); // safe: other-member
  }

  write("constant", source());
}

export function called() {
  function write(text) {
    log(this);
    sink(text); // finding: taint {{source() at line @+3}}
  }

  write.call("constant", source());
}

export function calledSafe() {
  function write(text) {
    log(this);
    sink(text); // safe: other-member
  }

  write.call(source(), "constant");
}

export function calledThis() {
  function write() {
    sink(this.text); // finding: taint {{source() at line @+3}}
  }

  write.call({ text: source(), other: "constant" });
}

export function calledThisSafe() {
  function write() {
    sink(this.other); // safe: other-member
  }

  write.call({ text: source(), other: "constant" });
}

export function applied() {
  function write(first, second) {
    log(first);
    sink(second); // finding: taint {{source() at line @+3}}
  }

  write.apply(null, ["constant", source()]);
}

export function appliedSafe() {
  function write(first, second) {
    log(first);
    sink(second); // safe: other-member
  }

  write.apply(null, [source(), "constant"]);
}

export function bound() {
  function write(first, second) {
    log(second);
    sink(first); // finding: taint {{source() at line @+3}}
  }

  write.bind(null, source())("constant");
}

export function boundSafe() {
  function write(first, second) {
    log(first);
    sink(second); // safe: other-member
  }

  write.bind(null, source())("constant");
}

export function recursive() {
  function repeat(text, count) {
    return count === 0 ? text : repeat(text, count - 1);
  }

  sink(repeat(source(), 3)); // finding: taint
}

export function recursiveSafe() {
  function repeat(text, count) {
    return count === 0 ? "constant" : repeat(text, count - 1);
  }

  sink(repeat(source(), 3)); // safe: constant
}

export function gathered() {
  function gather(text, count) {
    return count === 0 ? "" : text + gather(text, count - 1);
  }

  sink(gather(source(), 2)); // finding: taint
}

export function gatheredSafe() {
  function gather(text, count) {
    return count === 0 ? "" : sanitize(text) + gather(text, count - 1);
  }

  sink(gather(source(), 2)); // safe: sanitized
}

export function mutual() {
  function even(text, count) {
    return count === 0 ? text : odd(text, count - 1);
  }

  function odd(text, count) {
    return count === 0 ? "odd" : even(text, count - 1);
  }

  sink(even(source(), 4)); // finding: taint
}

export function mutualSafe() {
  function even(text, count) {
    return count === 0 ? "even" : odd(text, count - 1);
  }

  function odd(text, count) {
    return count === 0 ? "odd" : even(text, count - 1);
  }

  sink(even(source(), 4)); // safe: constant
}

export function hoisted() {
  sink(later()); // finding: taint {{source() at line @+3}}

  function later() {
    return source();
  }
}

export function hoistedSafe() {
  sink(later()); // safe: constant

  function later() {
    return "constant";
  }

  log(source());
}

export function byName() {
  const table = { read: () => source(), other: () => "constant" };
  sink(table["read"]()); // finding: taint {{source() at line @-1}}
}

export function byNameSafe() {
  const table = { read: () => source(), other: () => "constant" };
  sink(table["other"]()); // safe: other-member
}

export function outParameter() {
  function read(into) {
    into.text = source();
    into.other = "constant";
  }

  const result = {};
  read(result);
  sink(result.text); // finding: taint {{source() at line @-6}}
}

export function outParameterSafe() {
  function read(into) {
    into.text = source();
    into.other = "constant";
  }

  const result = {};
  read(result);
  sink(result.other); // safe: other-member
}

export function returnsObject() {
  const read = () => ({ text: source(), other: "constant" });
  const { text } = read();
  sink(text); // finding: taint {{source() at line @-2}}
}

export function returnsObjectSafe() {
  const read = () => ({ text: source(), other: "constant" });
  const { other } = read();
  sink(other); // safe: other-member
}
