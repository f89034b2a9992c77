// Says what Node has of CommonJS files: node node-exports.mjs ROOT < FILES
// Prints one JSON a line: {file, names: those of the properties of what require gives, or null where it fails, imported: the names that can be imported, as cjs-module-lexer in Node sees them}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const root = path.resolve(process.argv[2]);
const require = createRequire(import.meta.url);
const exit = process.exit;
const write = process.stdout.write.bind(process.stdout);
const lines = [];
// What is required may talk, throw later, or want to end the program.
process.stdout.write = process.stderr.write = () => true;
process.exit = () => {};
process.on("uncaughtException", () => {});
process.on("unhandledRejection", () => {});
for (const file of readFileSync(0, "utf8").trimEnd().split("\n")) {
  const name = path.join(root, file);
  let names = null;
  let imported = null;
  try {
    const value = require(name);
    names = value !== null && ["object", "function"].includes(typeof value) ? Object.getOwnPropertyNames(value) : [];
    imported = Object.keys(await import(pathToFileURL(name)));
  } catch {
    // It wants a browser, or arguments, or is no CommonJS.
  }
  lines.push(JSON.stringify({ file, names, imported }));
}
write(lines.join("\n"), () => exit(0));
