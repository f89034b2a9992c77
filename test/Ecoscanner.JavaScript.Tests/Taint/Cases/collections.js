// Map, Set and WeakMap, by key where the key is constant.

export function map() {
  const map = new Map();
  map.set("a", source());
  sink(map.get("a")); // finding: taint {{source() at line @-1}}
}

export function mapSafe() {
  const map = new Map();
  map.set("a", source());
  map.set("b", "constant");
  sink(map.get("b")); // safe: other-member
}

export function mapFromEntries() {
  const map = new Map([["a", source()]]);
  sink(map.get("a")); // finding: taint {{source() at line @-1}}
}

export function mapFromEntriesSafe() {
  const map = new Map([["a", sanitize(source())]]);
  sink(map.get("a")); // safe: sanitized
}

export function mapValues() {
  const map = new Map([["a", source()]]);
  for (const value of map.values()) {
    sink(value); // finding: taint {{source() at line @-2}}
  }
}

export function mapValuesSafe() {
  const map = new Map([["a", source()]]);
  for (const key of map.keys()) {
    sink(key); // safe: other-member
  }
}

export function mapKeys() {
  const map = new Map([[source(), "constant"]]);
  for (const [key] of map) {
    sink(key); // finding: taint {{source() at line @-2}}
  }
}

export function mapKeysSafe() {
  const map = new Map([[source(), "constant"]]);
  for (const [, value] of map) {
    sink(value); // safe: other-member
  }
}

export function mapForEach() {
  new Map([["a", source()]]).forEach((value, key) => {
    log(key);
    sink(value); // finding: taint {{source() at line @-2}}
  });
}

export function mapForEachSafe() {
  new Map([["a", source()]]).forEach((value, key) => {
    log(value);
    sink(key); // safe: other-member
  });
}

export function mapSize() {
  const map = new Map([["a", source()]]);
  sink([...map][0][1]); // finding: taint {{source() at line @-1}}
}

export function mapSizeSafe() {
  const map = new Map([["a", source()]]);
  sink(map.size); // safe: no-flow
}

export function set() {
  const set = new Set();
  set.add(source());
  sink([...set][0]); // finding: taint {{source() at line @-1}}
}

export function setSafe() {
  const set = new Set();
  set.add(source());
  sink(set.has("constant")); // safe: no-flow
}

export function setOfList() {
  for (const item of new Set([source()])) {
    sink(item); // finding: taint {{source() at line @-1}}
  }
}

export function setOfListSafe() {
  for (const item of new Set(["constant", sanitize(source())])) {
    sink(item); // safe: sanitized
  }
}

export function weakMap() {
  const key = {};
  const map = new WeakMap();
  map.set(key, source());
  sink(map.get(key)); // finding: taint {{source() at line @-1}}
}

export function weakMapSafe() {
  const key = {};
  const map = new WeakMap();
  map.set(key, sanitize(source()));
  sink(map.get(key)); // safe: sanitized
}

export function twoMaps() {
  const one = new Map();
  const other = new Map();
  one.set("a", source());
  other.set("a", "constant");
  sink(one.get("a")); // finding: taint {{source() at line @-2}}
}

export function twoMapsSafe() {
  const one = new Map();
  const other = new Map();
  one.set("a", source());
  other.set("a", "constant");
  sink(other.get("a")); // safe: other-member
}
