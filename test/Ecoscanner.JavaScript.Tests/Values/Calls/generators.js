// What generators hand out, are given and return.
function first() {}
function second() {}
function third() {}

function* make() {
  yield first;
  const given = yield second;
  given?.(); // calls: third; not: first, second
  return third;
}
const run = make(); // calls: make; not: first
run.next().value(); // calls: first, second; may: third; unrun: second
run.next(); // calls: nothing; may: make
run.next(third);
for (const item of make()) {
  item(); // calls: first, second; may: third
}
const [one, two] = make(); // calls: make
one(); // calls: first; may: second, third
two(); // calls: second; may: first, third
[...make()][1](); // calls: second; may: first, third

function* both() {
  const last = yield* make(); // calls: make
  last(); // calls: third; not: first, second
  yield third;
}
for (const item of both()) {
  item(); // calls: first, second, third
}

const lazy = {
  *items() {
    yield* [first];
  },
};
for (const item of lazy.items()) {
//                 ^^^^^^^^^^^^ calls: lazy.items
  item(); // calls: first; not: second
}

class Tree {
  *[Symbol.iterator]() {
    yield second;
  }
}
for (const item of new Tree()) {
  item(); // calls: second; not: first
}
Array.from(new Tree())[0](); // calls: second
[...new Tree()].forEach(/* visit */ (item) => item()); // calls: visit
//                                            ^^^^^^ calls: second

function* cleaning() {
  try {
    yield 1;
  } finally {
    third(); // calls: third
  }
}
for (const item of cleaning()) break;
const closed = cleaning();
closed.next();
closed.return();

function drive(generator) {
  const routine = generator(); // calls: make, both
  return routine.next().value;
}
drive(make)(); // calls: first; may: second, third
drive(both); // calls: drive; not: make

function* thrown() {
  try {
    yield;
  } catch (error) {
    error(); // calls: second; not: first
  }
}
const failing = thrown();
failing.next();
failing.throw(second); // calls: nothing; may: thrown
