// Functions that are found through the global object.
globalThis.shared = function () {};
shared(); // calls: globalThis.shared
globalThis.shared(); // calls: globalThis.shared
global.alsoShared = () => {};
alsoShared(); // calls: global.alsoShared; not: globalThis.shared
globalThis["named"] = /* byText */ () => {};
named(); // calls: byText
undeclared = function implicit() {};
undeclared(); // calls: implicit
globalThis.undeclared(); // calls: implicit
const root = typeof window === "undefined" ? globalThis : window;
root.late = /* late */ () => {};
root.late(); // calls: late
(function () {
  this.fromSloppy = /* sloppy */ () => {};
}).call(globalThis);
fromSloppy(); // calls: sloppy
parseInt("1"); // calls: external parseInt
const math = Math;
math.max(1); // calls: external Math.max
const { stringify } = JSON;
stringify({}); // calls: external JSON.stringify
globalThis.JSON.parse("{}"); // calls: external JSON.parse
const path = require("path");
path.join("a"); // calls: external require("path").join
const { join: paste } = path;
paste("a"); // calls: external require("path").join
require("path").posix.join("a"); // calls: external require("path").posix.join
new URL("http://a"); // calls: external URL
