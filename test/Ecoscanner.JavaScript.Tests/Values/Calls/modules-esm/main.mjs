// ECMAScript modules: all forms of imports.
import standard, { named, renamed as own, Helper, late } from "./library.mjs";
import * as library from "./library.mjs";
import { fromStar, passedOn, inner as alias } from "./index.mjs";
import * as index from "./index.mjs";
import whole from "./object.mjs";
import anonymous from "./anonymous.mjs";
import { readFile } from "node:fs";
import * as path from "node:path";
import process from "node:process";

standard(); // calls: standard; not: named
named(); // calls: named; not: standard
own(); // calls: original
library.named(); // calls: named; not: fromStar
library["default"](); // calls: standard
library.default(); // calls: standard
new Helper().help(); // calls: Helper.help
fromStar(); // calls: fromStar; not: named
passedOn(); // calls: named
alias(); // calls: deepInner
index.space.named(); // calls: named; not: fromStar
index.fromStar(); // calls: fromStar
whole.run(); // calls: object.run; not: object.stop
anonymous(); // calls: anonymous
late.work?.(); // calls: set; not: named
readFile(process.argv[1], /* onRead */ () => {}); // calls: onRead, external require("fs").readFile
path.join("a"); // calls: external require("path").join

const lazy = await import("./lazy.mjs");
lazy.lazyWork(); // calls: lazyWork; not: lazyOther
import("./lazy.mjs").then(/* use */ ({ lazyOther }) => lazyOther()); // calls: use
//                                                     ^^^^^^^^^^^ calls: lazyOther; not: lazyWork
(await import("./lazy.mjs")).default(); // calls: lazyDefault

const table = { ...library };
table.named(); // calls: named
for (const name of Object.keys(library)) {
  if (name === "named") library[name](); // calls: named; may: standard, original, Helper.constructor
}
