// Functions that travel through spreads and rests.
function first() {}
function second() {}
function third() {}

function callAll(...works) {
  for (const work of works) work(); // calls: first, second; not: third
}
callAll(first, second); // calls: callAll
callAll(...[first]); // calls: callAll

function callOne(one, ...others) {
  one(); // calls: third; not: first, second
  others[0](); // calls: first; may: second
  others.at(-1)(); // calls: second; may: first
}
callOne(third, first, second); // calls: callOne

const both = [first, second];
function callSecond(one, two) {
  two(); // calls: second; may: first; not: third
}
callSecond(...both); // calls: callSecond
const more = [third, ...both];
more[0](); // calls: third; may: first, second
more[2](); // calls: second; may: first, third

const base = { run: first, stop: third };
const changed = { ...base, run: second };
changed.run(); // calls: second; may: first; not: third
changed.stop(); // calls: third; not: first, second
const kept = { run: second, ...base };
kept.run(); // calls: first; may: second

const { run, ...rest } = base;
rest.stop(); // calls: third; not: first
rest.run?.(); // calls: nothing; may: first

class Pair {
  constructor(left, right) {
    right(); // calls: second; may: first; not: third
  }
}
new Pair(...both); // calls: Pair.constructor

function forward(...given) {
  return target(...given); // calls: target
}
function target(callback) {
  callback(); // calls: third; not: first
}
forward(third); // calls: forward
function old() {
  arguments[0](); // calls: first; not: second
}
old(first); // calls: old
