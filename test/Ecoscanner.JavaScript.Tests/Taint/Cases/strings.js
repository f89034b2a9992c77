// What is made of text.

export function plus() {
  sink("<" + source() + ">"); // finding: taint
}

export function plusSafe() {
  sink("<" + sanitize(source()) + ">"); // safe: sanitized
}

export function template() {
  sink(`<${source()}>`); // finding: taint
}

export function templateSafe() {
  sink(`<${sanitize(source())}>`); // safe: sanitized
}

export function concat() {
  sink("<".concat(source(), ">")); // finding: taint
}

export function concatSafe() {
  sink("<".concat(sanitize(source()), ">")); // safe: sanitized
}

export function replaced() {
  sink(source().replace("<", "")); // finding: taint
}

export function replacedSafe() {
  sink("constant".replace("c", "k") + source().indexOf("<")); // safe: no-flow
}

export function replacement() {
  sink("Hello NAME".replace("NAME", source())); // finding: taint
}

export function replacementSafe() {
  sink("Hello NAME".replace("NAME", sanitize(source()))); // safe: sanitized
}

export function replacedBy() {
  sink("Hello NAME".replace("NAME", () => source())); // finding: taint
}

export function replacedBySafe() {
  sink("Hello NAME".replace("NAME", () => sanitize(source()))); // safe: sanitized
}

export function replaceAll() {
  sink(source().replaceAll("'", "")); // finding: taint
}

export function replaceAllSafe() {
  sink(sanitize(source()).replaceAll("'", "")); // safe: sanitized
}

export function split() {
  sink(source().split(",")[0]); // finding: taint
}

export function splitSafe() {
  sink(source().split(",").length); // safe: no-flow
}

export function sliced() {
  sink(source().slice(0, 2)); // finding: taint
}

export function slicedSafe() {
  sink("constant".slice(source().length - 100)); // safe: no-flow
}

export function upper() {
  sink(source().toUpperCase().trim().normalize()); // finding: taint
}

export function upperSafe() {
  sink(sanitize(source()).toUpperCase().trim().normalize()); // safe: sanitized
}

export function padded() {
  sink("1".padStart(30, source())); // finding: taint
}

export function paddedSafe() {
  sink("1".padStart(source().length, "0")); // safe: no-flow
}

export function repeated() {
  sink(source().repeat(2)); // finding: taint
}

export function repeatedSafe() {
  sink("-".repeat(source().length)); // safe: no-flow
}

export function character() {
  sink(source().charAt(0)); // finding: taint
}

export function characterSafe() {
  sink(source().charCodeAt(0)); // safe: no-flow
}

export function indexed() {
  sink(source()[0]); // finding: taint
}

export function indexedSafe() {
  sink("constant"[source().length - 15]); // safe: no-flow
}

export function characters() {
  for (const character of source()) {
    sink(character); // finding: taint {{source() at line @-1}}
    break;
  }
}

export function charactersSafe() {
  for (const character of source()) {
    sink(character === "<"); // safe: no-flow
  }
}

export function encoded() {
  sink(decodeURIComponent(source())); // finding: taint
}

export function encodedSafe() {
  sink(encodeURIComponent(source())); // safe: sanitized
}

export function decodedAgain() {
  sink(decodeURIComponent(encodeURIComponent(source()))); // finding: taint
}

export function decodedAgainSafe() {
  sink(encodeURIComponent(decodeURIComponent(source()))); // safe: sanitized
}

export function matched() {
  sink(source().match(/./)[0]); // finding: taint
}

export function matchedSafe() {
  sink(source().search(/./)); // safe: no-flow
}

export function executed() {
  const match = /(.)(.*)/.exec(source());
  sink(match[1]); // finding: taint {{source() at line @-1}}
}

export function executedSafe() {
  const match = /(.)(.*)/.exec(source());
  sink(match.index); // safe: other-member
}

export function tested() {
  const pattern = /^(?<first>.)/;
  sink(pattern.exec(source()).groups.first); // finding: taint
}

export function testedSafe() {
  const pattern = /^(?<first>.)/;
  sink(pattern.test(source())); // safe: no-flow
}

export function matchedAll() {
  for (const [whole] of source().matchAll(/./g)) {
    sink(whole); // finding: taint {{source() at line @-1}}
    break;
  }
}

export function matchedAllSafe() {
  for (const match of source().matchAll(/./g)) {
    sink(match.index); // safe: other-member
  }
}

export function tagged() {
  const show = (texts, ...values) => texts[0] + values[0] + texts[1];
  sink(show`<${source()}>`); // finding: taint
}

export function taggedSafe() {
  const show = (texts, ...values) => texts[0] + sanitize(values[0]) + texts[1];
  sink(show`<${source()}>`); // safe: sanitized
}

export function taggedSink() {
  const query = (texts, ...values) => {
    sink(texts[0] + values[0]); // finding: taint {{source() at line @+2}}
  };
  query`select ${source()}`;
}

export function taggedSinkSafe() {
  const query = (texts, ...values) => {
    log(values);
    sink(texts[0] + "?"); // safe: constant
  };
  query`select ${source()}`;
}

export function raw() {
  sink(String.raw`<${source()}>`); // finding: taint
}

export function rawSafe() {
  sink(String.raw`<${sanitize(source())}>`); // safe: sanitized
}

export function converted() {
  sink(String(source())); // finding: taint
}

export function convertedSafe() {
  sink(String(source().length)); // safe: no-flow
}

export function builtInLoop() {
  let text = "";
  for (let count = 0; count < 2; count++) {
    text += source();
  }

  sink(text); // finding: taint {{source() at line @-3}}
}

export function builtInLoopSafe() {
  let text = "";
  for (let count = 0; count < 2; count++) {
    text += sanitize(source());
  }

  sink(text); // safe: sanitized
}
