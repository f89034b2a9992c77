// What can't be known must be said to be so.
function known() {}
const table = { known };
eval("known")(); // calls: unknown; may: known
new Function("return 1")(); // calls: unknown
const evil = eval("(() => 1)");
evil(); // calls: unknown; not: known
const text = process.argv[1];
table[text]?.(); // calls: known; unrun: known; may: unknown
const parsed = JSON.parse('{"a":1}');
known(parsed.a); // calls: known
globalThis[text.slice(1)]?.(); // calls: unknown
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
const built = new Proxy(class {}, { construct: /* constructTrap */ () => ({}) });
new built(); // calls: constructTrap; may: unknown
const direct = new Proxy(known, {});
direct(); // calls: known; may: unknown
require(["./", "direct.js"].join("").length > 99 ? text : "path").join("a"); // calls: unknown
const vm = require("vm");
vm.runInThisContext("(() => 1)")(); // calls: unknown
function exported(callback) {
  callback(); // calls: known; may: unknown
}
exported(known); // calls: exported
module.exports = { exported };
function onlyOutside(callback) {
  callback?.(); // calls: unknown
}
module.exports.onlyOutside = onlyOutside;
onlyOutside.unused = known;
eval("var written = () => 1");
written(); // calls: unknown; not: known
