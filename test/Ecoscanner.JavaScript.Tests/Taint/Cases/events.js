// Listeners, and what they are told.
import { EventEmitter } from "node:events";

export function emitted() {
  const emitter = new EventEmitter();
  emitter.on("text", (text) => {
    sink(text); // finding: taint {{source() at line @+2}}
  });
  emitter.emit("text", source());
}

export function emittedSafe() {
  const emitter = new EventEmitter();
  emitter.on("text", (text) => {
    sink(text); // safe: sanitized
  });
  emitter.emit("text", sanitize(source()));
}

export function otherEvent() {
  const emitter = new EventEmitter();
  emitter.on("one", (text) => {
    sink(text); // finding: taint {{source() at line @+2}}
  });
  emitter.emit("one", source());
  emitter.emit("other", "constant");
}

export function otherEventSafe() {
  const emitter = new EventEmitter();
  emitter.on("one", (text) => {
    sink(text); // safe: other-member
  });
  emitter.emit("one", "constant");
  emitter.emit("other", source());
}

export function secondValue() {
  const emitter = new EventEmitter();
  emitter.once("pair", (first, second) => {
    log(first);
    sink(second); // finding: taint {{source() at line @+2}}
  });
  emitter.emit("pair", "constant", source());
}

export function secondValueSafe() {
  const emitter = new EventEmitter();
  emitter.once("pair", (first, second) => {
    log(first);
    sink(second); // safe: other-member
  });
  emitter.emit("pair", source(), "constant");
}

export function derived() {
  class Channel extends EventEmitter {
    send(text) {
      this.emit("text", text);
    }
  }

  const channel = new Channel();
  channel.addListener("text", (text) => {
    sink(text); // finding: taint {{source() at line @+2}}
  });
  channel.send(source());
}

export function derivedSafe() {
  class Channel extends EventEmitter {
    send(text) {
      this.emit("text", sanitize(text));
    }
  }

  const channel = new Channel();
  channel.addListener("text", (text) => {
    sink(text); // safe: sanitized
  });
  channel.send(source());
}

export function handMade() {
  const listeners = [];
  const listen = (listener) => listeners.push(listener);
  const tell = (text) => listeners.forEach((listener) => listener(text));
  listen((text) => {
    sink(text); // finding: taint {{source() at line @+2}}
  });
  tell(source());
}

export function handMadeSafe() {
  const listeners = [];
  const listen = (listener) => listeners.push(listener);
  const tell = (text) => listeners.forEach((listener) => listener(text.length));
  listen((text) => {
    sink(text); // safe: no-flow
  });
  tell(source());
}
