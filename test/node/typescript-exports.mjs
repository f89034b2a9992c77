// Says what TypeScript's checker takes for the exports of modules: node typescript-exports.mjs ROOT < FILES
// FILES has one name below ROOT a line. Prints one JSON a line: {file, exports: {name: file of its declaration, or null}}.
import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

const root = path.resolve(process.argv[2]);
const files = readFileSync(0, "utf8").trimEnd().split("\n");
const program = ts.createProgram({
  rootNames: files.map((file) => path.join(root, file)),
  options: {
    allowJs: true,
    checkJs: false,
    noLib: true,
    types: [],
    jsx: ts.JsxEmit.Preserve,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    noDtsResolution: true,
    resolveJsonModule: true,
    target: ts.ScriptTarget.ESNext,
    maxNodeModuleJsDepth: 10,
  },
});
const checker = program.getTypeChecker();
for (const file of files) {
  const source = program.getSourceFile(path.join(root, file));
  // Of CommonJS the checker does not say so itself.
  const symbol = source && (checker.getSymbolAtLocation(source) ?? source.symbol);
  const exports = {};
  for (const exported of symbol ? checker.getExportsOfModule(symbol) : []) {
    const target = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const declaration = target.valueDeclaration ?? target.declarations?.[0];
    exports[exported.name] = declaration ? path.posix.relative(root, declaration.getSourceFile().fileName) : null;
  }
  console.log(JSON.stringify({ file, exports }));
}
