// Modules of both kinds, and names that package.json gives them.
import tools, { sharpen } from "./tools.cjs";
import * as all from "./tools.cjs";
import { inside } from "#inside";
import { polish } from "mixed/tools";
import { createRequire } from "node:module";

tools.sharpen(); // calls: sharpen; not: exports.polish
sharpen(); // calls: sharpen
all.polish(); // calls: exports.polish; not: sharpen
all.default.polish(); // calls: exports.polish
inside(); // calls: inside
polish(); // calls: exports.polish
const require = createRequire(import.meta.url);
require("./tools.cjs").sharpen(); // calls: sharpen; may: unknown
