// What is thrown, what is caught, and what a finally does.

export function caught() {
  try {
    throw source();
  } catch (error) {
    sink(error); // finding: taint {{source() at line @-2}}
  }
}

export function caughtSafe() {
  try {
    throw "constant";
  } catch (error) {
    sink(error); // safe: constant
  }
}

export function message() {
  try {
    throw new Error(source());
  } catch (error) {
    sink(error.message); // finding: taint {{source() at line @-2}}
  }
}

export function messageSafe() {
  try {
    throw new Error("constant");
  } catch (error) {
    sink(error.message); // safe: constant
  }
}

export function cause() {
  const error = new Error("constant", { cause: source() });
  sink(error.cause); // finding: taint {{source() at line @-1}}
}

export function causeSafe() {
  const error = new Error("constant", { cause: source() });
  sink(error.message); // safe: other-member
}

export function thrownByCallee() {
  function fail(text) {
    throw text;
  }

  try {
    fail(source());
  } catch (error) {
    sink(error); // finding: taint {{source() at line @-2}}
  }
}

export function thrownByCalleeSafe() {
  function fail(text) {
    throw sanitize(text);
  }

  try {
    fail(source());
  } catch (error) {
    sink(error); // safe: sanitized
  }
}

export function thrownThroughTwo() {
  function inner() {
    throw source();
  }

  function outer() {
    inner();
  }

  try {
    outer();
  } catch (error) {
    sink(error); // finding: taint {{source() at line @-10}}
  }
}

export function thrownThroughTwoSafe() {
  function inner() {
    throw source();
  }

  function outer() {
    try {
      inner();
    } catch {
      throw "constant";
    }
  }

  try {
    outer();
  } catch (error) {
    sink(error); // safe: constant
  }
}

export function writtenBeforeThrow() {
  let text = "constant";
  try {
    text = source();
    mayThrow();
    text = "constant";
  } catch {
    sink(text); // finding: taint {{source() at line @-4}}
  }
}

export function writtenBeforeThrowSafe() {
  let text = "constant";
  try {
    mayThrow();
    text = source();
  } catch {
    sink(text); // safe: constant
  }

  log(text);
}

export function inFinally() {
  let text = "constant";
  try {
    text = source();
    mayThrow();
    text = "constant";
  } finally {
    sink(text); // finding: taint {{source() at line @-4}}
  }
}

export function inFinallySafe() {
  let text = source();
  try {
    log(text);
    mayThrow();
  } finally {
    text = "constant";
    sink(text); // safe: overwritten
  }
}

export function finallyReturns() {
  function read() {
    try {
      return "constant";
    } finally {
      return source();
    }
  }

  sink(read()); // finding: taint {{source() at line @-4}}
}

export function finallyReturnsSafe() {
  function read() {
    try {
      return source();
    } finally {
      return "constant";
    }
  }

  sink(read()); // safe: constant
}

export function returnedFromCatch() {
  function read() {
    try {
      mayThrow();
      return "constant";
    } catch {
      return source();
    }
  }

  sink(read()); // finding: taint {{source() at line @-4}}
}

export function returnedFromCatchSafe() {
  function read() {
    try {
      mayThrow();
      return "constant";
    } catch {
      return "failed";
    }
  }

  sink(read()); // safe: constant
}

export function rethrown() {
  try {
    try {
      throw source();
    } catch (error) {
      throw error;
    }
  } catch (error) {
    sink(error); // finding: taint {{source() at line @-5}}
  }
}

export function rethrownSafe() {
  try {
    try {
      throw source();
    } catch (error) {
      throw new Error("constant");
    }
  } catch (error) {
    sink(error.message); // safe: constant
  }
}

export function catchPattern() {
  try {
    throw { reason: source(), code: "constant" };
  } catch ({ reason }) {
    sink(reason); // finding: taint {{source() at line @-2}}
  }
}

export function catchPatternSafe() {
  try {
    throw { reason: source(), code: "constant" };
  } catch ({ code }) {
    sink(code); // safe: other-member
  }
}

export function afterThrow() {
  const text = source();
  if (maybe()) {
    throw new Error("thrown");
  }

  sink(text); // finding: taint {{source() at line @-5}}
}

export function afterThrowSafe() {
  const text = source();
  if (text) {
    throw new Error("thrown");
  } else {
    throw new Error("thrown");
  }

  sink(text); // safe: unreachable
}
