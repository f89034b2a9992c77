// A bundler numbers modules and loads them by a function of its own.
var modules = {
  1: /* moduleOne */ function (module, exports, load) {
    exports.start = function start() {
      load(2).help(); // calls: help; not: unusedModule
    };
  },
  2: /* moduleTwo */ (module, exports) => {
    exports.help = function help() {};
  },
  3: /* unusedModule */ () => {},
};
var cache = {};
function load(id) {
  if (cache[id]) return cache[id].exports;
  var module = (cache[id] = { exports: {} });
  modules[id](module, module.exports, load); // calls: moduleOne, moduleTwo; may: unusedModule
  return module.exports;
}
module.exports = load(1); // calls: load
