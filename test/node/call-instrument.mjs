// Makes a case tell what it calls: each function says that it begins and ends, each call that it begins and is over. See call-runtime.cjs.
import ts from "typescript";
import { annotationsOf, isFunction, nameOf } from "./call-annotations.mjs";

// numbers: the next free ones of calls and functions. Gives the text, the functions' names by number, the annotations with their call's number, and what is wrong.
export function instrument(text, path, numbers) {
  const kind = /x$/.test(path) ? ts.ScriptKind.TSX : /ts$/.test(path) ? ts.ScriptKind.TS : ts.ScriptKind.JS;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
  const edits = [];
  const functions = [];
  const nodes = [];
  const problems = source.parseDiagnostics.map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, " "));
  const collect = (node, depth) => {
    nodes.push({ node, depth });
    ts.forEachChild(node, (child) => collect(child, depth + 1));
  };
  collect(source, 0);

  const annotations = annotationsOf(text);
  const annotated = new Map();
  for (const annotation of annotations) {
    const found = select(source, text, nodes, annotation);
    if (found === undefined) {
      problems.push(`${path}:${annotation.line + 1}: no call is selected`);
    } else if (annotated.has(found.node)) {
      problems.push(`${path}:${annotation.line + 1}: two annotations of one call`);
    } else {
      annotated.set(found.node, annotation);
    }
  }

  for (const { node, depth } of nodes) {
    const open = (at, added) => edits.push({ at, added, side: 1, depth });
    const close = (at, added) => edits.push({ at, added, side: 0, depth: -depth });
    const around = (part, before, after) => (open(part.getStart(), before), close(part.end, after));
    if (isFunction(node)) {
      functions.push({ number: numbers.function, name: nameOf(node, text), path });
      instrumentFunction(node, numbers.function++, open, close);
    } else if (ts.isClassLike(node) && !node.members.some((member) => ts.isConstructorDeclaration(member) && member.body !== undefined)) {
      functions.push({ number: numbers.function, name: `${nameOf(node, text)}.constructor`, path, isImplied: true });
      open(node.members.pos, `#$new=$implied(${numbers.function++});`);
    } else if (ts.isCatchClause(node)) {
      open(node.block.getStart() + 1, `$caught(${frameAt(node)});`);
    }

    const annotation = annotated.get(node);
    if (isCall(node) || annotation !== undefined) {
      const call = numbers.call++;
      if (annotation !== undefined) {
        annotation.call = call;
        annotation.path = path;
      }

      if (!instrumentCall(node, call, open, close, around)) {
        problems.push(`${path}:${annotation.line + 1}: can't instrument ${ts.SyntaxKind[node.kind]}`);
      }
    }
  }

  edits.sort((a, b) => a.at - b.at || a.side - b.side || a.depth - b.depth);
  let place = 0;
  let result = "";
  for (const { at, added } of edits) {
    result += text.slice(place, at) + added;
    place = at;
  }

  return { text: result + text.slice(place), functions, annotations, problems };
}

const isCall = (node) => ts.isNewExpression(node) || (ts.isCallExpression(node) && node.expression.kind !== ts.SyntaxKind.ImportKeyword);

// What holds the frame of the function that a node is run by: not seen by parameters and fields.
function frameAt(node) {
  let part = node;
  while (part.parent !== undefined && !isFunction(part.parent) && !ts.isPropertyDeclaration(part) && !ts.isClassStaticBlockDeclaration(part)) {
    part = part.parent;
  }

  return part.parent?.body === part ? "$t" : "null";
}

function select(source, text, nodes, { line, column, length }) {
  const lineOf = (node) => source.getLineAndCharacterOfPosition(node.getStart()).line;
  if (column < 0) {
    const calls = nodes.filter(({ node }) => (isCall(node) || ts.isTaggedTemplateExpression(node)) && lineOf(node) === line);
    const [first] = calls.sort((a, b) => a.node.getStart() - b.node.getStart() || b.node.end - a.node.end);
    return calls.every(({ node }) => node.end <= first.node.end) ? first : undefined;
  }

  const start = source.getPositionOfLineAndCharacter(line, column);
  const end = start + length;
  const lineEnd = text.indexOf("\n", start);
  const code = text.slice(0, lineEnd).replace(/\s*\/\/.*$/, "").length;
  return nodes.find(({ node }) => {
    if (node.getStart() !== start || ts.isExpressionStatement(node)) {
      return false;
    }

    return ts.isForOfStatement(node) ? length === "for".length : node.end === end || (node.end > lineEnd && end === Math.max(code, text.lastIndexOf("\n", start)));
  });
}

function instrumentFunction(node, number, open, close) {
  const isGenerator = node.asteriskToken !== undefined;
  if (isGenerator && !node.parameters.some((parameter) => parameter.dotDotDotToken)) {
    const last = node.parameters.at(-1);
    const separator = last !== undefined && !node.parameters.hasTrailingComma ? "," : "";
    open(node.parameters.end, `${separator}$g=$begin(${number})`);
  }

  const begin = `const $t=${isGenerator ? "$on" : "$in"}(${number});try{`;
  const end = "}finally{$out($t)}";
  if (!ts.isBlock(node.body)) {
    open(node.body.getStart(), `{${begin}return (`);
    close(node.body.end, `);${end}}`);
    return;
  }

  if (node.body.statements.length === 0) {
    open(node.body.getStart() + 1, begin + end);
    return;
  }

  const directive = node.body.statements.findLast((statement) => ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression));
  open(directive?.end ?? node.body.getStart() + 1, begin);
  close(node.body.end - 1, end);
}

// Whether it is known how.
function instrumentCall(node, call, open, close, around) {
  const frame = frameAt(node);
  // A spread would make it an indirect one.
  const isEval = ts.isCallExpression(node) && node.expression.getText() === "eval";
  if (isCall(node) && !isEval) {
    if (node.arguments === undefined) {
      close(node.end, `(...$arguments(${call},[]))`);
    }

    // What is within a chain must stay so, for all of it may be skipped.
    if (!(ts.isOptionalChain(node) && ts.isOptionalChain(node.parent) && node.parent.expression === node)) {
      around(node, `$leave(${call},${frame},`, ")");
    }

    if (node.arguments?.length === 0) {
      open(node.arguments.pos, `...$arguments(${call},[])`);
    } else if (node.arguments !== undefined) {
      open(node.arguments[0].getStart(), `...$arguments(${call},[`);
      close(node.arguments.end, "])");
    }

    return true;
  }

  const sync = "Symbol.iterator";
  if (ts.isForOfStatement(node)) {
    around(node.expression, `$iterate(${call},`, `,${node.awaitModifier ? "Symbol.asyncIterator" : sync})`);
  } else if (ts.isSpreadElement(node)) {
    around(node.expression, `$iterate(${call},`, `,${sync})`);
  } else if (ts.isSpreadAssignment(node)) {
    around(node.expression, `$enter(${call},`, `),...$leave(${call},${frame})`);
  } else if (ts.isYieldExpression(node)) {
    const isAsync = ts.findAncestor(node, isFunction).modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword);
    around(node.expression, `$iterate(${call},`, `,${isAsync ? "Symbol.asyncIterator" : sync})`);
  } else if (ts.isArrayBindingPattern(node)) {
    around(node.parent.initializer, `$iterate(${call},`, `,${sync})`);
  } else if (ts.isAwaitExpression(node)) {
    around(node.expression, `$awaited(${call},`, ")");
  } else if (ts.isDecorator(node)) {
    around(node.expression, `$decorator(${call},`, ")");
  } else if (ts.isJsxSelfClosingElement(node) || ts.isJsxElement(node)) {
    open((node.openingElement ?? node).attributes.pos, ` $call={${call}}`);
  } else if (ts.isBindingElement(node)) {
    const declaration = ts.findAncestor(node, ts.isVariableDeclaration);
    around(declaration.initializer, `$enter(${call},`, ")");
    close(declaration.end, `,$d${call}=$leave(${call},${frame})`);
  } else if (ts.isExpression(node)) {
    around(node, `($enter(${call}),$leave(${call},${frame},`, "))");
  } else {
    return false;
  }

  return true;
}
