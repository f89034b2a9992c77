// Answers which declaration of the same file TypeScript's checker finds for identifiers: node typescript-scopes.mjs QUESTIONS
// QUESTIONS has one JSON a line: {file, references: [start, ...]} with UTF-16 offsets of identifiers.
// Prints one JSON a line: for each identifier the starts of the names that declare it in that file, in order; none where nothing there does.
import { readFileSync } from "node:fs";
import ts from "typescript";

const questions = readFileSync(process.argv[2], "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
const program = ts.createProgram({
  rootNames: questions.map(({ file }) => file),
  options: { noResolve: true, noLib: true, allowJs: true, target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, jsx: ts.JsxEmit.Preserve, types: [] },
});
const checker = program.getTypeChecker();
for (const { file, references } of questions) {
  const source = program.getSourceFile(file);
  const identifiers = identifiersByStart(source);
  console.log(JSON.stringify(references.map((start) => declarationsOf(source, identifiers.get(start) ?? []))));
}

function identifiersByStart(source) {
  const found = new Map();
  const visit = (node) => {
    if (ts.isIdentifier(node)) {
      const start = node.getStart(source);
      found.set(start, [...(found.get(start) ?? []), node]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function declarationsOf(source, [identifier]) {
  const symbol = identifier && symbolOf(identifier);
  const starts = (symbol?.declarations ?? [])
    .filter((declaration) => declaration.getSourceFile() === source && declaration !== source && isDeclaration(declaration, identifier))
    .map((declaration) => (ts.getNameOfDeclaration(declaration) ?? declaration).getStart(source));
  return [...new Set(starts)].sort((a, b) => a - b);
}

// What only the checker takes for one: f.a = 1 adds to f, and declare module "./this-file" to what the file declares.
function isDeclaration(declaration, identifier) {
  const isAssignment = ts.isExpression(declaration) && !ts.isFunctionExpression(declaration) && !ts.isClassExpression(declaration);
  const isAugmentation = (node) => ts.isModuleDeclaration(node) && (ts.isStringLiteral(node.name) || (node.flags & ts.NodeFlags.GlobalAugmentation) !== 0);
  const augmentation = ts.findAncestor(declaration, isAugmentation);
  return !isAssignment && (!augmentation || ts.findAncestor(identifier, (node) => node === augmentation));
}

function symbolOf(identifier) {
  const { parent } = identifier;
  if (ts.isShorthandPropertyAssignment(parent) && parent.name === identifier) {
    return checker.getShorthandAssignmentValueSymbol(parent);
  }
  if (ts.isExportSpecifier(parent)) {
    return checker.getExportSpecifierLocalTargetSymbol(parent);
  }
  return checker.getSymbolAtLocation(identifier);
}
