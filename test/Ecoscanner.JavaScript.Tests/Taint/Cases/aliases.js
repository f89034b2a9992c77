// Two names of one object, and two objects of one place that makes them.

export function twoNames() {
  const one = {};
  const other = one;
  one.text = source();
  sink(other.text); // finding: taint {{source() at line @-1}}
}

export function twoNamesSafe() {
  const one = {};
  const other = {};
  one.text = source();
  sink(other.text); // safe: other-member
}

export function writtenByCallee() {
  function fill(target) {
    target.text = source();
  }

  const object = { text: "constant" };
  fill(object);
  sink(object.text); // finding: taint {{source() at line @-5}}
}

export function writtenByCalleeSafe() {
  function fill(target) {
    target = { text: source() };
    return target;
  }

  const object = { text: "constant" };
  fill(object);
  sink(object.text); // safe: no-flow
}

export function factory() {
  function make(text) {
    return { text };
  }

  const flawed = make(source());
  make("constant");
  sink(flawed.text); // finding: taint {{source() at line @-2}}
}

export function factorySafe() {
  function make(text) {
    return { text };
  }

  const clean = make("constant");
  make(source());
  sink(clean.text); // safe: other-context
}

export function factoryThenWrite() {
  function make() {
    return { text: "constant" };
  }

  const one = make();
  const other = make();
  one.text = source();
  log(other);
  sink(one.text); // finding: taint {{source() at line @-2}}
}

export function factoryThenWriteSafe() {
  function make() {
    return { text: "constant" };
  }

  const one = make();
  const other = make();
  one.text = source();
  sink(other.text); // safe: other-member
}

export function storedInList() {
  const object = { text: "constant" };
  const list = [object];
  list[0].text = source();
  sink(object.text); // finding: taint {{source() at line @-1}}
}

export function storedInListSafe() {
  const object = { text: "constant" };
  const list = [{ ...object }];
  list[0].text = source();
  sink(object.text); // safe: other-member
}

export function storedInField() {
  const inner = { text: "constant" };
  const outer = { inner };
  outer.inner.text = source();
  sink(inner.text); // finding: taint {{source() at line @-1}}
}

export function storedInFieldSafe() {
  const inner = { text: "constant" };
  const outer = { inner };
  outer.inner = { text: source() };
  sink(inner.text); // safe: other-member
}

export function oneOfTwo() {
  const first = { text: "constant" };
  const second = { text: "constant" };
  const chosen = maybe() ? first : second;
  chosen.text = source();
  sink(first.text); // finding: taint may {{source() at line @-1}}
}

export function oneOfTwoSafe() {
  const first = { text: "constant" };
  const second = { text: "constant" };
  const third = { text: "constant" };
  const chosen = maybe() ? third : second;
  chosen.text = source();
  sink(first.text); // safe: other-member
}

export function cyclic() {
  const object = { text: source(), other: "constant" };
  object.self = object;
  sink(object.self.self.text); // finding: taint {{source() at line @-2}}
}

export function cyclicSafe() {
  const object = { text: source(), other: "constant" };
  object.self = object;
  sink(object.self.self.other); // safe: other-member
}

export function copiedBefore() {
  const object = { text: source() };
  const copy = { ...object };
  sink(copy.text); // finding: taint {{source() at line @-2}}
}

export function copiedBeforeSafe() {
  const object = { text: "constant" };
  const copy = { ...object };
  object.text = source();
  sink(copy.text); // safe: other-member
}

export function linkedList() {
  let list = null;
  for (const text of ["constant", source()]) {
    list = { text, next: list };
  }

  sink(list.text); // finding: taint {{source() at line @-4}}
}

export function linkedListSafe() {
  let list = null;
  for (const text of ["constant", sanitize(source())]) {
    list = { text, next: list };
  }

  sink(list.text); // safe: sanitized
}
