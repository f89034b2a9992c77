// What is made of text and can carry none.

export function number() {
  sink(source().valueOf()); // finding: taint
}

export function numberSafe() {
  sink(Number(source())); // safe: no-flow
}

export function parsedInteger() {
  sink(parseInt(source(), 10) || source()); // finding: taint
}

export function parsedIntegerSafe() {
  sink(parseInt(source(), 10) || 0); // safe: no-flow
}

export function parsedFloat() {
  const text = source();
  log(Number.parseFloat(text));
  sink(text); // finding: taint {{source() at line @-2}}
}

export function parsedFloatSafe() {
  const text = source();
  sink(Number.parseFloat(text)); // safe: no-flow
}

export function unaryPlus() {
  sink("" + source()); // finding: taint
}

export function unaryPlusSafe() {
  sink("" + +source()); // safe: no-flow
}

export function arithmetic() {
  sink(source() + 1); // finding: taint
}

export function arithmeticSafe() {
  sink(source() * 1); // safe: no-flow
}

export function bits() {
  sink(source() || 0); // finding: taint
}

export function bitsSafe() {
  sink(source() | 0); // safe: no-flow
}

export function comparison() {
  const text = source();
  sink(text === "constant" || text); // finding: taint {{source() at line @-1}}
}

export function comparisonSafe() {
  const text = source();
  sink(text === "constant"); // safe: no-flow
}

export function negation() {
  const text = source();
  sink(!text || text); // finding: taint {{source() at line @-1}}
}

export function negationSafe() {
  const text = source();
  sink(!text); // safe: no-flow
}

export function length() {
  sink([source()].concat("constant")[0]); // finding: taint
}

export function lengthSafe() {
  sink([source()].concat("constant").length); // safe: no-flow
}

export function typeOf() {
  const text = source();
  sink(typeof text === "string" ? text : "constant"); // finding: taint {{source() at line @-1}}
}

export function typeOfSafe() {
  const text = source();
  sink(typeof text); // safe: no-flow
}

export function asBoolean() {
  sink(Boolean(source()) && source()); // finding: taint
}

export function asBooleanSafe() {
  sink(Boolean(source())); // safe: no-flow
}

export function startsWith() {
  const text = source();
  sink(text.startsWith("a") ? "constant" : text); // finding: taint {{source() at line @-1}}
}

export function startsWithSafe() {
  const text = source();
  sink(text.startsWith("a")); // safe: no-flow
}

export function isIn() {
  sink(Object.keys({ [source()]: 1 }).join()); // finding: taint
}

export function isInSafe() {
  sink(source() in { constant: 1 }); // safe: no-flow
}

export function voided() {
  sink(source() ?? void 0); // finding: taint
}

export function voidedSafe() {
  sink(void source()); // safe: no-flow
}

export function maximum() {
  sink([1, source()].reduce((a, b) => (a > b ? a : b))); // finding: taint
}

export function maximumSafe() {
  sink(Math.max(1, source())); // safe: no-flow
}

export function fixed() {
  sink(`${source()} px`); // finding: taint
}

export function fixedSafe() {
  sink(`${Number(source()).toFixed(2)} px`); // safe: no-flow
}
