// Functions that are called by way of their own methods, or of Reflect.
function greet(callback) {
  callback?.(); // calls: work, other
}
function work() {}
function other() {}
const owner = {
  run() {
    this.go(); // calls: owner.go
  },
  go() {},
};

greet.call(null, work); // calls: greet; not: work
greet.apply(null, [other]); // calls: greet; not: other
const bound = greet.bind(null, work); // calls: nothing
bound(); // calls: greet; not: work
owner.run.bind(owner)(); // calls: owner.run
const run = owner.run.bind(owner);
run(); // calls: owner.run; not: owner.go
owner.run.call(owner); // calls: owner.run
const go = owner.go.bind(owner).bind(null);
go(); // calls: owner.go

Reflect.apply(work, null, []); // calls: work; not: other
class Point {
  constructor(by) {
    by(); // calls: work, other
  }
}
Reflect.construct(Point, [work]); // calls: Point.constructor
new Point(other); // calls: Point.constructor
const Bound = Point.bind(null, work);
new Bound(); // calls: Point.constructor

Function.prototype.call.call(work); // calls: work
const call = Function.prototype.call.bind(other);
call(); // calls: other
const uncurried = Function.prototype.call.bind(owner.go);
uncurried(owner); // calls: owner.go
function forward() {
  return work.apply(this, arguments); // calls: work
}
forward(other); // calls: forward; not: other
function spreads(...all) {
  all[0](); // calls: other; not: work
}
spreads.apply(null, [other]); // calls: spreads
