// Where a guard stands: before, after, in loops, in try.

export function oneBranch() {
  const text = source();
  if (maybe()) {
    assertSafe(text);
  }

  sink(text); // finding: taint {{source() at line @-5}}
}

export function oneBranchSafe() {
  const text = source();
  if (maybe()) {
    assertSafe(text);
  } else {
    assertSafe(text);
  }

  sink(text); // safe: guarded
}

export function after() {
  const text = source();
  sink(text); // finding: taint {{source() at line @-1}}
  assertSafe(text);
}

export function afterSafe() {
  const text = source();
  assertSafe(text);
  sink(text); // safe: guarded
}

export function sinkWithinCondition() {
  sensitive("page") || isAllowed("user", "page"); // finding: unguarded
}

export function sinkWithinConditionSafe() {
  isAllowed("user", "page") && sensitive("page"); // safe: guarded
}

export function continued() {
  for (const text of [source(), source()]) {
    if (!isSafe(text)) {
      log(text);
    }

    sink(text); // finding: taint {{source() at line @-5}}
  }
}

export function continuedSafe() {
  for (const text of [source(), source()]) {
    if (!isSafe(text)) {
      continue;
    }

    sink(text); // safe: guarded
  }
}

export function broken() {
  for (const resource of ["page", "space"]) {
    if (!isAllowed("user", "page")) {
      break;
    }

    sensitive(resource); // finding: unguarded
  }
}

export function brokenSafe() {
  for (const resource of ["page", "space"]) {
    if (!isAllowed("user", resource)) {
      break;
    }

    sensitive(resource); // safe: guarded
  }
}

export function labelled() {
  rows: for (const row of [[source()], [source()]]) {
    for (const text of row) {
      if (isSafe(text)) {
        continue rows;
      }

      sink(text); // finding: taint {{source() at line @-6}}
    }
  }
}

export function labelledSafe() {
  rows: for (const row of [[source()], [source()]]) {
    for (const text of row) {
      if (!isSafe(text)) {
        continue rows;
      }

      sink(text); // safe: guarded
    }
  }
}

export function labelledBlock() {
  check: {
    if (maybe()) {
      break check;
    }

    requireAllowed("page");
  }

  sensitive("page"); // finding: unguarded
}

export function labelledBlockSafe() {
  check: {
    if (isAllowed("user", "page")) {
      break check;
    }

    return;
  }

  sensitive("page"); // safe: guarded
}

export function loopBefore() {
  const texts = [source(), source()];
  for (const text of texts) {
    if (isSafe(text)) {
      break;
    }
  }

  sink(texts[1]); // finding: taint {{source() at line @-7}}
}

export function loopBeforeSafe() {
  const text = source();
  while (!isSafe(text)) {
    return;
  }

  sink(text); // safe: guarded
}

export function loopMayNotRun() {
  const text = source();
  for (let count = 0; maybe() && count < 2; count++) {
    assertSafe(text);
  }

  sink(text); // finding: taint {{source() at line @-5}}
}

export function loopMayNotRunSafe() {
  const text = source();
  let count = 0;
  do {
    assertSafe(text);
  } while (maybe() && count++ < 2);
  sink(text); // safe: guarded
}

export function swallowed() {
  const text = source();
  try {
    assertSafe(text);
  } catch (error) {
    log(error);
  }

  sink(text); // finding: taint {{source() at line @-7}}
}

export function swallowedSafe() {
  const text = source();
  try {
    assertSafe(text);
  } catch (error) {
    log(error);
    return;
  }

  sink(text); // safe: guarded
}

export function withinTry() {
  const text = source();
  try {
    assertSafe(text);
    log(text);
  } catch {
    sink(text); // finding: taint {{source() at line @-5}}
  }
}

export function withinTrySafe() {
  const text = source();
  try {
    assertSafe(text);
    sink(text); // safe: guarded
  } catch {
    log(text);
  }
}

export function rethrown() {
  const text = source();
  try {
    assertSafe(text);
  } catch (error) {
    if (maybe()) {
      throw error;
    }
  }

  sink(text); // finding: taint {{source() at line @-9}}
}

export function rethrownSafe() {
  const text = source();
  try {
    assertSafe(text);
  } catch (error) {
    log(error);
    throw error;
  }

  sink(text); // safe: guarded
}

export function inFinally() {
  const text = source();
  try {
    assertSafe(text);
  } finally {
    sink(text); // finding: taint {{source() at line @-4}}
  }
}

export function inFinallySafe() {
  const text = source();
  try {
    mayThrow();
  } finally {
    if (isSafe(text)) {
      sink(text); // safe: guarded
    }
  }
}

export function guardInFinally() {
  const text = source();
  try {
    sink(text); // finding: taint {{source() at line @-2}}
  } finally {
    assertSafe(text);
  }
}

export function guardInFinallySafe() {
  const text = source();
  try {
    log(text);
  } finally {
    assertSafe(text);
  }

  sink(text); // safe: guarded
}

export function finallyReturns() {
  const check = () => {
    try {
      return isAllowed("user", "page");
    } finally {
      return true;
    }
  };
  if (check()) {
    sensitive("page"); // finding: unguarded
  }
}

export function finallyReturnsSafe() {
  const check = () => {
    try {
      return isAllowed("user", "page");
    } finally {
      log("asked");
    }
  };
  if (check()) {
    sensitive("page"); // safe: guarded
  }
}

export function mayThrowBefore() {
  try {
    mayThrow();
    requireAllowed("page");
  } catch {}

  sensitive("page"); // finding: unguarded
}

export function mayThrowBeforeSafe() {
  try {
    mayThrow();
  } catch {}

  requireAllowed("page");
  sensitive("page"); // safe: guarded
}

export function defaultAllow() {
  switch (maybe() ? "read" : "write") {
    case "write":
      requireAllowed("page");
      break;
    default:
      break;
  }

  sensitive("page"); // finding: unguarded
}

export function defaultAllowSafe() {
  switch (maybe() ? "read" : "write") {
    case "write":
      requireAllowed("page");
      sensitive("page"); // safe: guarded
      break;
    default:
      break;
  }
}

export function defaultDeny() {
  switch (maybe() ? "read" : "write") {
    case "write":
      sensitive("page"); // finding: unguarded
      break;
    default:
      requireAllowed("page");
  }
}

export function defaultDenySafe() {
  switch (maybe() ? "read" : "write") {
    case "write":
      requireAllowed("page");
      break;
    default:
      return;
  }

  sensitive("page"); // safe: guarded
}

export function deadGuard() {
  if (false) {
    requireAllowed("page");
  }

  sensitive("page"); // finding: unguarded
}

export function deadGuardSafe() {
  if (true) {
    requireAllowed("page");
  }

  sensitive("page"); // safe: guarded
}
