// Conditions, loops and switches: every way to the sink counts.

export function oneBranch() {
  let text = "constant";
  if (maybe()) {
    text = source();
  }

  sink(text); // finding: taint {{source() at line @-3}}
}

export function oneBranchSafe() {
  let text = "constant";
  if (maybe()) {
    text = sanitize(source());
  }

  sink(text); // safe: sanitized
}

export function bothBranches() {
  let text = source();
  if (maybe()) {
    text = "one";
  }

  sink(text); // finding: taint {{source() at line @-5}}
}

export function bothBranchesSafe() {
  let text = source();
  if (maybe()) {
    text = "one";
  } else {
    text = "other";
  }

  sink(text); // safe: overwritten
}

export function otherBranch() {
  let text = source();
  if (maybe()) {
    text = "constant";
  } else {
    sink(text); // finding: taint {{source() at line @-4}}
  }
}

export function otherBranchSafe() {
  let text = source();
  if (maybe()) {
    text = "constant";
    sink(text); // safe: overwritten
  }
}

export function ternary() {
  sink(maybe() ? "constant" : source()); // finding: taint
}

export function ternarySafe() {
  sink(maybe() ? "constant" : sanitize(source())); // safe: sanitized
}

export function ternaryTest() {
  const text = source();
  sink(text ? text : "constant"); // finding: taint {{source() at line @-1}}
}

export function ternaryTestSafe() {
  const text = source();
  sink(text ? "some" : "none"); // safe: constant
}

export function fallback() {
  const text = maybe() ? undefined : source();
  sink(text ?? "constant"); // finding: taint {{source() at line @-1}}
}

export function fallbackSafe() {
  const text = maybe() ? undefined : "given";
  sink(text ?? "constant"); // safe: constant
}

export function or() {
  sink((maybe() && "constant") || source()); // finding: taint
}

export function orSafe() {
  sink((maybe() && "constant") || "other"); // safe: constant
}

export function carriedByLoop() {
  let last = "constant";
  for (const _ of [1, 2]) {
    sink(last); // finding: taint {{source() at line @+1}}
    last = source();
  }
}

export function carriedByLoopSafe() {
  for (const _ of [1, 2]) {
    let last = "constant";
    sink(last); // safe: constant
    last = source();
    log(last);
  }
}

export function carriedTwice() {
  let first = "a";
  let second = "b";
  let third = "c";
  for (let count = 0; count < 4; count++) {
    third = second;
    second = first;
    first = source();
  }

  sink(third); // finding: taint {{source() at line @-3}}
}

export function carriedTwiceSafe() {
  let first = "a";
  let second = "b";
  let third = "c";
  for (let count = 0; count < 4; count++) {
    first = second;
    second = third;
    third = "constant";
    log(source());
  }

  sink(first); // safe: constant
}

export function afterWhile() {
  let text = "constant";
  while (maybe()) {
    text = source();
  }

  sink(text); // finding: taint {{source() at line @-3}}
}

export function afterWhileSafe() {
  let text = source();
  do {
    text = "constant";
  } while (maybe());
  sink(text); // safe: overwritten
}

export function brokenOff() {
  let text = source();
  for (;;) {
    if (maybe()) {
      break;
    }

    text = "constant";
    break;
  }

  sink(text); // finding: taint {{source() at line @-10}}
}

export function brokenOffSafe() {
  let text = source();
  for (;;) {
    text = "constant";
    if (maybe()) {
      break;
    }

    break;
  }

  sink(text); // safe: overwritten
}

export function labelled() {
  let text = "constant";
  outer: for (const _ of [1, 2]) {
    for (const _ of [1, 2]) {
      text = source();
      if (maybe()) {
        continue outer;
      }

      text = "constant";
    }
  }

  sink(text); // finding: taint {{source() at line @-9}}
}

export function labelledSafe() {
  let text = "constant";
  outer: for (const _ of [1, 2]) {
    for (const _ of [1, 2]) {
      text = source();
      text = "constant";
      if (maybe()) {
        continue outer;
      }
    }
  }

  sink(text); // safe: overwritten
}

export function switched() {
  let text;
  switch (maybe()) {
    case true:
      text = source();
      break;
    default:
      text = "constant";
  }

  sink(text); // finding: taint {{source() at line @-6}}
}

export function switchedSafe() {
  let text = source();
  switch (maybe()) {
    case true:
      text = "one";
      break;
    default:
      text = "other";
  }

  sink(text); // safe: overwritten
}

export function fallsThrough() {
  let text = "constant";
  switch (maybe()) {
    case true:
      text = source();
    case false:
      sink(text); // finding: taint {{source() at line @-2}}
  }
}

export function fallsThroughSafe() {
  let text = "constant";
  switch (maybe()) {
    case true:
      text = source();
      log(text);
      break;
    case false:
      sink(text); // safe: constant
  }
}

export function switchWithoutDefault() {
  let text = source();
  switch (maybe() ? 1 : 2) {
    case 1:
      text = "constant";
      break;
  }

  sink(text); // finding: taint {{source() at line @-7}}
}

export function switchWithoutDefaultSafe() {
  let text = source();
  switch (maybe() ? 1 : 2) {
    case 1:
      text = "constant";
      break;
    default:
      return;
  }

  sink(text); // safe: overwritten
}

export function afterReturn() {
  const text = source();
  if (maybe()) {
    return;
  }

  sink(text); // finding: taint {{source() at line @-5}}
}

export function afterReturnSafe() {
  const text = source();
  if (true) {
    return;
  }

  sink(text); // safe: unreachable
}

export function deadBranch() {
  const text = source();
  if (true) {
    sink(text); // finding: taint {{source() at line @-2}}
  }
}

export function deadBranchSafe() {
  const text = source();
  if (false) {
    sink(text); // safe: unreachable
  }
}

export function endless() {
  const text = source();
  while (true) {
    if (maybe()) {
      break;
    }
    return;
  }

  sink(text); // finding: taint {{source() at line @-8}}
}

export function endlessSafe() {
  const text = source();
  while (true) {
    if (maybe()) {
      return;
    }
    return;
  }

  sink(text); // safe: unreachable
}
