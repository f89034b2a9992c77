// Guards that answer later.

export async function awaited() {
  if (checkAllowed("page")) {
    sensitive("page"); // finding: unguarded
  }
}

export async function awaitedSafe() {
  if (await checkAllowed("page")) {
    sensitive("page"); // safe: guarded
  }
}

export async function result() {
  const allowed = checkAllowed("page");
  if (!allowed) {
    return;
  }

  sensitive("page"); // finding: unguarded
}

export async function resultSafe() {
  const allowed = await checkAllowed("page");
  if (!allowed) {
    return;
  }

  sensitive("page"); // safe: guarded
}

export async function awaitedLater() {
  const asked = checkAllowed("page");
  if (asked) {
    sensitive("page"); // finding: unguarded
  }

  await asked;
}

export async function awaitedLaterSafe() {
  const asked = checkAllowed("page");
  if (await asked) {
    sensitive("page"); // safe: guarded
  }
}

export async function rejecting() {
  ensureAllowed("page");
  sensitive("page"); // finding: unguarded
}

export async function rejectingSafe() {
  await ensureAllowed("page");
  sensitive("page"); // safe: guarded
}

export async function rejectionSwallowed() {
  await ensureAllowed("page").catch(() => {});
  sensitive("page"); // finding: unguarded
}

export async function rejectionSwallowedSafe() {
  await ensureAllowed("page").catch((error) => {
    throw error;
  });
  sensitive("page"); // safe: guarded
}

export async function rejectionCaught() {
  try {
    await ensureAllowed("page");
  } catch (error) {
    log(error);
  }

  sensitive("page"); // finding: unguarded
}

export async function rejectionCaughtSafe() {
  try {
    await ensureAllowed("page");
  } catch (error) {
    return error;
  }

  sensitive("page"); // safe: guarded
}

export async function notAwaitedInTry() {
  try {
    ensureAllowed("page");
  } catch (error) {
    return error;
  }

  sensitive("page"); // finding: unguarded
}

export async function notAwaitedInTrySafe() {
  try {
    await ensureAllowed("page");
  } catch (error) {
    throw error;
  }

  sensitive("page"); // safe: guarded
}

export async function thenAnswer() {
  await checkAllowed("page").then((allowed) => {
    log(allowed);
    sensitive("page"); // finding: unguarded
  });
}

export async function thenAnswerSafe() {
  await checkAllowed("page").then((allowed) => allowed && sensitive("page")); // safe: guarded
}

export async function thenEffect() {
  await ensureAllowed("page").finally(() => {
    sensitive("page"); // finding: unguarded
  });
}

export async function thenEffectSafe() {
  await ensureAllowed("page").then(() => {
    sensitive("page"); // safe: guarded
  });
}

export async function thenRejected() {
  await ensureAllowed("page").then(
    () => log("allowed"),
    () => {
      sensitive("page"); // finding: unguarded
    },
  );
}

export async function thenRejectedSafe() {
  await ensureAllowed("page").then(
    () => {
      sensitive("page"); // safe: guarded
    },
    () => log("not allowed"),
  );
}

export async function chained() {
  await checkAllowed("page")
    .then((allowed) => {
      log(allowed);
    })
    .then(() => {
      sensitive("page"); // finding: unguarded
    });
}

export async function chainedSafe() {
  await checkAllowed("page")
    .then((allowed) => {
      if (!allowed) {
        throw new Error("thrown");
      }
    })
    .then(() => {
      sensitive("page"); // safe: guarded
    });
}

export async function eachNotAwaited() {
  ["page"].forEach(async (resource) => {
    await ensureAllowed(resource);
  });
  sensitive("page"); // finding: unguarded
}

export async function eachNotAwaitedSafe() {
  for (const resource of ["page"]) {
    await ensureAllowed(resource);
    sensitive(resource); // safe: guarded
  }
}

export async function allNotAwaited() {
  Promise.all([ensureAllowed("page"), ensureAllowed("space")]);
  sensitive("page"); // finding: unguarded
}

export async function allNotAwaitedSafe() {
  await Promise.all([ensureAllowed("page"), ensureAllowed("space")]);
  sensitive("page"); // safe: guarded
}

export async function settled() {
  await Promise.allSettled([ensureAllowed("page")]);
  sensitive("page"); // finding: unguarded
}

export async function settledSafe() {
  await Promise.all([ensureAllowed("page")]);
  sensitive("page"); // safe: guarded
}

export async function raced() {
  await Promise.race([ensureAllowed("page"), Promise.resolve()].reverse());
  sensitive("page"); // finding: unguarded
}

export async function racedSafe() {
  await Promise.race([ensureAllowed("page")]);
  sensitive("page"); // safe: guarded
}

export async function allAnswers() {
  const [page, space] = await Promise.all([checkAllowed("page"), checkAllowed("space")]);
  log(page);
  if (space) {
    sensitive("page"); // finding: unguarded
  }
}

export async function allAnswersSafe() {
  const [page, space] = await Promise.all([checkAllowed("page"), checkAllowed("space")]);
  log(space);
  if (page) {
    sensitive("page"); // safe: guarded
  }
}

export async function answerOfHelper() {
  const isFine = async (resource) => checkAllowed(resource);
  if (isFine("page")) {
    sensitive("page"); // finding: unguarded
  }
}

export async function answerOfHelperSafe() {
  const isFine = async (resource) => checkAllowed(resource);
  if (await isFine("page")) {
    sensitive("page"); // safe: guarded
  }
}

export async function helperForgets() {
  async function check(resource) {
    if (!checkAllowed(resource)) {
      throw new Error("thrown");
    }
  }

  await check("page");
  sensitive("page"); // finding: unguarded
}

export async function helperForgetsSafe() {
  async function check(resource) {
    if (!(await checkAllowed(resource))) {
      throw new Error("thrown");
    }
  }

  await check("page");
  sensitive("page"); // safe: guarded
}

export async function helperNotAwaited() {
  async function check(resource) {
    if (!(await checkAllowed(resource))) {
      throw new Error("thrown");
    }
  }

  check("page");
  sensitive("page"); // finding: unguarded
}

export async function helperNotAwaitedSafe() {
  async function check(resource) {
    if (!(await checkAllowed(resource))) {
      throw new Error("thrown");
    }
  }

  await check("page");
  sensitive("page"); // safe: guarded
}

export async function negatedPromise() {
  if (!checkAllowed("page")) {
    throw new Error("thrown");
  }

  sensitive("page"); // finding: unguarded
}

export async function negatedPromiseSafe() {
  if (!(await checkAllowed("page"))) {
    throw new Error("thrown");
  }

  sensitive("page"); // safe: guarded
}

export async function comparedPromise() {
  if (checkAllowed("page") !== false) {
    sensitive("page"); // finding: unguarded
  }
}

export async function comparedPromiseSafe() {
  if ((await checkAllowed("page")) !== false) {
    sensitive("page"); // safe: guarded
  }
}

export async function filteredByPromise() {
  const resources = ["page", "space"].filter(async (resource) => await checkAllowed(resource));
  for (const resource of resources) {
    sensitive(resource); // finding: unguarded
  }
}

export async function filteredByPromiseSafe() {
  for (const resource of ["page", "space"]) {
    if (!(await checkAllowed(resource))) {
      continue;
    }

    sensitive(resource); // safe: guarded
  }
}

export async function someByPromise() {
  if (["page"].every(async (resource) => checkAllowed(resource))) {
    sensitive("page"); // finding: unguarded
  }
}

export async function someByPromiseSafe() {
  const answers = await Promise.all(["page"].map(async (resource) => checkAllowed(resource)));
  if (answers.every((allowed) => allowed)) {
    sensitive("page"); // safe: guarded
  }
}

export async function syncBeforeAsync() {
  if (isAllowed("user", "space") || (await checkAllowed("page"))) {
    sensitive("page"); // finding: unguarded
  }
}

export async function syncBeforeAsyncSafe() {
  if (isAllowed("user", "page") || (await checkAllowed("page"))) {
    sensitive("page"); // safe: guarded
  }
}

export async function twoAsked() {
  if ((await checkAllowed("page")) || (await checkAllowed("space"))) {
    sensitive("page"); // finding: unguarded
  }
}

export async function twoAskedSafe() {
  if ((await checkAllowed("page")) && (await checkAllowed("space"))) {
    sensitive("page"); // safe: guarded
  }
}

export async function thrownAsync() {
  const guard = async (run) => {
    ensureAllowed("page").catch(log);
    await run();
  };
  await guard(async () => {
    sensitive("page"); // finding: unguarded
  });
}

export async function thrownAsyncSafe() {
  const guard = async (run) => {
    await ensureAllowed("page");
    await run();
  };
  await guard(async () => {
    sensitive("page"); // safe: guarded
  });
}

export async function timed() {
  ensureAllowed("page").catch(log);
  setTimeout(() => {
    sensitive("page"); // finding: unguarded
  }, 1);
}

export async function timedSafe() {
  await ensureAllowed("page");
  setTimeout(() => {
    sensitive("page"); // safe: guarded
  }, 1);
}
