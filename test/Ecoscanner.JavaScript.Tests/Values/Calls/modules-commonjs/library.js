function first() {}
exports.first = first;
exports.second = function () {
  exports.third(); // calls: exports.third; not: first
};
exports.third = () => {};
module.exports.fourth = () => {};
Object.defineProperty(exports, "__esModule", { value: false });
exports.run = function run(callback) {
  callback(); // calls: first; may: unknown; not: run
};
