// Fields of objects: which one, how deep, and by which key.

export function field() {
  const object = { first: source(), second: "constant" };
  sink(object.first); // finding: taint {{source() at line @-1}}
}

export function fieldSafe() {
  const object = { first: source(), second: "constant" };
  sink(object.second); // safe: other-member
}

export function depthTwo() {
  const object = { a: { b: source(), c: "constant" } };
  sink(object.a.b); // finding: taint {{source() at line @-1}}
}

export function depthTwoSafe() {
  const object = { a: { b: source(), c: "constant" } };
  sink(object.a.c); // safe: other-member
}

export function depthThree() {
  const object = { a: { b: { c: source() }, d: { c: "constant" } } };
  sink(object.a.b.c); // finding: taint {{source() at line @-1}}
}

export function depthThreeSafe() {
  const object = { a: { b: { c: source() }, d: { c: "constant" } } };
  sink(object.a.d.c); // safe: other-member
}

export function depthFour() {
  const object = { a: { b: { c: { d: source(), e: "constant" } } } };
  sink(object.a.b.c.d); // finding: taint {{source() at line @-1}}
}

export function depthFourSafe() {
  const object = { a: { b: { c: { d: source(), e: "constant" } } } };
  sink(object.a.b.c.e); // safe: other-member
}

export function writtenField() {
  const object = {};
  object.first = source();
  object.second = "constant";
  sink(object.first); // finding: taint {{source() at line @-2}}
}

export function writtenFieldSafe() {
  const object = {};
  object.first = source();
  object.second = "constant";
  sink(object.second); // safe: other-member
}

export function overwrittenField() {
  const object = { text: "constant" };
  object.text = source();
  sink(object.text); // finding: taint {{source() at line @-1}}
}

export function overwrittenFieldSafe() {
  const object = { text: source() };
  object.text = "constant";
  sink(object.text); // safe: overwritten
}

export function constantKey() {
  const key = "first";
  const object = { [key]: source(), second: "constant" };
  sink(object.first); // finding: taint {{source() at line @-1}}
}

export function constantKeySafe() {
  const key = "first";
  const object = { [key]: source(), second: "constant" };
  sink(object.second); // safe: other-member
}

export function bracketed() {
  const object = { first: source(), second: "constant" };
  sink(object["first"]); // finding: taint {{source() at line @-1}}
}

export function bracketedSafe() {
  const object = { first: source(), second: "constant" };
  sink(object["second"]); // safe: other-member
}

export function addedKey() {
  const prefix = "a";
  const object = { ab: source(), ac: "constant" };
  sink(object[prefix + "b"]); // finding: taint {{source() at line @-1}}
}

export function addedKeySafe() {
  const prefix = "a";
  const object = { ab: source(), ac: "constant" };
  sink(object[prefix + "c"]); // safe: other-member
}

export function oneOfTwoKeys() {
  const object = { a: source(), b: "constant", c: "other" };
  sink(object[maybe() ? "a" : "b"]); // finding: taint may {{source() at line @-1}}
}

export function oneOfTwoKeysSafe() {
  const object = { a: source(), b: "constant", c: "other" };
  sink(object[maybe() ? "c" : "b"]); // safe: other-member
}

export function dynamicWrite() {
  const object = { a: "constant" };
  object[maybe() ? "a" : "b"] = source();
  sink(object.a); // finding: taint may {{source() at line @-1}}
}

export function dynamicWriteSafe() {
  const object = { a: "constant" };
  object[maybe() ? "c" : "b"] = source();
  sink(object.a); // safe: other-member
}

export function attackersKey() {
  const object = {};
  object[source()] = "constant";
  for (const key in object) {
    sink(key); // finding: taint {{source() at line @-2}}
  }
}

export function attackersKeySafe() {
  const object = {};
  object[source()] = "constant";
  for (const key in object) {
    sink(object[key]); // safe: constant
  }
}

export function lookedUp() {
  const table = { a: source(), b: "constant" };
  const key = trusted();
  sink(table[key] ?? table.a); // finding: taint {{source() at line @-2}}
}

export function lookedUpSafe() {
  const table = { a: "one", b: "constant" };
  const key = source();
  sink(table[key] ?? table.a); // safe: constant
}

export function member() {
  const request = sourceObject();
  sink(request.name); // finding: taint {{sourceObject() at line @-1}}
}

export function memberSafe() {
  const request = sourceObject();
  request.kind = "constant";
  sink(request.kind); // safe: overwritten
}

export function deepMember() {
  sink(sourceObject().nested.deep.name); // finding: taint
}

export function deepMemberSafe() {
  sink(sanitize(sourceObject().nested.deep.name)); // safe: sanitized
}

export function wholeObject() {
  const object = { text: source() };
  sink(object); // finding: taint {{source() at line @-1}}
}

export function wholeObjectSafe() {
  const object = { text: sanitize(source()) };
  sink(object); // safe: sanitized
}

export function getter() {
  const object = {
    get text() {
      return source();
    },
  };
  sink(object.text); // finding: taint {{source() at line @-3}}
}

export function getterSafe() {
  const object = {
    get text() {
      return sanitize(source());
    },
  };
  sink(object.text); // safe: sanitized
}

export function setter() {
  const object = {
    kept: "constant",
    set text(value) {
      this.kept = value;
    },
  };
  object.text = source();
  sink(object.kept); // finding: taint {{source() at line @-1}}
}

export function setterSafe() {
  const object = {
    kept: "constant",
    set text(value) {
      this.length = value.length;
    },
  };
  object.text = source();
  sink(object.kept); // safe: other-member
}

export function method() {
  const object = {
    text: source(),
    read() {
      return this.text;
    },
  };
  sink(object.read()); // finding: taint {{source() at line @-5}}
}

export function methodSafe() {
  const object = {
    text: source(),
    other: "constant",
    read() {
      return this.other;
    },
  };
  sink(object.read()); // safe: other-member
}

export function optional() {
  const object = maybe() ? { text: source() } : undefined;
  sink(object?.text); // finding: taint {{source() at line @-1}}
}

export function optionalSafe() {
  const object = maybe() ? { text: source(), other: "constant" } : undefined;
  sink(object?.other); // safe: other-member
}
