"use strict";
module.exports = class Box {
  constructor(text) {
    this.text = text;
  }

  read() {
    return this.text;
  }
};
