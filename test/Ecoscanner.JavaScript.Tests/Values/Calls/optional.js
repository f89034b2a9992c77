// Calls that may not happen.
function work() {}
function other() {}
const some = { work, none: null, deep: { other } };
some.work?.(); // calls: work
some?.work(); // calls: work; not: other
some.none?.(); // calls: nothing
some?.deep?.other?.(); // calls: other; not: work
some?.["work"](); // calls: work
const nothing = Math.random() < 2 ? null : some;
nothing?.work(); // calls: work; unrun: work
nothing?.deep.other(); // calls: other; unrun: other
some.deep && some.deep.other(); // calls: other
some.none || work(); // calls: work
(some.none ?? other)(); // calls: other; not: work
(some?.work)(); // calls: work
const callback = undefined;
callback?.(work()); // calls: nothing
//         ^^^^^^ calls: work; unrun: work
if (some.absent) some.absent(); // calls: nothing
function maybe(done) {
  done?.(); // calls: work; not: other
  typeof done === "function" && done(); // calls: work
}
maybe(); // calls: maybe
maybe(work); // calls: maybe; not: work
some?.deep.other.call(null); // calls: other
new (some.missing ?? class Fallback {})(); // calls: Fallback.constructor
