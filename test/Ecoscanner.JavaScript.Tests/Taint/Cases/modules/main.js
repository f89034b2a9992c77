// Values go through functions of another module, and of one behind it.
import read, { clean, keep as pass, twice } from "./lines.js";
import * as lines from "./lines.js";
import { show } from "./output.js";

export function named() {
  sink(pass(source())); // finding: taint
}

export function namedSafe() {
  sink(clean(source())); // safe: sanitized
}

export function defaulted() {
  sink(read()); // finding: taint {{source()}}
}

export function defaultedSafe() {
  sink(read.name); // safe: other-member
}

export function ofNamespace() {
  sink(lines.keep(source())); // finding: taint
}

export function ofNamespaceSafe() {
  sink(lines.clean(source())); // safe: sanitized
}

export function reexported() {
  sink(twice(source())); // finding: taint
}

export function reexportedSafe() {
  twice(source());
  sink(twice("constant")); // safe: other-context
}

export function sinkElsewhere() {
  show.raw(source());
}

export function sinkElsewhereSafe() {
  show.clean(source());
}

export async function imported() {
  const { keep } = await import("./lines.js");
  sink(keep(source())); // finding: taint
}

export async function importedSafe() {
  const { clean } = await import("./lines.js");
  sink(clean(source())); // safe: sanitized
}
