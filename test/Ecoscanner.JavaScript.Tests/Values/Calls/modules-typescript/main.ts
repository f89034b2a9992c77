// Modules of TypeScript.
import type { Shape } from "./shapes";
import { Square, area, type Size } from "./shapes";
import * as shapes from "./shapes.js";
import legacy = require("./legacy");
import Default from "./default";
import { Kind } from "./kinds";

const square: Shape = new Square();
square.area(); // calls: Square.area
area(square); // calls: area; not: Square.area
shapes.area(square); // calls: area
new shapes.Square().area(); // calls: Square.area; not: area
legacy.run(); // calls: legacy.run
new Default().work(); // calls: Default.work
const table = { [Kind.Round]: area, [Kind.Edgy]: legacy.run };
table[Kind.Round](square); // calls: area; not: legacy.run
const size: Size = 1;
export const result = shapes.area(square) + size; // calls: area
