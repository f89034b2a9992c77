// Says what Node has of CommonJS files: node node-exports.mjs ROOT < FILES
// Prints one JSON a line: {file, names: the keys of what require gives, or null where it fails, imported: the names that can be imported, as cjs-module-lexer in Node sees them}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const root = path.resolve(process.argv[2]);
const require = createRequire(import.meta.url);
const output = process.stdout;
console.log = console.error = console.warn = () => {};
for (const file of readFileSync(0, "utf8").trimEnd().split("\n")) {
  const name = path.join(root, file);
  let names = null;
  let imported = null;
  try {
    const value = require(name);
    names = value !== null && ["object", "function"].includes(typeof value) ? Object.keys(value) : [];
    imported = Object.keys(await import(pathToFileURL(name)));
  } catch {
    // It wants a browser, or arguments, or is no CommonJS.
  }
  output.write(`${JSON.stringify({ file, names, imported })}\n`);
}
process.exit(0);
