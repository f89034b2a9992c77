// What instrumented cases call while they run (see call-instrument.mjs). It keeps a stack of the functions and calls that are under way, and prints at the end
// which function began while which call was the innermost: { direct: ["call>function"], later: ["call>function>innermost call or -1"] }, where
// "later" are functions that were handed to a call and began after it was over.
"use strict";
const { writeSync } = require("node:fs");

const stack = [];
const direct = new Set();
const later = new Set();
const handedTo = new Map();
const targetOfBound = new WeakMap();
const textOf = Function.prototype.toString;
const bind = Function.prototype.bind;

Function.prototype.bind = function (...given) {
  const bound = bind.apply(this, given);
  targetOfBound.set(bound, this);
  return bound;
};

function enter(number) {
  const innermost = stack.at(-1)?.call ?? -1;
  if (innermost >= 0) {
    direct.add(`${innermost}>${number}`);
  }

  for (const call of handedTo.get(number) ?? []) {
    if (!stack.some((frame) => frame.call === call)) {
      later.add(`${call}>${number}>${innermost}`);
    }
  }
}

function hand(call, value) {
  const code = typeof value === "function" && !/^class\b/.test(textOf.call(value)) ? textOf.call(targetOfBound.get(value) ?? value) : "";
  const number = /\$(?:in|begin)\((\d+)/.exec(code)?.[1];
  if (number !== undefined) {
    handedTo.set(+number, (handedTo.get(+number) ?? new Set()).add(call));
  }
}

// Functions, and objects that stand for one.
function handParts(call, value) {
  hand(call, value);
  if (typeof value === "object" && value !== null) {
    hand(call, Object.getOwnPropertyDescriptor(value, "then")?.value);
    hand(call, Object.getOwnPropertyDescriptor(value, "handleEvent")?.value);
  }
}

// Back to where that frame is the innermost; a function that goes on after a pause is no longer there.
function cutTo(frame, length) {
  const place = stack.lastIndexOf(frame);
  if (place >= 0) {
    stack.length = place + length;
  }

  return place >= 0;
}

// A call of that function is over. Above it may stand functions that pause; it is not there where a chain was cut short.
function leave(call, frame, value) {
  const place = stack.findLastIndex((other) => other.call === call);
  if (place > stack.lastIndexOf(frame)) {
    stack.length = place;
  }

  return value;
}

function within(call, run) {
  const frame = { call };
  stack.push(frame);
  try {
    return run();
  } finally {
    cutTo(frame, 0);
  }
}

function begin(number) {
  const frame = { number };
  stack.push(frame);
  return frame;
}

Object.assign(globalThis, {
  // A function begins; it ends; it caught something.
  $in: (number) => (enter(number), begin(number)),
  $out: (frame) => cutTo(frame, 0),
  $caught: (frame) => cutTo(frame, 1) || (stack.length = 0),
  // A generator is called; it begins to run. A constructor that is implied runs.
  $begin: enter,
  $on: begin,
  $implied: enter,
  // A call begins, when its arguments are there; it is over.
  $arguments: (call, list) => (list.forEach((value) => handParts(call, value)), stack.push({ call }), list),
  $enter: (call, value) => (stack.push({ call }), value),
  $leave: leave,
  $awaited: (call, value) => (typeof value === "object" && value !== null && hand(call, value.then), value),
  $decorator: (call, run) =>
    function (...given) {
      return within(call, () => run.apply(this, given));
    },
  $iterate(call, value, kind) {
    const start = () => {
      const iterator = within(call, () => (value[kind] ?? value[Symbol.iterator]).call(value));
      const wrapped = { next: (given) => within(call, () => iterator.next(given)) };
      if (iterator.return !== undefined) {
        wrapped.return = (given) => within(call, () => iterator.return(given));
      }

      return wrapped;
    };
    return { [kind]: start };
  },
  // As React does, but at once: a component that is a class is made and drawn.
  React: {
    Fragment: "fragment",
    Component: class Component {
      constructor(properties) {
        this.props = properties;
      }
    },
    createElement(type, given, ...children) {
      const { $call, ...properties } = given ?? {};
      if (typeof type !== "function") {
        return { type, properties, children };
      }

      const handed = { ...properties, ...(children.length > 0 && { children: children.length > 1 ? children : children[0] }) };
      const draw = () => (type.prototype?.render === undefined ? type(handed) : new type(handed).render());
      return $call === undefined ? draw() : within($call, draw);
    },
  },
});

process.on("exit", () => writeSync(1, `\n${JSON.stringify({ direct: [...direct], later: [...later] })}\n`));
