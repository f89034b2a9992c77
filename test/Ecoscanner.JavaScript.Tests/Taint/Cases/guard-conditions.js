// Guards that answer true or false, in the place where they are asked.

export function inIf() {
  const text = source();
  if (isSafe("constant")) {
    sink(text); // finding: taint {{source() at line @-2}}
  }
}

export function inIfSafe() {
  const text = source();
  if (isSafe(text)) {
    sink(text); // safe: guarded
  }
}

export function inElse() {
  const text = source();
  if (isSafe(text)) {
    log(text);
  } else {
    sink(text); // finding: taint {{source() at line @-4}}
  }
}

export function inElseSafe() {
  const text = source();
  if (!isSafe(text)) {
    log(text);
  } else {
    sink(text); // safe: guarded
  }
}

export function earlyReturn() {
  const text = source();
  if (!isSafe(text)) {
    log(text);
  }

  sink(text); // finding: taint {{source() at line @-5}}
}

export function earlyReturnSafe() {
  const text = source();
  if (!isSafe(text)) {
    return;
  }

  sink(text); // safe: guarded
}

export function inverted() {
  const text = source();
  if (isSafe(text)) {
    return;
  }

  sink(text); // finding: taint {{source() at line @-5}}
}

export function invertedSafe() {
  const text = source();
  if (!isSafe(text)) {
    return "refused";
  }

  sink(text); // safe: guarded
}

export function throwing() {
  const text = source();
  if (!isSafe(text)) {
    new Error("thrown");
  }

  sink(text); // finding: taint {{source() at line @-5}}
}

export function throwingSafe() {
  const text = source();
  if (!isSafe(text)) {
    throw new Error("thrown");
  }

  sink(text); // safe: guarded
}

export function and() {
  const text = source();
  isSafe(text), sink(text); // finding: taint {{source() at line @-1}}
}

export function andSafe() {
  const text = source();
  isSafe(text) && sink(text); // safe: guarded
}

export function or() {
  const text = source();
  isSafe(text) || sink(text); // finding: taint {{source() at line @-1}}
}

export function orSafe() {
  const text = source();
  !isSafe(text) || sink(text); // safe: guarded
}

export function ternary() {
  const text = source();
  isSafe(text) ? log(text) : sink(text); // finding: taint {{source() at line @-1}}
}

export function ternarySafe() {
  const text = source();
  isSafe(text) ? sink(text) : log(text); // safe: guarded
}

export function ternaryValue() {
  const text = source();
  sink(isSafe(text) ? "constant" : text); // finding: taint {{source() at line @-1}}
}

export function ternaryValueSafe() {
  const text = source();
  sink(isSafe(text) ? text : "constant"); // safe: guarded
}

export function conjunction() {
  const text = source();
  if (maybe() || isSafe(text)) {
    sink(text); // finding: taint {{source() at line @-2}}
  }
}

export function conjunctionSafe() {
  const text = source();
  if (maybe() && isSafe(text)) {
    sink(text); // safe: guarded
  }
}

export function negatedConjunction() {
  const text = source();
  if (!isSafe(text) && maybe()) {
    return;
  }

  sink(text); // finding: taint {{source() at line @-5}}
}

export function negatedConjunctionSafe() {
  const text = source();
  if (!isSafe(text) || maybe()) {
    return;
  }

  sink(text); // safe: guarded
}

export function twoValues() {
  const first = source();
  const second = source();
  if (isSafe(first) || isSafe(second)) {
    sink(first); // finding: taint {{source() at line @-3}}
  }
}

export function twoValuesSafe() {
  const first = source();
  const second = source();
  if (isSafe(first) && isSafe(second)) {
    sink(first); // safe: guarded
  }
}

export function twoGuards() {
  if (isAllowed("user", "space") || isAllowed("user", "page")) {
    sensitive("page"); // finding: unguarded
  }
}

export function twoGuardsSafe() {
  if (isAllowed("admin", "page") || isAllowed("user", "page")) {
    sensitive("page"); // safe: guarded
  }
}

export function result() {
  const text = source();
  const safe = isSafe(text);
  log(safe);
  sink(text); // finding: taint {{source() at line @-3}}
}

export function resultSafe() {
  const text = source();
  const safe = isSafe(text);
  if (safe) {
    sink(text); // safe: guarded
  }
}

export function resultNegated() {
  const text = source();
  const unsafe = !isSafe(text);
  if (unsafe) {
    sink(text); // finding: taint {{source() at line @-3}}
  }
}

export function resultNegatedSafe() {
  const text = source();
  const unsafe = !isSafe(text);
  if (!unsafe) {
    sink(text); // safe: guarded
  }
}

export function resultReplaced() {
  const text = source();
  let safe = isSafe(text);
  safe = true;
  if (safe) {
    sink(text); // finding: taint {{source() at line @-4}}
  }
}

export function resultReplacedSafe() {
  const text = source();
  let safe = true;
  safe = isSafe(text);
  if (safe) {
    sink(text); // safe: guarded
  }
}

export function resultCombined() {
  const text = source();
  const safe = isSafe(text) || maybe();
  if (safe) {
    sink(text); // finding: taint {{source() at line @-3}}
  }
}

export function resultCombinedSafe() {
  const text = source();
  const safe = isSafe(text) && maybe();
  if (safe) {
    sink(text); // safe: guarded
  }
}

export function resultOfBranches() {
  const text = source();
  let safe = true;
  if (maybe()) {
    safe = isSafe(text);
  }

  if (safe) {
    sink(text); // finding: taint {{source() at line @-7}}
  }
}

export function resultOfBranchesSafe() {
  const text = source();
  let safe = false;
  if (maybe()) {
    safe = isSafe(text);
  }

  if (safe) {
    sink(text); // safe: guarded
  }
}

export function comparedTrue() {
  const text = source();
  if (isSafe(text) !== true) {
    sink(text); // finding: taint {{source() at line @-2}}
  }
}

export function comparedTrueSafe() {
  const text = source();
  if (isSafe(text) === true) {
    sink(text); // safe: guarded
  }
}

export function comparedFalse() {
  const text = source();
  if (isSafe(text) === false) {
    log(text);
  }

  sink(text); // finding: taint {{source() at line @-5}}
}

export function comparedFalseSafe() {
  const text = source();
  if (isSafe(text) === false) {
    return;
  }

  sink(text); // safe: guarded
}

export function comparedUndefined() {
  const text = source();
  if (isSafe(text) !== undefined) {
    sink(text); // finding: taint {{source() at line @-2}}
  }
}

export function comparedUndefinedSafe() {
  const text = source();
  if (isSafe(text) !== false) {
    sink(text); // safe: guarded
  }
}

export function doubleNegation() {
  const text = source();
  if (!!!isSafe(text)) {
    sink(text); // finding: taint {{source() at line @-2}}
  }
}

export function doubleNegationSafe() {
  const text = source();
  if (!!isSafe(text)) {
    sink(text); // safe: guarded
  }
}

export function asBoolean() {
  const text = source();
  if (Boolean(isSafe)) {
    sink(text); // finding: taint {{source() at line @-2}}
  }
}

export function asBooleanSafe() {
  const text = source();
  if (Boolean(isSafe(text))) {
    sink(text); // safe: guarded
  }
}

export function switchTrue() {
  const text = source();
  switch (true) {
    case isSafe(text):
      log(text);
    default:
      sink(text); // finding: taint {{source() at line @-5}}
  }
}

export function switchTrueSafe() {
  const text = source();
  switch (true) {
    case isSafe(text):
      sink(text); // safe: guarded
      break;
    default:
      log(text);
  }
}

export function switchResult() {
  const text = source();
  switch (isSafe(text)) {
    case false:
      log(text);
    case true:
      sink(text); // finding: taint {{source() at line @-5}}
  }
}

export function switchResultSafe() {
  const text = source();
  switch (isSafe(text)) {
    case false:
      log(text);
      break;
    case true:
      sink(text); // safe: guarded
  }
}

export function ignored() {
  const text = source();
  isSafe(text);
  sink(text); // finding: taint {{source() at line @-2}}
}

export function ignoredSafe() {
  const text = source();
  assertSafe(text);
  sink(text); // safe: guarded
}

export function logged() {
  const text = source();
  if (!isSafe(text)) {
    log("not safe");
  }

  sink(text); // finding: taint {{source() at line @-5}}
}

export function loggedSafe() {
  const text = source();
  if (!isSafe(text)) {
    log("not safe");
    return;
  }

  sink(text); // safe: guarded
}

export function mentioned() {
  const text = source();
  if (isSafe) {
    sink(text); // finding: taint {{source() at line @-2}}
  }
}

export function mentionedSafe() {
  const text = source();
  const check = isSafe;
  if (check(text)) {
    sink(text); // safe: guarded
  }
}

export function optionalResult() {
  const text = source();
  const answer = maybe() ? { ok: isSafe(text) } : undefined;
  if (answer?.ok !== false) {
    sink(text); // finding: taint {{source() at line @-3}}
  }
}

export function optionalResultSafe() {
  const text = source();
  const answer = maybe() ? { ok: isSafe(text) } : undefined;
  if (answer?.ok) {
    sink(text); // safe: guarded
  }
}

export function defaultedResult() {
  const text = source();
  const safe = maybe() ? isSafe(text) : undefined;
  if (safe ?? true) {
    sink(text); // finding: taint {{source() at line @-3}}
  }
}

export function defaultedResultSafe() {
  const text = source();
  const safe = maybe() ? isSafe(text) : undefined;
  if (safe ?? false) {
    sink(text); // safe: guarded
  }
}

export function orAssigned() {
  const text = source();
  let safe = isSafe(text);
  safe ||= maybe();
  if (safe) {
    sink(text); // finding: taint {{source() at line @-4}}
  }
}

export function orAssignedSafe() {
  const text = source();
  let safe = isSafe(text);
  safe &&= maybe();
  if (safe) {
    sink(text); // safe: guarded
  }
}
