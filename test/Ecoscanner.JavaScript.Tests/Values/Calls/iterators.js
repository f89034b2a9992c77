// Loops, spreads and patterns run the methods of iterators.
function tick() {}
class Range {
  [Symbol.iterator]() {
    let left = 2;
    return {
      next: /* next */ () => ({ done: left-- === 0, value: tick }),
      return: /* stop */ () => ({}),
    };
  }
}
const range = new Range();
for (const item of range) item(); // calls: tick
{
  for (const item of range) void item;
//^^^ calls: Range[Symbol.iterator], next; may: stop
}
const spread = [...range];
//              ^^^^^^^^ calls: Range[Symbol.iterator], next; not: tick, stop
spread[0](); // calls: tick
const [first] = range;
//    ^^^^^^^ calls: Range[Symbol.iterator], next, stop
first(); // calls: tick
Array.from(range); // calls: Range[Symbol.iterator], next; may: stop
new Set(range); // calls: Range[Symbol.iterator], next; may: stop
Math.max(...range);
//       ^^^^^^^^ calls: Range[Symbol.iterator], next; may: stop
{
  for (const item of range) if (item) break;
//^^^ calls: Range[Symbol.iterator], next, stop
}

const own = {
  count: 2,
  [Symbol.iterator]() {
    return this;
  },
  next() {
    return { done: this.count-- <= 0, value: tick };
  },
};
{
  for (const item of own) item(); // calls: tick
//^^^ calls: own[Symbol.iterator], own.next
}
function* delegate() {
  yield* own;
//^^^^^^^^^^ calls: own[Symbol.iterator], own.next
}
[...delegate()].length;

const steps = [tick][Symbol.iterator]();
steps.next().value(); // calls: tick
const entries = [tick].entries();
for (const [, item] of entries) item(); // calls: tick

const slow = {
  [Symbol.asyncIterator]() {
    let left = 1;
    return { next: /* slowNext */ async () => ({ done: left-- === 0, value: tick }) };
  },
};
(async () => {
  for await (const item of slow) item(); // calls: tick
//^^^ calls: slow[Symbol.asyncIterator], slowNext
})();
