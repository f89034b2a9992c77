// Promises, and functions that await them.

export async function awaited() {
  const read = async () => source();
  sink(await read()); // finding: taint {{source() at line @-1}}
}

export async function awaitedSafe() {
  const read = async () => sanitize(source());
  sink(await read()); // safe: sanitized
}

export async function resolved() {
  const text = await Promise.resolve(source());
  sink(text); // finding: taint {{source() at line @-1}}
}

export async function resolvedSafe() {
  const text = await Promise.resolve("constant");
  log(source());
  sink(text); // safe: constant
}

export async function thenCallback() {
  await Promise.resolve(source()).then((text) => {
    sink(text); // finding: taint {{source() at line @-1}}
  });
}

export async function thenCallbackSafe() {
  await Promise.resolve(source())
    .then((text) => sanitize(text))
    .then((text) => {
      sink(text); // safe: sanitized
    });
}

export async function thenChain() {
  const text = await Promise.resolve("constant")
    .then(() => source())
    .then((value) => value.trim());
  sink(text); // finding: taint {{source() at line @-2}}
}

export async function thenChainSafe() {
  const text = await Promise.resolve(source())
    .then(() => "constant")
    .then((value) => value.trim());
  sink(text); // safe: constant
}

export async function thenOfPromise() {
  const text = await Promise.resolve().then(async () => source());
  sink(text); // finding: taint {{source() at line @-1}}
}

export async function thenOfPromiseSafe() {
  const text = await Promise.resolve().then(async () => (await source(), "constant"));
  sink(text); // safe: constant
}

export async function all() {
  const [first, second] = await Promise.all([Promise.resolve("constant"), Promise.resolve(source())]);
  log(first);
  sink(second); // finding: taint {{source() at line @-2}}
}

export async function allSafe() {
  const [first, second] = await Promise.all([Promise.resolve("constant"), Promise.resolve(source())]);
  log(second);
  sink(first); // safe: other-member
}

export async function allMapped() {
  const texts = await Promise.all([1, 2].map(async () => source()));
  sink(texts[0]); // finding: taint {{source() at line @-1}}
}

export async function allMappedSafe() {
  const texts = await Promise.all([source()].map(async (text) => sanitize(text)));
  sink(texts[0]); // safe: sanitized
}

export async function allSettled() {
  const [outcome] = await Promise.allSettled([source()]);
  sink(outcome.value); // finding: taint {{source() at line @-1}}
}

export async function allSettledSafe() {
  const [outcome] = await Promise.allSettled([source()]);
  sink(outcome.status); // safe: other-member
}

export async function race() {
  sink(await Promise.race([source(), Promise.resolve("constant")])); // finding: taint
}

export async function raceSafe() {
  sink(await Promise.race([sanitize(source()), Promise.resolve("constant")])); // safe: sanitized
}

export async function any() {
  sink(await Promise.any([Promise.reject(new Error("thrown")), source()])); // finding: taint
}

export async function anySafe() {
  sink(await Promise.any([Promise.reject(source()), "constant"])); // safe: no-flow
}

export async function rejected() {
  await Promise.reject(source()).catch((error) => {
    sink(error); // finding: taint {{source() at line @-1}}
  });
}

export async function rejectedSafe() {
  await Promise.reject(source())
    .catch(() => "constant")
    .then((text) => {
      sink(text); // safe: constant
    });
}

export async function rejectionHandler() {
  await Promise.reject(source()).then(
    (text) => log(text),
    (error) => {
      sink(error); // finding: taint {{source() at line @-3}}
    },
  );
}

export async function rejectionHandlerSafe() {
  await Promise.resolve(source()).then(
    (text) => {
      log(text);
      throw new Error("thrown");
    },
    (error) => {
      sink(error); // safe: unreachable
    },
  );
}

export async function rejectionCaught() {
  const fail = async () => {
    throw source();
  };
  try {
    await fail();
  } catch (error) {
    sink(error); // finding: taint {{source() at line @-5}}
  }
}

export async function rejectionCaughtSafe() {
  const fail = async () => {
    source();
    throw "constant";
  };
  try {
    await fail();
  } catch (error) {
    sink(error); // safe: constant
  }
}

export async function constructed() {
  const text = await new Promise((resolve) => resolve(source()));
  sink(text); // finding: taint {{source() at line @-1}}
}

export async function constructedSafe() {
  const text = await new Promise((resolve) => {
    source();
    resolve("constant");
  });
  sink(text); // safe: constant
}

export async function constructedRejection() {
  try {
    await new Promise((_, reject) => reject(source()));
  } catch (error) {
    sink(error); // finding: taint {{source() at line @-2}}
  }
}

export async function constructedRejectionSafe() {
  try {
    await new Promise((resolve, reject) => (maybe() ? resolve(source()) : reject("constant")));
  } catch (error) {
    sink(error); // safe: other-member
  }
}

export async function throughFinally() {
  const text = await Promise.resolve(source()).finally(() => "constant");
  sink(text); // finding: taint {{source() at line @-1}}
}

export async function throughFinallySafe() {
  const text = await Promise.resolve("constant").finally(() => source());
  sink(text); // safe: constant
}

export async function writtenLater() {
  let text = "constant";
  await Promise.resolve().then(() => {
    text = source();
  });
  sink(text); // finding: taint {{source() at line @-2}}
}

export async function writtenLaterSafe() {
  let text = "constant";
  await Promise.resolve().then(() => {
    text = sanitize(source());
  });
  sink(text); // safe: sanitized
}
