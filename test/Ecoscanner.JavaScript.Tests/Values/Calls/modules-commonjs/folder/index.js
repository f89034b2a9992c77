const library = require("../library");
module.exports = {
  passed: library.first,
  /* direct */ direct() {},
  all: { ...library },
  get later() {
    return library.third;
  },
};
