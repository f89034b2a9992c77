// Functions that take functions and give others: what one place hands over must not be called for another.
function red() {}
function green() {}
function blue() {}

function apply(work) {
  return work(); // calls: red, green, build; not: blue
}
apply(red); // calls: apply; not: red
apply(green); // calls: apply
function build() {
  return blue;
}
apply(build)(); // calls: blue; not: red, green

const identity = (value) => value;
identity(red)(); // calls: red; not: green, blue
identity(green)(); // calls: green; not: red
identity(identity)(blue)(); // calls: blue; not: red, green, identity

function logged(inner) {
  return /* withLog */ (...given) => inner(...given); // calls: red, green; not: blue
}
const loudRed = logged(red); // calls: logged
const loudGreen = logged(green); // calls: logged
loudRed(); // calls: withLog; not: red
loudGreen(); // calls: withLog; not: green

const compose = (outer, inner) => /* composed */ (value) => outer(inner(value));
//                                                          ^^^^^^^^^^^^^^^^^^^ calls: half, shout
//                                                                ^^^^^^^^^^^^ calls: half, twice; not: shout
const half = (value) => value / 2;
const twice = (value) => value * 2;
const shout = (value) => `${value}!`;
const both = compose(half, twice); // calls: compose; not: half
both(1); // calls: composed; not: half, twice, shout
compose(shout, half)(2); // calls: composed

const pipe = (...steps) => /* piped */ (value) => steps.reduce(/* step */ (result, next) => next(result), value);
//                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ calls: step
//                                                                                          ^^^^^^^^^^^^ calls: half, twice; not: red
pipe(half, twice)(3); // calls: piped

const curry = (target) => /* firstGiven */ (first) => /* secondGiven */ (second) => target(first, second);
//                                                                                  ^^^^^^^^^^^^^^^^^^^^^ calls: run
function run(work, argument) {
  work(argument); // calls: red, blue; not: green
}
curry(run)(red)(1); // calls: secondGiven; not: run
curry(run)(blue)(1); // calls: secondGiven; not: firstGiven
const partial = (target, ...first) => /* completed */ (...rest) => target(...first, ...rest);
//                                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^ calls: run
partial(run, red)(2); // calls: completed

function memoize(compute) {
  const known = new Map();
  return /* remembered */ (key) => {
    if (!known.has(key)) known.set(key, compute(key));
    //                                  ^^^^^^^^^^^^ calls: pickRed, pickGreen
    return known.get(key);
  };
}
const pickRed = () => red;
const pickGreen = () => green;
memoize(pickRed)(1)(); // calls: red; not: green, blue
memoize(pickGreen)(1)(); // calls: green; not: red, blue

function once(work) {
  let done = false;
  let result;
  return function guarded() {
    if (!done) result = work.apply(this, arguments);
    //                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^ calls: pickGreen; not: pickRed
    done = true;
    return result;
  };
}
const init = once(pickGreen); // calls: once
init()(); // calls: green; not: red
init(); // calls: guarded; not: pickGreen

const flip = (target) => (first, second) => target(second, first);
flip(run)(1, blue);
const not = (test) => /* negated */ (value) => !test(value);
//                                              ^^^^^^^^^^^ calls: isBig
const isBig = (value) => value > 2;
[1, 2, 3].filter(not(isBig)); // calls: negated; not: isBig
const pluck = (name) => /* plucked */ (object) => object[name];
const tools = [{ work: red, other: blue }];
tools.map(pluck("work"))[0](); // calls: red; not: blue

class Chain {
  handlers = [];
  use(handler) {
    this.handlers.push(handler);
    return this;
  }
  run(index = 0) {
    this.handlers[index]?.(/* goOn */ () => this.run(index + 1)); // calls: passOn, stop; not: red
    //                                      ^^^^^^^^^^^^^^^^^^^ calls: Chain.run; not: passOn
  }
}
function passOn(next) {
  next(); // calls: goOn; not: stop
}
function stop(next) {}
new Chain().use(passOn).use(stop).run(); // calls: Chain.run; not: passOn

const applyAll = (works) => works.map((work) => work());
const results = applyAll([pickRed, pickGreen]);
results[0](); // calls: red; may: green; not: blue
const withDefaults = (options) => ({ ready: red, ...options });
withDefaults({ done: blue }).done(); // calls: blue; not: red
withDefaults({ done: green }).done(); // calls: green; not: blue
const tap = (work) => (value) => (work(value), value);
tap(red)(green)(); // calls: green; not: red
const constant = (value) => () => value;
constant(blue)()(); // calls: blue; not: red
constant(red)()(); // calls: red; not: blue
const wrapMethod = (object, name, wrap) => (object[name] = wrap(object[name]));
const target = { go: red };
wrapMethod(target, "go", (old) => /* wrapped */ () => old()); // calls: wrapMethod
//                                                    ^^^^^ calls: red; may: wrapped
target.go(); // calls: wrapped; may: red
