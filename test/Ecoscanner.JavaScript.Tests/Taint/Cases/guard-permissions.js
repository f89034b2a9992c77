// Effects that need permission: reaching them unasked is the finding, whatever is handed over.

export function unasked() {
  sensitive("page"); // finding: unguarded
  //        ^^^^^^
}

export function unaskedSafe() {
  requireAllowed("page");
  sensitive("page"); // safe: guarded
}

export function inIf() {
  if (maybe()) {
    sensitive("page"); // finding: unguarded
  }
}

export function inIfSafe() {
  if (isAllowed("user", "page")) {
    sensitive("page"); // safe: guarded
  }
}

export function earlyReturn() {
  if (!isAllowed("user", "page") && maybe()) {
    return;
  }

  sensitive("page"); // finding: unguarded
}

export function earlyReturnSafe() {
  if (!isAllowed("user", "page") || maybe()) {
    return;
  }

  sensitive("page"); // safe: guarded
}

export function resultIgnored() {
  isAllowed("user", "page");
  sensitive("page"); // finding: unguarded
}

export function resultIgnoredSafe() {
  const allowed = isAllowed("user", "page");
  if (!allowed) {
    return;
  }

  sensitive("page"); // safe: guarded
}

export function secondEffect() {
  if (isAllowed("user", "page")) {
    sensitive("page"); // safe: guarded
  }

  sensitive("page"); // finding: unguarded
}

export function secondEffectSafe() {
  if (isAllowed("user", "page")) {
    sensitive("page"); // safe: guarded
    sensitive("page"); // safe: guarded
  }
}

export function twoResources() {
  requireAllowed("page");
  sensitive("page"); // safe: guarded
  sensitive("space"); // finding: unguarded
}

export function twoResourcesSafe() {
  requireAllowed("page");
  requireAllowed("space");
  sensitive("page"); // safe: guarded
  sensitive("space"); // safe: guarded
}

export function resourceFromTable() {
  const resources = { one: "page", other: "space" };
  requireAllowed(resources.one);
  sensitive(resources.other); // finding: unguarded
}

export function resourceFromTableSafe() {
  const resources = { one: "page", other: "space" };
  requireAllowed(resources.other);
  sensitive(resources.other); // safe: guarded
}

export function attackersResource() {
  const { id, name } = sourceObject();
  requireAllowed(name);
  sensitive(id); // finding: unguarded
}

export function attackersResourceSafe() {
  const { id, name } = sourceObject();
  log(name);
  requireAllowed(id);
  sensitive(id); // safe: guarded
}

export function oneOfTwoGuards() {
  if (maybe()) {
    requireAllowed("page");
  } else {
    log("no permission needed");
  }

  sensitive("page"); // finding: unguarded
}

export function oneOfTwoGuardsSafe() {
  if (maybe()) {
    requireAllowed("page");
  } else if (!isAllowed("user", "page")) {
    return;
  }

  sensitive("page"); // safe: guarded
}

export function callback() {
  const run = (action) => action();
  run(() => {
    sensitive("page"); // finding: unguarded
  });
  requireAllowed("page");
}

export function callbackSafe() {
  const run = (action) => action();
  requireAllowed("page");
  run(() => {
    sensitive("page"); // safe: guarded
  });
}

export function listed() {
  ["page", "space"].forEach((resource) => {
    isAllowed("user", resource);
    sensitive(resource); // finding: unguarded
  });
}

export function listedSafe() {
  ["page", "space"].forEach((resource) => {
    if (isAllowed("user", resource)) {
      sensitive(resource); // safe: guarded
    }
  });
}

export function filteredList() {
  const resources = ["page", "space"].filter((resource) => resource !== "user");
  resources.forEach((resource) => {
    sensitive(resource); // finding: unguarded
  });
}

export function filteredListSafe() {
  const resources = ["page", "space"].filter((resource) => isAllowed("user", resource));
  resources.forEach((resource) => {
    sensitive(resource); // safe: guarded
  });
}

export function errorAnswer() {
  const answer = isAllowed("user", "page") ? null : { status: 403 };
  if (answer) {
    log(answer);
  }

  sensitive("page"); // finding: unguarded
}

export function errorAnswerSafe() {
  const answer = isAllowed("user", "page") ? null : { status: 403 };
  if (answer) {
    return answer;
  }

  sensitive("page"); // safe: guarded
}

export function generator() {
  function* steps() {
    yield isAllowed("user", "page");
    sensitive("page"); // finding: unguarded
  }

  log([...steps()]);
}

export function generatorSafe() {
  function* steps() {
    if (!(yield isAllowed("user", "page"))) {
      return;
    }

    sensitive("page"); // safe: guarded
  }

  const iterator = steps();
  iterator.next(iterator.next().value);
}
