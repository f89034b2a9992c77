// What the language and Node bring along.
import { Buffer } from "node:buffer";
import { format } from "node:util";

export function parsed() {
  const body = JSON.parse(source('{"name":"\u2620"}'));
  sink(body.name); // finding: taint {{source() at line @-1}}
}

export function parsedSafe() {
  const body = JSON.parse('{"name":"constant"}');
  log(source());
  sink(body.name); // safe: constant
}

export function stringified() {
  sink(JSON.stringify({ text: source() })); // finding: taint
}

export function stringifiedSafe() {
  sink(JSON.stringify({ text: sanitize(source()) })); // safe: sanitized
}

export function roundTrip() {
  const copy = JSON.parse(JSON.stringify({ text: source() }));
  sink(copy.text); // finding: taint {{source() at line @-1}}
}

export function roundTripSafe() {
  const copy = JSON.parse(JSON.stringify({ text: sanitize(source()) }));
  sink(copy.text); // safe: sanitized
}

export function reviver() {
  JSON.parse(source('["\u2620"]'), (key, value) => {
    if (key === "0") {
      sink(value); // finding: taint {{source() at line @-2}}
    }

    return value;
  });
}

export function reviverSafe() {
  JSON.parse('["constant"]', (key, value) => {
    if (key === "0") {
      sink(value); // safe: constant
    }

    return source();
  });
}

export function assign() {
  const target = Object.assign({}, { text: source(), other: "constant" });
  sink(target.text); // finding: taint {{source() at line @-1}}
}

export function assignSafe() {
  const target = Object.assign({}, { text: source(), other: "constant" });
  sink(target.other); // safe: other-member
}

export function assignInto() {
  const target = { text: "constant" };
  Object.assign(target, { text: source() });
  sink(target.text); // finding: taint {{source() at line @-1}}
}

export function assignIntoSafe() {
  const target = { text: "constant" };
  const copy = Object.assign({}, target, { text: source() });
  log(copy);
  sink(target.text); // safe: other-member
}

export function values() {
  sink(Object.values({ text: source() })[0]); // finding: taint
}

export function valuesSafe() {
  sink(Object.keys({ text: source() })[0]); // safe: constant
}

export function keys() {
  sink(Object.keys({ [source()]: "constant" })[0]); // finding: taint
}

export function keysSafe() {
  sink(Object.values({ [source()]: "constant" })[0]); // safe: constant
}

export function keysOfBody() {
  for (const key of Object.keys(sourceObject())) {
    sink(key); // finding: taint {{sourceObject() at line @-1}}
  }
}

export function keysOfBodySafe() {
  for (const key of Object.keys(sourceObject())) {
    sink(key.length); // safe: no-flow
  }
}

export function entries() {
  for (const [key, value] of Object.entries({ text: source() })) {
    log(key);
    sink(value); // finding: taint {{source() at line @-2}}
  }
}

export function entriesSafe() {
  for (const [key, value] of Object.entries({ text: source() })) {
    log(value);
    sink(key); // safe: other-member
  }
}

export function fromEntries() {
  const object = Object.fromEntries([["text", source()]]);
  sink(object.text); // finding: taint {{source() at line @-1}}
}

export function fromEntriesSafe() {
  const object = Object.fromEntries([["text", sanitize(source())]]);
  sink(object.text); // safe: sanitized
}

export function frozen() {
  sink(Object.freeze({ text: source(), other: "constant" }).text); // finding: taint
}

export function frozenSafe() {
  sink(Object.freeze({ text: source(), other: "constant" }).other); // safe: other-member
}

export function cloned() {
  const copy = structuredClone({ text: source(), other: "constant" });
  sink(copy.text); // finding: taint {{source() at line @-1}}
}

export function clonedSafe() {
  const copy = structuredClone({ text: source(), other: "constant" });
  sink(copy.other); // safe: other-member
}

export function buffer() {
  sink(Buffer.from(source()).toString()); // finding: taint
}

export function bufferSafe() {
  sink(Buffer.from(source()).length); // safe: no-flow
}

export function decoded() {
  const text = Buffer.from(source()).toString("base64");
  sink(Buffer.from(text, "base64").toString("utf8")); // finding: taint {{source() at line @-1}}
}

export function decodedSafe() {
  const text = Buffer.from(sanitize(source())).toString("base64");
  sink(Buffer.from(text, "base64").toString("utf8")); // safe: sanitized
}

export function buffers() {
  sink(Buffer.concat([Buffer.from("constant"), Buffer.from(source())]).toString()); // finding: taint
}

export function buffersSafe() {
  sink(Buffer.concat([Buffer.from("constant"), Buffer.from(sanitize(source()))]).toString()); // safe: sanitized
}

export function search() {
  const url = new URL(`https://example.com/?q=${source()}`);
  sink(url.searchParams.get("q")); // finding: taint {{source() at line @-1}}
}

export function searchSafe() {
  const url = new URL(`https://example.com/?q=${source()}`);
  sink(url.port); // safe: no-flow
}

export function parameters() {
  const parameters = new URLSearchParams({ q: source(), page: "1" });
  sink(parameters.get("q")); // finding: taint {{source() at line @-1}}
}

export function parametersSafe() {
  const parameters = new URLSearchParams({ q: sanitize(source()), page: "1" });
  sink(parameters.get("q")); // safe: sanitized
}

export function appended() {
  const parameters = new URLSearchParams();
  parameters.append("q", source());
  sink(parameters.get("q")); // finding: taint {{source() at line @-1}}
}

export function appendedSafe() {
  const parameters = new URLSearchParams();
  parameters.append("q", source());
  sink(parameters.has("q")); // safe: no-flow
}

export function formatted() {
  sink(format("Hello %s", source())); // finding: taint
}

export function formattedSafe() {
  sink(format("Hello %s", sanitize(source()))); // safe: sanitized
}

export function reflected() {
  const object = {};
  Reflect.set(object, "text", source());
  sink(Reflect.get(object, "text")); // finding: taint {{source() at line @-1}}
}

export function reflectedSafe() {
  const object = { other: "constant" };
  Reflect.set(object, "text", source());
  sink(Reflect.get(object, "other")); // safe: other-member
}

export function globalVariable() {
  globalThis.shared = source();
  sink(globalThis.shared); // finding: taint {{source() at line @-1}}
}

export function globalVariableSafe() {
  globalThis.other = source();
  globalThis.constant = "constant";
  sink(globalThis.constant); // safe: other-member
}
