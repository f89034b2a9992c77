// Functions handed to functions.

export function given() {
  const withText = (use) => use(source());
  withText((text) => {
    sink(text); // finding: taint {{source() at line @-2}}
  });
}

export function givenSafe() {
  const withText = (use) => use(sanitize(source()));
  withText((text) => {
    sink(text); // safe: sanitized
  });
}

export function answered() {
  const answer = (ask) => ask();
  answer(() => "constant");
  sink(answer(() => source())); // finding: taint
}

export function answeredSafe() {
  const answer = (ask) => ask();
  answer(() => source());
  sink(answer(() => "constant")); // safe: other-context
}

export function nodeStyle() {
  const read = (done) => done(null, source());
  read((error, text) => {
    log(error);
    sink(text); // finding: taint {{source() at line @-3}}
  });
}

export function nodeStyleSafe() {
  const read = (done) => done(null, source());
  read((error, text) => {
    log(text);
    sink(error); // safe: other-member
  });
}

export function wrapped() {
  const wrap = (run) => (value) => run(value);
  const write = wrap((text) => {
    sink(text); // finding: taint {{source() at line @+2}}
  });
  write(source());
}

export function wrappedSafe() {
  const wrap = (run) => (value) => run(sanitize(value));
  const write = wrap((text) => {
    sink(text); // safe: sanitized
  });
  write(source());
}

export function twoWrapped() {
  const wrap = (run) => (value) => run(value);
  const write = wrap((text) => {
    sink(text); // finding: taint {{source() at line @+3}}
  });
  wrap(log)("constant");
  write(source());
}

export function twoWrappedSafe() {
  const wrap = (run) => (value) => run(value);
  const write = wrap((text) => {
    sink(text); // safe: other-context
  });
  wrap(log)(source());
  write("constant");
}

export function composed() {
  const compose = (first, second) => (value) => second(first(value));
  const show = compose(
    (text) => text.trim(),
    (text) => `<${text}>`,
  );
  sink(show(source())); // finding: taint
}

export function composedSafe() {
  const compose = (first, second) => (value) => second(first(value));
  const show = compose(sanitize, (text) => `<${text}>`);
  sink(show(source())); // safe: sanitized
}

export function dispatched() {
  const handlers = {
    one(text) {
      sink(text); // finding: taint {{source() at line @+4}}
    },
    other: log,
  };
  handlers[maybe() ? "one" : "other"](source());
}

export function dispatchedSafe() {
  const handlers = {
    one(text) {
      sink(text.length); // safe: no-flow
    },
    other: log,
  };
  handlers[maybe() ? "one" : "other"](source());
}

export function listOfFunctions() {
  const steps = [(text) => `<${text}>`, (text) => text.trim()];
  sink(steps.reduce((text, step) => step(text), source())); // finding: taint
}

export function listOfFunctionsSafe() {
  const steps = [() => "constant", (text) => text.trim()];
  sink(steps.reduce((text, step) => step(text), source())); // safe: constant
}

export function timer() {
  setTimeout(
    (text) => {
      sink(text); // finding: taint {{source() at line @+3}}
    },
    1,
    source(),
  );
}

export function timerSafe() {
  setTimeout(
    (text) => {
      sink(text); // safe: constant
    },
    1,
    "constant",
  );
  log(source());
}

export function replacer() {
  "a".replace("a", () => source());
  source().replace(/./, (match) => {
    sink(match); // finding: taint {{source() at line @-1}}
    return "";
  });
}

export function replacerSafe() {
  source().replace(/./, (match, offset) => {
    log(match);
    sink(offset); // safe: no-flow
    return "";
  });
}
