"use strict";
exports.keep = (text) => text;
exports.read = () => ({ text: source() });
module.exports.clean = function (text) {
  return sanitize(text);
};
