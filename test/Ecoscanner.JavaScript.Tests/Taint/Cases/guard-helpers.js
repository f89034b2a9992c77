// Guards within functions: their answers, their exceptions, and what they only seem to do.

export function returnsBoolean() {
  const isFine = (text) => text === "constant" || maybe();
  const text = source();
  if (isFine(text)) {
    sink(text); // finding: taint {{source() at line @-2}}
  }
}

export function returnsBooleanSafe() {
  const isFine = (text) => isSafe(text) && maybe();
  const text = source();
  if (isFine(text)) {
    sink(text); // safe: guarded
  }
}

export function returnsLiteral() {
  function isFine(text) {
    if (!isSafe(text)) {
      return true;
    }

    return false;
  }

  const text = source();
  if (isFine(text)) {
    sink(text); // finding: taint {{source() at line @-2}}
  }
}

export function returnsLiteralSafe() {
  function isFine(text) {
    if (!isSafe(text)) {
      return false;
    }

    return true;
  }

  const text = source();
  if (isFine(text)) {
    sink(text); // safe: guarded
  }
}

export function alwaysTrue() {
  function isFine(text) {
    isSafe(text);
    return true;
  }

  const text = source();
  if (isFine(text)) {
    sink(text); // finding: taint {{source() at line @-2}}
  }
}

export function alwaysTrueSafe() {
  function isFine(text) {
    const safe = isSafe(text);
    return safe;
  }

  const text = source();
  if (isFine(text)) {
    sink(text); // safe: guarded
  }
}

export function throws() {
  function check(text) {
    if (!isSafe(text)) {
      log("not safe");
    }
  }

  const text = source();
  check(text);
  sink(text); // finding: taint {{source() at line @-2}}
}

export function throwsSafe() {
  function check(text) {
    if (!isSafe(text)) {
      throw new Error("thrown");
    }
  }

  const text = source();
  check(text);
  sink(text); // safe: guarded
}

export function returnsEarly() {
  function check(text) {
    if (!isSafe(text)) {
      return;
    }

    log(text);
  }

  const text = source();
  check(text);
  sink(text); // finding: taint {{source() at line @-2}}
}

export function returnsEarlySafe() {
  function check(text) {
    if (isSafe(text)) {
      return;
    }

    throw new Error("thrown");
  }

  const text = source();
  check(text);
  sink(text); // safe: guarded
}

export function throwsInOneBranch() {
  function check(text) {
    if (maybe()) {
      assertSafe(text);
    }
  }

  const text = source();
  check(text);
  sink(text); // finding: taint {{source() at line @-2}}
}

export function throwsInOneBranchSafe() {
  function check(text) {
    if (maybe()) {
      log("asked");
    }

    assertSafe(text);
  }

  const text = source();
  check(text);
  sink(text); // safe: guarded
}

export function throwsTwoDeep() {
  const check = (text) => assertSafe(text);
  const checkAll = (text) => {
    try {
      check(text);
    } catch (error) {
      log(error);
    }
  };
  const text = source();
  checkAll(text);
  sink(text); // finding: taint {{source() at line @-2}}
}

export function throwsTwoDeepSafe() {
  const check = (text) => assertSafe(text);
  const checkAll = (text) => {
    try {
      check(text);
    } finally {
      log("asked");
    }
  };
  const text = source();
  checkAll(text);
  sink(text); // safe: guarded
}

export function otherParameter() {
  const check = (first, second) => {
    log(second);
    assertSafe(first);
  };
  const first = source();
  const second = source();
  check(first, second);
  sink(second); // finding: taint {{source() at line @-2}}
}

export function otherParameterSafe() {
  const check = (first, second) => {
    log(first);
    assertSafe(second);
  };
  const first = source();
  const second = source();
  check(first, second);
  sink(second); // safe: guarded
}

export function returnsChecked() {
  function checked(text) {
    return isSafe(text) || maybe() ? text : "constant";
  }

  sink(checked(source())); // finding: taint
}

export function returnsCheckedSafe() {
  function checked(text) {
    return isSafe(text) ? text : "constant";
  }

  sink(checked(source())); // safe: guarded
}

export function returnsNull() {
  function checked(text) {
    if (!isSafe(text)) {
      log("not safe");
    }

    return text;
  }

  const text = checked(source());
  if (text !== null) {
    sink(text); // finding: taint {{source() at line @-2}}
  }
}

export function returnsNullSafe() {
  function checked(text) {
    if (!isSafe(text)) {
      return null;
    }

    return text;
  }

  const text = checked(source());
  if (text !== null) {
    sink(text); // safe: guarded
  }
}

export function returnsAnswer() {
  const check = (text) => ({ ok: isSafe(text), reason: "constant" });
  const text = source();
  const { reason } = check(text);
  if (reason) {
    sink(text); // finding: taint {{source() at line @-3}}
  }
}

export function returnsAnswerSafe() {
  const check = (text) => ({ ok: isSafe(text), reason: "constant" });
  const text = source();
  const { ok } = check(text);
  if (ok) {
    sink(text); // safe: guarded
  }
}

export function storedInField() {
  const text = source();
  const state = {};
  state.safe = isSafe(text);
  state.asked = true;
  if (state.asked) {
    sink(text); // finding: taint {{source() at line @-5}}
  }
}

export function storedInFieldSafe() {
  const text = source();
  const state = {};
  state.safe = isSafe(text);
  state.asked = true;
  if (state.safe) {
    sink(text); // safe: guarded
  }
}

export function middlewares() {
  const steps = [(request) => log(request), (request) => log(request.text)];
  const request = { text: source() };
  steps.forEach((step) => step(request));
  sink(request.text); // finding: taint {{source() at line @-2}}
}

export function middlewaresSafe() {
  const steps = [(request) => log(request), (request) => assertSafe(request.text)];
  const request = { text: source() };
  steps.forEach((step) => step(request));
  sink(request.text); // safe: guarded
}

export function nextMiddleware() {
  const check = (request, next) => {
    if (!isSafe(request.text)) {
      log("not safe");
    }

    next();
  };
  const show = (request) => {
    sink(request.text); // finding: taint {{source() at line @+2}}
  };
  const request = { text: source() };
  check(request, () => show(request));
}

export function nextMiddlewareSafe() {
  const check = (request, next) => {
    if (!isSafe(request.text)) {
      return;
    }

    next();
  };
  const show = (request) => {
    sink(request.text); // safe: guarded
  };
  const request = { text: source() };
  check(request, () => show(request));
}

export function chainOfMiddlewares() {
  const run = ([step, ...others], resource) => step?.(resource, () => run(others, resource));
  const check = (resource, next) => {
    isAllowed("user", resource);
    next();
  };
  const act = () => {
    sensitive("page"); // finding: unguarded
  };
  run([check, act], "page");
}

export function chainOfMiddlewaresSafe() {
  const run = ([step, ...others], resource) => step?.(resource, () => run(others, resource));
  const check = (resource, next) => {
    if (isAllowed("user", resource)) {
      next();
    }
  };
  const act = () => {
    sensitive("page"); // safe: guarded
  };
  run([check, act], "page");
}

export function wrapper() {
  const withGuard = (handler) => (text) => {
    isSafe(text);
    return handler(text);
  };
  const show = withGuard((text) => {
    sink(text); // finding: taint {{source() at line @+2}}
  });
  show(source());
}

export function wrapperSafe() {
  const withGuard = (handler) => (text) => {
    assertSafe(text);
    return handler(text);
  };
  const show = withGuard((text) => {
    sink(text); // safe: guarded
  });
  show(source());
}

export function wrapperOfResource() {
  const withPermission = (resource, handler) => () => isAllowed("user", resource) && handler();
  const act = withPermission("space", () => {
    sensitive("page"); // finding: unguarded
  });
  act();
}

export function wrapperOfResourceSafe() {
  const withPermission = (resource, handler) => () => isAllowed("user", resource) && handler();
  const act = withPermission("page", () => {
    sensitive("page"); // safe: guarded
  });
  act();
}

export function wrapperNotUsed() {
  const withGuard = (handler) => () => isAllowed("user", "page") && handler();
  const act = () => {
    sensitive("page"); // finding: unguarded
  };
  withGuard(act);
  act();
}

export function wrapperNotUsedSafe() {
  const withGuard = (handler) => () => isAllowed("user", "page") && handler();
  const act = () => {
    sensitive("page"); // safe: guarded
  };
  const guarded = withGuard(act);
  guarded();
}

export function everyOfList() {
  const texts = [source(), source()];
  if (texts.some((text) => isSafe(text))) {
    sink(texts[1]); // finding: taint {{source() at line @-2}}
  }
}

export function everyOfListSafe() {
  const texts = [source(), source()];
  if (texts.every((text) => isSafe(text))) {
    sink(texts[1]); // safe: guarded
  }
}

export function filtered() {
  for (const text of [source(), source()].filter((text) => !isSafe(text))) {
    sink(text); // finding: taint {{source() at line @-1}}
  }
}

export function filteredSafe() {
  for (const text of [source(), source()].filter((text) => isSafe(text))) {
    sink(text); // safe: guarded
  }
}

export function filteredByName() {
  const texts = [source(), source()];
  texts.filter(isSafe);
  for (const text of texts) {
    sink(text); // finding: taint {{source() at line @-3}}
  }
}

export function filteredByNameSafe() {
  const texts = [source(), source()].filter(isSafe);
  for (const text of texts) {
    sink(text); // safe: guarded
  }
}

export function foundInList() {
  const text = [source(), source()].find((item) => isSafe(item) || maybe());
  if (text !== undefined) {
    sink(text); // finding: taint {{source() at line @-2}}
  }
}

export function foundInListSafe() {
  const text = [source(), source()].find((item) => isSafe(item));
  if (text !== undefined) {
    sink(text); // safe: guarded
  }
}
