// What CommonJS modules give and take.
"use strict";
const { format } = require("node:util");

exports.exported = function () {
  exports.text = source();
  const text = exports.text;
  delete exports.text;
  sink(text); // finding: taint {{source() at line @-3}}
};

exports.exportedSafe = function () {
  const text = exports.name ?? "constant";
  log(source());
  sink(text); // safe: constant
};

exports.required = function () {
  const util = require("node:util");
  sink(util.format("%s", source())); // finding: taint
};

exports.requiredSafe = function () {
  const util = require("node:util");
  log(source());
  sink(util.format("%s", "constant")); // safe: constant
};

exports.requiredName = function () {
  sink(format("%s", source())); // finding: taint
};

exports.requiredNameSafe = function () {
  sink(format("%s", sanitize(source()))); // safe: sanitized
};

exports.ofModule = function () {
  sink(module.exports.own(source())); // finding: taint
};

exports.ofModuleSafe = function () {
  sink(module.exports.own(sanitize(source()))); // safe: sanitized
};

Object.defineProperty(exports, "own", { value: (text) => `<${text}>` });
