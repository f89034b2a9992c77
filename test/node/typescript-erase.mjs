// Prints what TypeScript's compiler makes of sources, with no more done to them than has to be: node typescript-erase.mjs FILES
// FILES has one path a line. Prints one JSON string a line, in that order.
import { readFileSync } from "node:fs";
import ts from "typescript";

const compilerOptions = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, jsx: ts.JsxEmit.Preserve, verbatimModuleSyntax: true };
for (const fileName of readFileSync(process.argv[2], "utf8").trimEnd().split("\n")) {
  const { outputText } = ts.transpileModule(readFileSync(fileName, "utf8"), { fileName, compilerOptions });
  console.log(JSON.stringify(outputText));
}
