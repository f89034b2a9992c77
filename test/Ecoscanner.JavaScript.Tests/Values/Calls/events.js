// What runs later, when something happens.
const { EventEmitter } = require("events");
const { nextTick } = require("process");
const work = () => {};
const other = () => {};

setTimeout(work, 1); // calls: work; not: other
setTimeout(/* timed */ () => {}); // calls: timed
const timer = setInterval(/* tick */ () => clearInterval(timer), 1); // calls: tick
setImmediate(/* soon */ () => {}); // calls: soon
queueMicrotask(/* micro */ () => {}); // calls: micro
process.nextTick(/* next */ () => {}); // calls: next
nextTick(/* alsoNext */ () => {}); // calls: alsoNext
setTimeout(/* visit */ (given) => given(), 1, work); // calls: visit; may: work
//                                ^^^^^^^ calls: work; not: other
setTimeout(other.bind(null), 1); // calls: other
setTimeout(/* visit2 */ () => work(), 1); // calls: visit2
//                            ^^^^^^ calls: work

const emitter = new EventEmitter();
emitter.on("a", /* onA */ () => {}); // calls: nothing; may: onA
emitter.once("b", /* onB */ () => {}); // calls: nothing; may: onB
emitter.addListener("c", /* onC */ () => {}); // calls: nothing; may: onC
emitter.emit("a"); // calls: onA; may: onB, onC; not: work
emitter.emit("b"); // calls: onB; may: onA, onC
emitter.emit("c"); // calls: onC; may: onA, onB
emitter.off("a", other); // calls: nothing; may: other

class Feed extends EventEmitter {
  constructor() {
    super();
    this.on("item", this.take); // calls: nothing; may: Feed.take; not: Feed.skip
  }
  take() {}
  skip() {}
}
new Feed().emit("item"); // calls: Feed.take; not: Feed.skip
process.on("exit", /* onExit */ () => {}); // calls: onExit; unrun: onExit
const target = new EventTarget();
target.addEventListener("a", /* listen */ () => {}); // calls: listen
target.addEventListener("a", { handleEvent: /* handle */ () => {} }); // calls: handle
target.dispatchEvent(new Event("a")); // calls: nothing; may: listen, handle

require("fs").readFile(__filename, /* onRead */ () => {}); // calls: onRead, external require("fs").readFile
require("fs").readFileSync(__filename); // calls: external require("fs").readFileSync
const stopped = new AbortController();
stopped.signal.onabort = /* aborted */ () => {};
stopped.abort(); // calls: nothing; may: aborted
