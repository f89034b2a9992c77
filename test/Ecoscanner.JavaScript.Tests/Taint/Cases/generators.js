// What generators and iterators hand out and take in.

export function yielded() {
  function* items() {
    yield source();
  }

  for (const item of items()) {
    sink(item); // finding: taint {{source() at line @-4}}
  }
}

export function yieldedSafe() {
  function* items() {
    yield sanitize(source());
  }

  for (const item of items()) {
    sink(item); // safe: sanitized
  }
}

export function next() {
  function* items() {
    yield source();
  }

  sink(items().next().value); // finding: taint {{source() at line @-3}}
}

export function nextSafe() {
  function* items() {
    yield source();
  }

  sink(items().next().done); // safe: other-member
}

export function sentIn() {
  function* items() {
    sink(yield); // finding: taint {{source() at line @+5}}
  }

  const iterator = items();
  iterator.next();
  iterator.next(source());
}

export function sentInSafe() {
  function* items() {
    sink(yield); // safe: constant
  }

  const iterator = items();
  log(source());
  iterator.next();
  iterator.next("constant");
}

export function delegated() {
  function* inner() {
    yield source();
  }

  function* outer() {
    yield* inner();
  }

  sink([...outer()][0]); // finding: taint {{source() at line @-7}}
}

export function delegatedSafe() {
  function* inner() {
    yield "constant";
    return source();
  }

  function* outer() {
    yield* inner();
  }

  sink([...outer()][0]); // safe: constant
}

export function delegatedResult() {
  function* inner() {
    yield "constant";
    return source();
  }

  function* outer() {
    const result = yield* inner();
    sink(result); // finding: taint {{source() at line @-5}}
  }

  log([...outer()]);
}

export function delegatedResultSafe() {
  function* inner() {
    yield source();
    return "constant";
  }

  function* outer() {
    const result = yield* inner();
    sink(result); // safe: constant
  }

  log([...outer()]);
}

export function argument() {
  function* twice(text) {
    yield text;
    yield text;
  }

  const [first] = twice(source());
  log([...twice("constant")]);
  sink(first); // finding: taint {{source() at line @-2}}
}

export function argumentSafe() {
  function* twice(text) {
    yield text;
    yield text;
  }

  const [first] = twice("constant");
  log([...twice(source())]);
  sink(first); // safe: other-context
}

export function ownIterator() {
  const list = {
    *[Symbol.iterator]() {
      yield source();
    },
  };
  for (const item of list) {
    sink(item); // finding: taint {{source() at line @-4}}
  }
}

export function ownIteratorSafe() {
  const list = {
    text: source(),
    *[Symbol.iterator]() {
      yield "constant";
    },
  };
  for (const item of list) {
    sink(item); // safe: constant
  }
}

export async function asynchronous() {
  async function* items() {
    yield source();
  }

  for await (const item of items()) {
    sink(item); // finding: taint {{source() at line @-4}}
  }
}

export async function asynchronousSafe() {
  async function* items() {
    yield sanitize(source());
  }

  for await (const item of items()) {
    sink(item); // safe: sanitized
  }
}
