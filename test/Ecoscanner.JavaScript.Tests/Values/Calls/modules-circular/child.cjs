const registry = require("./registry.cjs");
exports.child = function start() {
  registry.finish(); // calls: registry.finish
};
registry.ready(); // calls: exports.ready
