// CommonJS modules: all forms of exporting.
const library = require("./library");
const { first, second: two } = require("./library.js");
const single = require("./single");
const Model = require("./model");
const index = require("./folder");
const settings = require("./settings.json");
const path = require("path");

library.first(); // calls: first; not: exports.second
first(); // calls: first
two(); // calls: exports.second
library.third(); // calls: exports.third
library["fourth"](); // calls: module.exports.fourth
library.run(first); // calls: run; not: first
single(); // calls: single; not: first
single.extra(); // calls: single.extra; not: single
new Model().save(); // calls: Model.save
Model.load(); // calls: Model.static load; not: Model.save
index.passed(); // calls: first
index.direct(); // calls: direct
index.all.second(); // calls: exports.second; not: first
index.later(); // calls: exports.third
require("./library").first(); // calls: first
path.join(settings.name, "a"); // calls: external require("path").join
const lazy = () => require("./single");
lazy()(); // calls: single; not: lazy
const loaded = ["./library", "./single"].map((name) => require(name));
loaded[0].first?.(); // calls: nothing; may: first, unknown
exports.main = () => library.missing?.(); // calls: nothing; not: first
exports.main(); // calls: exports.main
const { [`${"fir"}st`]: computed } = library;
computed(); // calls: first; not: exports.second
import("./single.js").then(/* use */ (loaded) => loaded.default()); // calls: use
//                                               ^^^^^^^^^^^^^^^^ calls: single; not: single.extra
