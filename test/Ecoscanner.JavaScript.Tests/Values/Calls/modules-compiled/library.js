"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.named = exports.default = void 0;
function named() {}
exports.named = named;
exports.default = standard;
function standard() {}
