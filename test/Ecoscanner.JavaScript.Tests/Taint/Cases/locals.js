// Values in local variables, and what is written last.

export function direct() {
  sink(source()); // finding: taint
}

export function directSafe() {
  sink("constant"); // safe: constant
}

export function local() {
  const text = source();
  sink(text); // finding: taint {{source() at line @-1}}
  //   ^^^^
}

export function localSafe() {
  const text = trusted();
  sink(text); // safe: no-flow
}

export function chain() {
  const first = source();
  const second = first;
  const third = second;
  sink(third); // finding: taint {{source() at line @-3}}
}

export function chainSafe() {
  const first = source();
  const second = sanitize(first);
  const third = second;
  sink(third); // safe: sanitized
}

export function reassigned() {
  let text = "constant";
  text = source();
  sink(text); // finding: taint {{source() at line @-1}}
}

export function reassignedSafe() {
  let text = source();
  text = "constant";
  sink(text); // safe: overwritten
}

export function sinkBeforeWrite() {
  let text = source();
  sink(text); // finding: taint {{source() at line @-1}}
  text = "constant";
  log(text);
}

export function sinkBeforeWriteSafe() {
  let text = "constant";
  sink(text); // safe: constant
  text = source();
  log(text);
}

export function swapped() {
  let first = source();
  let second = "constant";
  [first, second] = [second, first];
  sink(second); // finding: taint {{source() at line @-3}}
}

export function swappedSafe() {
  let first = source();
  let second = "constant";
  [first, second] = [second, first];
  sink(first); // safe: overwritten
}

export function shadowed() {
  const text = source();
  {
    const text = "constant";
    log(text);
  }

  sink(text); // finding: taint {{source() at line @-6}}
}

export function shadowedSafe() {
  const text = source();
  {
    const text = "constant";
    sink(text); // safe: constant
  }

  log(text);
}

export function compound() {
  let text = "constant";
  text += source();
  sink(text); // finding: taint {{source() at line @-1}}
}

export function compoundSafe() {
  let text = "constant";
  text += sanitize(source());
  sink(text); // safe: sanitized
}

export function assignedInExpression() {
  let text;
  log((text = source()));
  sink(text); // finding: taint {{source() at line @-1}}
}

export function assignedInExpressionSafe() {
  let text;
  log((text = source()) && (text = "constant"));
  sink(text); // safe: overwritten
}

export function logicalAssignment() {
  let text = null;
  text ??= source();
  sink(text); // finding: taint {{source() at line @-1}}
}

export function logicalAssignmentSafe() {
  let text = source();
  text &&= "constant";
  sink(text); // safe: overwritten
}

export function comma() {
  sink(("constant", source())); // finding: taint
}

export function commaSafe() {
  sink((source(), "constant")); // safe: constant
}

export function sanitizedCopy() {
  const text = source();
  const clean = sanitize(text);
  log(clean);
  sink(text); // finding: taint {{source() at line @-3}}
}

export function sanitizedCopySafe() {
  const text = source();
  const clean = sanitize(text);
  log(text);
  sink(clean); // safe: sanitized
}
