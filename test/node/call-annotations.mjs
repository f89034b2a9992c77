// Reads the annotations of a case and the names of its functions, by the rules in CallCases.cs.
import ts from "typescript";

const Annotation = /\/\/\s*(\^+)?\s*((?:calls|may|not|unrun):.*)?$/;

// [{ line, column, length, calls, may, not, unrun }], lines and columns from 0; column is -1 where there are no carets.
export function annotationsOf(text) {
  const found = [];
  let code = -1;
  for (const [line, content] of text.split("\n").entries()) {
    const match = Annotation.exec(content);
    const [, carets, lists] = match ?? [];
    if (carets === undefined) {
      code = line;
      if (lists !== undefined) {
        found.push({ line, column: -1, length: 0, ...listsOf(lists) });
      }

      continue;
    }

    const place = { line: code, column: match.index + match[0].indexOf("^"), length: carets.length };
    if (lists === undefined) {
      Object.assign(found.at(-1), place);
    } else {
      found.push({ ...place, ...listsOf(lists) });
    }
  }

  return found;
}

function listsOf(text) {
  const lists = { calls: [], may: [], not: [], unrun: [] };
  for (const part of text.split(";")) {
    const colon = part.indexOf(":");
    lists[part.slice(0, colon).trim()].push(...part.slice(colon + 1).split(",").map((name) => name.trim()).filter((name) => name !== "nothing"));
  }

  return lists;
}

export const isFunction = (node) => ts.isFunctionLike(node) && node.body !== undefined;

export function nameOf(node, text) {
  const comment = /\/\*\s*([^*]+?)\s*\*\/\s*$/.exec(text.slice(0, node.getStart()));
  if (comment !== null) {
    return comment[1];
  }

  if (ts.isConstructorDeclaration(node)) {
    return `${nameOf(node.parent, text)}.constructor`;
  }

  if (ts.isClassElement(node) || ts.isObjectLiteralElement(node)) {
    const isStatic = node.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.StaticKeyword) ? "static " : "";
    const word = ts.isGetAccessor(node) ? "get " : ts.isSetAccessor(node) ? "set " : "";
    const owner = nameOf(node.parent, text);
    const name = isStatic + word + node.name.getText();
    return owner === "" ? name : name.startsWith("[") ? owner + name : `${owner}.${name}`;
  }

  if (node.name !== undefined && !ts.isVariableDeclaration(node)) {
    return node.name.getText();
  }

  return (ts.isFunctionLike(node) || ts.isClassLike(node)) && isDefault(node) ? "default" : nameOfPlace(node, text);
}

const isDefault = (node) => node.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword) ?? false;

// What an expression without a name is given to.
function nameOfPlace(node, text) {
  let value = node;
  while (ts.isParenthesizedExpression(value.parent) || ts.isAsExpression(value.parent) || ts.isSatisfiesExpression(value.parent)) {
    value = value.parent;
  }

  const parent = value.parent;
  if (parent.initializer === value) {
    return ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent) ? nameOf(parent, text) : parent.name.getText();
  }

  if (ts.isBinaryExpression(parent) && parent.right === value && /^(\W{1,3})?=$/.test(parent.operatorToken.getText())) {
    return parent.left.getText();
  }

  return ts.isExportAssignment(parent) ? "default" : "";
}
