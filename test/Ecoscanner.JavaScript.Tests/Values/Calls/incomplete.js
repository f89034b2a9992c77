// What can't be known must be said to be so.
function known() {}
const table = { known };
new Function("return 1")(); // calls: unknown
const text = process.argv[1];
table[text]?.(); // calls: known; unrun: known; may: unknown
const parsed = JSON.parse('{"a":1}');
known(parsed.a); // calls: known; may: unknown
globalThis[text.slice(1)]?.(); // calls: nothing; may: unknown; not: known
with (table) {
  known(); // calls: known; may: unknown
}
const proxy = new Proxy(table, {
  get: /* trap */ (target, name) => target[name],
  apply: /* unusedTrap */ () => {},
});
proxy.known(); // calls: known, unknown; may: trap
const callable = new Proxy(known, { apply: /* applyTrap */ () => {} });
callable(); // calls: applyTrap; may: known, unknown
const built = new Proxy(/* Built */ class {}, { construct: /* constructTrap */ () => ({}) });
new built(); // calls: constructTrap; may: Built.constructor, unknown
const direct = new Proxy(known, {});
direct(); // calls: known; may: unknown
require(["./", "direct.js"].join("").length > 99 ? text : "path").join("a"); // calls: unknown
const vm = require("vm");
vm.runInThisContext("(() => 1)")(); // calls: nothing; may: unknown; not: known
function exported(callback) {
  callback(); // calls: known; may: unknown
}
exported(known); // calls: exported; may: unknown
module.exports = { exported };
function onlyOutside(callback) {
  callback?.(); // calls: unknown
}
module.exports.onlyOutside = onlyOutside;
onlyOutside.unused = known;
