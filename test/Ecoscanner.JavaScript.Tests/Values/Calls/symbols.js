// Functions under symbols, in iterables of entries, and in what is well known.
function work() {}
function other() {}
const open = Symbol("open");
const close = Symbol.for("close");
class Gate {
  [open]() {}
  [close]() {}
  static [open]() {}
}
new Gate()[open](); // calls: Gate[open]; not: Gate[close]
new Gate()[Symbol.for("close")](); // calls: Gate[close]; not: Gate[open]
Gate[open](); // calls: Gate.static [open]; not: Gate[open]
const registry = { [open]: work };
registry[open](); // calls: work; not: other
registry[close]?.(); // calls: nothing; not: work
const { [open]: taken } = registry;
taken(); // calls: work

const locked = new (class Lock {
  static get [Symbol.species]() {
    return Array;
  }
  get [Symbol.toStringTag]() {
    return "Lock";
  }
})();
Object.prototype.toString.call(locked); // calls: Lock.get [Symbol.toStringTag]
