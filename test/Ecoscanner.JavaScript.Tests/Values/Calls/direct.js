// A function is called by its name.
function first() {}
function second() {
  first(); // calls: first
}
const third = function () {};
const fourth = () => second(); // calls: second
const fifth = function inner(depth) {
  if (depth > 0) inner(depth - 1); // calls: inner
};

second(); // calls: second; not: first
third(); // calls: third
fourth(); // calls: fourth
fifth(2); // calls: inner
(function immediate() {})(); // calls: immediate
(/* arrow */ () => {})(); // calls: arrow
(0, first)(); // calls: first
(third || first)(); // calls: third; may: first

let chosen = first;
chosen(); // calls: first; not: third
chosen = third;
chosen(); // calls: third; not: first

const either = Math.random() < 2 ? first : third;
either(); // calls: first, third; unrun: third; not: second

const alias = second;
const again = alias;
again(); // calls: second

function even(count) {
  return count === 0 || odd(count - 1); // calls: odd
}
function odd(count) {
  return count !== 0 && even(count - 1); // calls: even
}
even(3); // calls: even; not: odd
