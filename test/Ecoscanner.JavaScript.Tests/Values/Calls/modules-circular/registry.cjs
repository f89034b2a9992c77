exports.ready = () => {
  const child = require("./child.cjs");
  child.child?.(); // calls: start
};
exports.finish = /* registry.finish */ () => {};
