// Methods of arrays run the functions that they are given.
const list = [3, 1, 2];
const named = (value) => value > 0;
function other() {}

list.forEach(named); // calls: named; not: other
list.map(/* twice */ (value) => value * 2); // calls: twice
list.filter(named); // calls: named
list.find(named); // calls: named
list.findIndex(named); // calls: named
list.findLast(named); // calls: named
list.findLastIndex(named); // calls: named
list.some(named); // calls: named
list.every(named); // calls: named
list.flatMap(/* pair */ (value) => [value, value]); // calls: pair
list.reduce(/* sum */ (left, right) => left + right); // calls: sum
list.reduceRight(/* sub */ (left, right) => left - right, 0); // calls: sub
list.sort(/* order */ (left, right) => left - right); // calls: order
list.toSorted(/* back */ (left, right) => right - left); // calls: back
Array.from(list, /* made */ (value) => value); // calls: made
Array.from({ length: 2 }, /* index */ (_, index) => index); // calls: index
Array.prototype.forEach.call(list, named); // calls: named
[].map.apply(list, [named]); // calls: named
list.map(String).forEach(other); // calls: other; not: named

const bytes = new Uint8Array([1, 2]);
bytes.map(/* byte */ (value) => value); // calls: byte
bytes.forEach(named); // calls: named
Uint8Array.from(list, /* small */ (value) => value); // calls: small
bytes.sort(/* byValue */ (left, right) => left - right); // calls: byValue

// What they hand over is what the list holds.
const works = [/* sow */ () => {}, /* reap */ () => {}];
works.forEach(/* visit */ (work) => work()); // calls: visit
//                                  ^^^^^^ calls: sow, reap; not: other
works.map((work) => [work])[0][0](); // calls: sow; may: reap
const found = works.find(Boolean);
found(); // calls: sow; may: reap; not: other
const kept = works.filter(Boolean).concat([other]).slice(-1);
kept[0](); // calls: other; may: sow, reap
const results = works.reduce((all, work) => all.concat(work), []);
for (const result of results) result(); // calls: sow, reap; not: other
[[other]].flat()[0](); // calls: other; not: sow
const stack = [];
stack.push(other);
stack.pop()(); // calls: other; not: sow
works.at(-1)(); // calls: reap; may: sow; not: other
[...works].reverse().shift()(); // calls: reap; may: sow
const sum = [1, 2].reduce((make, step) => /* built */ () => make() + step, /* zero */ () => 0);
//                                                          ^^^^^^ calls: built, zero
sum(); // calls: built; may: zero

class Rows {
  rows = [1];
  each() {
    this.rows.forEach(this.show, this); // calls: Rows.show
    this.rows.forEach(function () {
      this.hide(); // calls: Rows.hide
    }, this);
  }
  show() {
    this.hide(); // calls: Rows.hide
  }
  hide() {}
}
new Rows().each(); // calls: Rows.each
list.map(Number); // calls: nothing
