// Functions that see the variables of functions around them.
function counter(step) {
  return /* count */ function () {
    return step(); // calls: one, two
  };
}
function one() {}
function two() {}
const byOne = counter(one); // calls: counter
byOne(); // calls: count
counter(two)(); // calls: count

let handler;
function register(given) {
  handler = given;
}
function fire() {
  handler(); // calls: one, two
}
register(one); // calls: register; not: one
fire(); // calls: fire
register(two); // calls: register
fire();

function makePair() {
  const hidden = () => {};
  const shown = () => hidden(); // calls: hidden
  return [hidden, shown];
}
const pair = makePair(); // calls: makePair
pair[1](); // calls: shown; may: hidden

const tasks = [];
for (const task of [one, two]) tasks.push(/* late */ () => task()); // calls: nothing
//                                                         ^^^^^^ calls: one, two
tasks[0](); // calls: late
tasks[1](); // calls: late

var self = function recursive(stop) {
  if (!stop) return () => recursive(true); // calls: recursive
};
const rest = self(false); // calls: recursive
const kept = rest;
self = null;
kept();

function lazy() {
  const made = /* inLazy */ () => {};
  lazy = made;
  return made();
  //     ^^^^^^ calls: inLazy; not: lazy
}
lazy(); // calls: lazy; may: inLazy
lazy(); // calls: inLazy; may: lazy
