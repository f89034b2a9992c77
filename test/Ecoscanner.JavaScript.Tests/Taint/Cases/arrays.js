// Items of arrays, and what the methods of arrays hand on.

export function index() {
  const list = ["constant", source()];
  sink(list[1]); // finding: taint {{source() at line @-1}}
}

export function indexSafe() {
  const list = ["constant", source()];
  sink(list[0]); // safe: other-member
}

export function written() {
  const list = [];
  list[0] = source();
  sink(list[0]); // finding: taint {{source() at line @-1}}
}

export function writtenSafe() {
  const list = ["constant", "constant"];
  list[0] = source();
  sink(list[1]); // safe: other-member
}

export function dynamicIndex() {
  const list = ["constant", source()];
  const index = maybe() ? 1 : 0;
  sink(list[index]); // finding: taint may {{source() at line @-2}}
}

export function dynamicIndexSafe() {
  const list = ["constant", "other"];
  const index = maybe() ? 1 : 0;
  log(source());
  sink(list[index]); // safe: constant
}

export function pushed() {
  const list = [];
  list.push(source());
  sink(list.pop()); // finding: taint {{source() at line @-1}}
}

export function pushedSafe() {
  const list = [];
  list.push(sanitize(source()));
  sink(list.pop()); // safe: sanitized
}

export function unshifted() {
  const list = ["constant"];
  list.unshift(source());
  sink(list.shift()); // finding: taint {{source() at line @-1}}
}

export function unshiftedSafe() {
  const list = ["constant"];
  log(source());
  list.unshift("other");
  sink(list.shift()); // safe: constant
}

export function mapped() {
  const list = [source()].map((item) => `<${item}>`);
  sink(list[0]); // finding: taint {{source() at line @-1}}
}

export function mappedSafe() {
  const list = [source()].map((item) => sanitize(item));
  sink(list[0]); // safe: sanitized
}

export function mappedByName() {
  sink([source()].map(String)[0]); // finding: taint
}

export function mappedByNameSafe() {
  sink([source()].map(sanitize)[0]); // safe: sanitized
}

export function filtered() {
  const list = [source(), "constant"].filter((item) => item.length > 0);
  sink(list[0]); // finding: taint {{source() at line @-1}}
}

export function filteredSafe() {
  const list = ["other", "constant"].filter((item) => item !== source());
  sink(list[0]); // safe: constant
}

export function reduced() {
  sink([source(), "constant"].reduce((all, item) => all + item, "")); // finding: taint
}

export function reducedSafe() {
  sink([source(), "constant"].reduce((sum, item) => sum + item.length, 0)); // safe: no-flow
}

export function reducedFrom() {
  sink(["constant"].reduce((all, item) => all + item, source())); // finding: taint
}

export function reducedFromSafe() {
  sink(["constant"].reduce((all, item) => all + item, sanitize(source()))); // safe: sanitized
}

export function joined() {
  sink(["constant", source()].join(" ")); // finding: taint
}

export function joinedSafe() {
  sink(["constant", sanitize(source())].join(" ")); // safe: sanitized
}

export function joinedWith() {
  sink(["one", "two"].join(source())); // finding: taint
}

export function joinedWithSafe() {
  sink(["one", "two"].join(sanitize(source()))); // safe: sanitized
}

export function concatenated() {
  const list = ["constant"].concat([source()]);
  sink(list[1]); // finding: taint {{source() at line @-1}}
}

export function concatenatedSafe() {
  const list = ["constant"];
  list.concat([source()]);
  sink(list[0]); // safe: no-flow
}

export function sliced() {
  sink([source()].slice(0)[0]); // finding: taint
}

export function slicedSafe() {
  sink(["constant"].slice(source().length - 100)[0]); // safe: no-flow
}

export function flattened() {
  sink([[source()]].flat()[0]); // finding: taint
}

export function flattenedSafe() {
  sink([[sanitize(source())]].flat()[0]); // safe: sanitized
}

export function sorted() {
  sink([source(), source()].sort()[0]); // finding: taint
}

export function sortedSafe() {
  sink(["b", "a"].sort((a, b) => (a + source() < b ? -1 : 1))[0]); // safe: constant
}

export function found() {
  sink([source()].find((item) => item !== "")); // finding: taint
}

export function foundSafe() {
  sink([source()].findIndex((item) => item !== "")); // safe: no-flow
}

export function included() {
  const list = ["constant", source()];
  sink(list.at(-1)); // finding: taint {{source() at line @-1}}
}

export function includedSafe() {
  const list = ["constant", source()];
  sink(list.includes("constant")); // safe: no-flow
}

export function iterated() {
  for (const item of [source()]) {
    sink(item); // finding: taint {{source() at line @-1}}
  }
}

export function iteratedSafe() {
  for (const index in [source()]) {
    sink(index); // safe: no-flow
  }
}

export function eachItem() {
  [source()].forEach((item, index) => {
    log(index);
    sink(item); // finding: taint {{source() at line @-2}}
  });
}

export function eachItemSafe() {
  [source()].forEach((item, index) => {
    log(item);
    sink(index); // safe: no-flow
  });
}

export function entries() {
  for (const [index, item] of [source()].entries()) {
    log(index);
    sink(item); // finding: taint {{source() at line @-2}}
  }
}

export function entriesSafe() {
  for (const [index, item] of [source()].entries()) {
    log(item);
    sink(index); // safe: no-flow
  }
}

export function from() {
  sink(Array.from([1], () => source())[0]); // finding: taint
}

export function fromSafe() {
  sink(Array.from([source()], (_, index) => index)[0]); // safe: no-flow
}

export function filled() {
  sink(new Array(2).fill(source())[1]); // finding: taint
}

export function filledSafe() {
  sink(new Array(source().length).fill("constant")[1]); // safe: constant
}

export function spliced() {
  const list = ["constant"];
  list.splice(0, 0, source());
  sink(list[0]); // finding: taint {{source() at line @-1}}
}

export function splicedSafe() {
  const list = ["constant", "other"];
  list.splice(source().length - 100, 1);
  sink(list[0]); // safe: constant
}
