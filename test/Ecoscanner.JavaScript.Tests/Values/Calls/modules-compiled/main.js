// What compilers make of modules.
"use strict";
var __importDefault = (this && this.__importDefault) || function (module) {
  return module && module.__esModule ? module : { default: module };
};
Object.defineProperty(exports, "__esModule", { value: true });
const library_1 = require("./library");
const library_2 = __importDefault(require("./library"));
const plain_1 = __importDefault(require("./plain"));
const bundle = require("./bundle");

(0, library_1.named)(); // calls: named; not: standard
(0, library_2.default)(); // calls: standard; not: named
(0, plain_1.default)(); // calls: plain
plain_1.default(); // calls: plain; not: standard
bundle.start(); // calls: start; not: unusedModule
