// Guards that stand in callers: each way to the effect must pass one.

export function oneCallerUnguarded() {
  const act = () => {
    sensitive("page"); // finding: unguarded {{line @+8}}
  };
  const first = () => {
    if (isAllowed("user", "page")) {
      act();
    }
  };
  const second = () => {
    act();
  };
  first();
  second();
}

export function oneCallerUnguardedSafe() {
  const act = () => {
    sensitive("page"); // safe: guarded
  };
  const first = () => {
    if (isAllowed("user", "page")) {
      act();
    }
  };
  const second = () => {
    requireAllowed("page");
    act();
  };
  first();
  second();
}

export function callerOfCaller() {
  const act = () => {
    sensitive("page"); // finding: unguarded
  };
  const middle = () => act();
  const outer = () => {
    isAllowed("user", "page");
    middle();
  };
  outer();
}

export function callerOfCallerSafe() {
  const act = () => {
    sensitive("page"); // safe: guarded
  };
  const middle = () => act();
  const outer = () => {
    if (isAllowed("user", "page")) {
      middle();
    }
  };
  outer();
}

export function resourceHandedOn() {
  const act = (resource) => {
    sensitive(resource); // finding: unguarded
  };
  requireAllowed("page");
  act("space");
}

export function resourceHandedOnSafe() {
  const act = (resource) => {
    sensitive(resource); // safe: guarded
  };
  requireAllowed("page");
  act("page");
}

export function resourceOfCaller() {
  const act = (resource) => {
    sensitive(resource); // finding: unguarded
  };
  const guarded = (asked, wanted) => {
    if (isAllowed("user", asked)) {
      act(wanted);
    }
  };
  guarded("page", "space");
}

export function resourceOfCallerSafe() {
  const act = (resource) => {
    sensitive(resource); // safe: guarded
  };
  const guarded = (asked) => {
    if (isAllowed("user", asked)) {
      act(asked);
    }
  };
  guarded("page");
}

export function valueOfCaller() {
  const show = (text) => {
    sink(text); // finding: taint {{source() at line @+2}}
  };
  const text = source();
  if (isSafe(text)) {
    show(text);
  } else {
    show(text);
  }
}

export function valueOfCallerSafe() {
  const show = (text) => {
    sink(text); // safe: guarded
  };
  const text = source();
  if (isSafe(text)) {
    show(text);
  } else {
    show("constant");
  }
}

export function recursive() {
  const act = (count) => {
    if (count > 0) {
      act(count - 1);
      return;
    }

    sensitive("page"); // finding: unguarded
  };
  if (isAllowed("user", "space")) {
    act(2);
  }
}

export function recursiveSafe() {
  const act = (count) => {
    if (count > 0) {
      act(count - 1);
      return;
    }

    sensitive("page"); // safe: guarded
  };
  if (isAllowed("user", "page")) {
    act(2);
  }
}

export function recursiveGuard() {
  const act = (count) => {
    if (count > 0) {
      requireAllowed("page");
    }

    sensitive("page"); // finding: unguarded
    if (count > 0) {
      act(count - 1);
    }
  };
  act(maybe() ? 1 : 0);
}

export function recursiveGuardSafe() {
  const act = (count) => {
    requireAllowed("page");
    sensitive("page"); // safe: guarded
    if (count > 0) {
      act(count - 1);
    }
  };
  act(maybe() ? 1 : 0);
}

export function nestedFunction() {
  const act = () => {
    const inner = () => {
      sensitive("page"); // finding: unguarded
    };
    inner();
    requireAllowed("page");
  };
  act();
}

export function nestedFunctionSafe() {
  const act = () => {
    const inner = () => {
      sensitive("page"); // safe: guarded
    };
    requireAllowed("page");
    inner();
  };
  act();
}

export function handedOut() {
  const make = () => () => {
    sensitive("page"); // finding: unguarded
  };
  const act = make();
  if (!isAllowed("user", "page")) {
    log("not allowed");
  }

  act();
}

export function handedOutSafe() {
  const make = () => () => {
    sensitive("page"); // safe: guarded
  };
  const act = make();
  if (!isAllowed("user", "page")) {
    return;
  }

  act();
}

export function inTable() {
  const actions = {
    read: () => log("read"),
    write: () => {
      sensitive("page"); // finding: unguarded
    },
  };
  const name = maybe() ? "read" : "write";
  if (name === "read") {
    requireAllowed("page");
  }

  actions[name]();
}

export function inTableSafe() {
  const actions = {
    read: () => log("read"),
    write: () => {
      sensitive("page"); // safe: guarded
    },
  };
  const name = maybe() ? "read" : "write";
  requireAllowed("page");
  actions[name]();
}

export function afterGuardedCall() {
  const guarded = () => {
    if (isAllowed("user", "page")) {
      sensitive("page"); // safe: guarded
    }
  };
  guarded();
  sensitive("page"); // finding: unguarded
}

export function afterGuardedCallSafe() {
  const guarded = () => {
    if (!isAllowed("user", "page")) {
      throw new Error("thrown");
    }

    sensitive("page"); // safe: guarded
  };
  guarded();
  sensitive("page"); // safe: guarded
}

export function capturedAnswer() {
  let allowed = true;
  const ask = () => {
    allowed = isAllowed("user", "page");
  };
  log(ask);
  if (allowed) {
    sensitive("page"); // finding: unguarded
  }
}

export function capturedAnswerSafe() {
  let allowed = false;
  const ask = () => {
    allowed = isAllowed("user", "page");
  };
  ask();
  if (allowed) {
    sensitive("page"); // safe: guarded
  }
}
