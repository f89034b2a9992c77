// Variables that functions capture.

export function captured() {
  const text = source();
  const write = () => {
    sink(text); // finding: taint {{source() at line @-2}}
  };
  write();
}

export function capturedSafe() {
  const text = sanitize(source());
  const write = () => {
    sink(text); // safe: sanitized
  };
  write();
}

export function writtenByClosure() {
  let text = "constant";
  const fill = () => {
    text = source();
  };
  fill();
  sink(text); // finding: taint {{source() at line @-3}}
}

export function writtenByClosureSafe() {
  let text = "constant";
  let other = "constant";
  const fill = () => {
    other = source();
  };
  fill();
  log(other);
  sink(text); // safe: constant
}

export function returned() {
  const make = (text) => () => text;
  sink(make(source())()); // finding: taint
}

export function returnedSafe() {
  const make = (text) => () => text;
  make(source());
  sink(make("constant")()); // safe: other-context
}

export function counter() {
  const make = () => {
    let last = "constant";
    return { put: (text) => (last = text), take: () => last };
  };
  const cell = make();
  cell.put(source());
  sink(cell.take()); // finding: taint {{source() at line @-1}}
}

export function counterSafe() {
  const make = () => {
    let last = "constant";
    return { put: (text) => (last = text), take: () => last };
  };
  const cell = make();
  make().put(source());
  sink(cell.take()); // safe: other-context
}

export function curried() {
  const join = (first) => (second) => first + second;
  sink(join("constant")(source())); // finding: taint
}

export function curriedSafe() {
  const join = (first) => (second) => first + second;
  log(join("constant")(source()));
  sink(join("constant")("other")); // safe: other-context
}

export function immediate() {
  sink((() => source())()); // finding: taint
}

export function immediateSafe() {
  sink((() => (source(), "constant"))()); // safe: constant
}

export function perIteration() {
  const readers = [];
  for (const text of [source()]) {
    readers.push(() => text);
  }

  sink(readers[0]()); // finding: taint {{source() at line @-4}}
}

export function perIterationSafe() {
  const readers = [];
  for (const text of ["constant"]) {
    readers.push(() => text);
  }

  log(source());
  sink(readers[0]()); // safe: constant
}

export function neverCalled() {
  let text = "constant";
  const fill = () => (text = source());
  fill();
  sink(text); // finding: taint {{source() at line @-2}}
}

export function neverCalledSafe() {
  let text = "constant";
  const fill = () => (text = source());
  log(typeof fill);
  sink(text); // safe: constant
}
