// Modules that are required, whole and in parts.
"use strict";
const helper = require("./helper.cjs");
const { read, clean } = require("./helper.cjs");
const Box = require("./box.cjs");

exports.whole = () => {
  sink(helper.keep(source())); // finding: taint
};

exports.wholeSafe = () => {
  sink(helper.clean(source())); // safe: sanitized
};

exports.part = () => {
  sink(read().text); // finding: taint {{source()}}
};

exports.partSafe = () => {
  sink(clean(read().text)); // safe: sanitized
};

exports.exportedClass = () => {
  sink(new Box(source()).read()); // finding: taint
};

exports.exportedClassSafe = () => {
  new Box(source());
  sink(new Box("constant").read()); // safe: other-context
};

exports.lazily = () => {
  const { keep } = require("./helper.cjs");
  sink(keep(source())); // finding: taint
};

exports.lazilySafe = () => {
  const { clean } = require("./helper.cjs");
  sink(clean(source())); // safe: sanitized
};
