// Rewrites programs so that they say what they do; see value-traces.mjs for what is called. Nothing that the program itself can see changes, but for the
// length of functions with patterns or defaults among their parameters.
// Not rewritten, so that it stays what it is: what is called (for its `this`), what is written or deleted, what `typeof` asks of, what an optional chain
// goes on with, and functions and classes themselves (for their names).
import { parse } from "acorn";

const Wrapped = new Set(["Identifier", "MemberExpression", "CallExpression", "NewExpression", "ChainExpression", "TaggedTemplateExpression"]);
const Unconverted = new Set(["===", "!==", "in", "instanceof"]);
const isSimple = (node) => node.type === "Identifier";
const isSpine = (node) => node.type === "MemberExpression" || node.type === "CallExpression";
const isNode = (value) => value !== null && typeof value === "object" && typeof value.type === "string";
const isMadeAnew = (node) => /^(Arrow)?Function|^Class/.test(node.type);

/** The files of a program as they are run, and the places that they speak of: [file, start, end, kind]. */
export class Instrumented {
  places = [null];
  codes = new Map();

  constructor(files) {
    for (const [name, source] of Object.entries(files)) {
      const isModule = name.endsWith(".mjs");
      const tree = parse(source, { ecmaVersion: "latest", sourceType: isModule ? "module" : "script", allowReturnOutsideFunction: !isModule });
      this.codes.set(name, `let $s = 0; ${new FileWriter(this, name, source).raw(tree)}`);
    }
  }

  place(file, node, kind, text) {
    return this.places.push([file, node.start, node.end, kind, text]) - 1;
  }

  /** The text of the function of that number as it was written. */
  textOf(number) {
    return this.places[number][4];
  }
}

class FileWriter {
  isGenerator = false;
  isAsync = false;

  constructor(program, name, source) {
    this.program = program;
    this.name = name;
    this.source = source;
  }

  place(node, kind, whole = node) {
    return this.program.place(this.name, node, kind, kind === "function" ? this.text(whole) : null);
  }

  text(node) {
    return this.source.slice(node.start, node.end);
  }

  /** The text of a node with its children rewritten. */
  raw(node) {
    const children = Object.entries(node)
      .filter(([key]) => key !== "type")
      .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
      .filter(isNode)
      .sort((left, right) => left.start - right.start);
    return this.spliced(node, children.map((child) => [child, this.of(child)]));
  }

  /** The text of a node with some children replaced. */
  spliced(node, parts) {
    let text = "";
    let from = node.start;
    for (const [child, replacement] of parts) {
      text += this.source.slice(from, child.start) + replacement;
      from = child.end;
    }

    return text + this.source.slice(from, node.end);
  }

  of(node) {
    return node.type in this ? this[node.type](node) : this.raw(node);
  }

  seen(node, text) {
    return `$v(${this.place(node, "value")}, ${text})`;
  }

  called(node, text) {
    return `$l(${this.place(node, "value")}, ${text})`;
  }

  at(node, kind, text) {
    return `$q(${this.place(node, kind)}, ${text})`;
  }

  // Literals, whose parts (a regular expression's) are no nodes.
  Literal(node) {
    return this.text(node);
  }

  MetaProperty(node) {
    return this.text(node);
  }

  Identifier(node) {
    return this.seen(node, node.name);
  }

  // Access and calls.

  MemberExpression(node) {
    return this.called(node, this.access(node, false));
  }

  CallExpression(node) {
    return this.called(node, this.access(node, false));
  }

  ChainExpression(node) {
    return this.called(node, this.access(node.expression, true));
  }

  access(node, inChain) {
    return node.type === "MemberExpression" ? this.member(node, inChain) : this.call(node, inChain);
  }

  holder(node, inChain) {
    return node.type === "Super" ? "super"
      : inChain && isSpine(node) ? this.access(node, true)
      : Wrapped.has(node.type) || node.type === "ThisExpression" ? this.of(node)
      : `(${this.of(node)})`;
  }

  member(node, inChain) {
    const site = this.place(node, "get");
    const object = this.holder(node.object, inChain);
    const dot = node.optional ? "?." : "";
    if (node.property.type === "PrivateIdentifier") {
      return `${inChain || object === "super" ? object : `$q(${site}, ${object})`}${dot || "."}${this.text(node.property)}`;
    }

    return node.computed ? `${object}${dot}[$k(${site}, ${this.of(node.property)})]` : `${object}${dot}[$k(${site}, "${node.property.name}")]`;
  }

  call(node, inChain) {
    const { callee } = node;
    const text = callee.type === "Identifier" ? callee.name
      : callee.type === "MemberExpression" ? this.member(callee, inChain)
      : this.holder(callee, inChain);
    return `${text}${node.optional ? "?." : ""}(${this.args(node, "call")})`;
  }

  args(node, kind) {
    const texts = node.arguments.map((argument) => this.of(argument));
    if (texts.length > 0) {
      const [first] = node.arguments;
      texts[0] = first.type === "SpreadElement" ? `...($0(), ${texts[0].slice(3)})` : `($0(), ${texts[0]})`;
    }

    return [...texts, `...$e(${this.place(node, kind)})`].join(", ");
  }

  NewExpression(node) {
    return this.called(node, `new (${this.of(node.callee)})(${this.args(node, "new")})`);
  }

  SpreadElement(node) {
    return `...$it(${this.place(node, "iterate")}, ${this.of(node.argument)})`;
  }

  TaggedTemplateExpression(node) {
    const site = this.place(node, "tag");
    const { expressions } = node.quasi;
    const tag = node.tag.type === "MemberExpression" ? this.member(node.tag, false)
      : expressions.length === 0 ? `$q(${site}, ${this.of(node.tag)})`
      : this.holder(node.tag, false);
    const texts = expressions.map((expression, index) => {
      const text = `($0(), ${this.of(expression)})`;
      return index === expressions.length - 1 ? `$q(${site}, ${text})` : text;
    });
    return this.called(node, `${tag}${this.template(node.quasi, texts)}`);
  }

  TemplateLiteral(node) {
    const site = this.place(node, "convert");
    const texts = node.expressions.map((expression) => `$q(${site}, ($0(), ${this.of(expression)}))`);
    return this.called(node, this.template(node, texts));
  }

  template(node, texts) {
    return `\`${node.quasis.map((quasi, index) => this.text(quasi) + (index < texts.length ? `\${${texts[index]}}` : "")).join("")}\``;
  }

  // Operators.

  UnaryExpression(node) {
    const { operator, argument } = node;
    if (operator === "delete") {
      return argument.type === "MemberExpression" ? this.seen(node, `delete ${this.target(argument)}`) : this.text(node);
    }

    if (operator === "typeof" && argument.type === "Identifier") {
      return this.seen(node, `typeof ${argument.name}`);
    }

    const text = isMadeAnew(argument) || argument.type === "ObjectExpression" ? `(${this.of(argument)})` : this.of(argument);
    return "+-~".includes(operator)
      ? this.called(node, `${operator} ${this.at(node, "convert", text)}`)
      : this.seen(node, `${operator} ${argument.type === "ArrayExpression" || Wrapped.has(argument.type) ? text : `(${text})`}`);
  }

  BinaryExpression(node) {
    if (Unconverted.has(node.operator)) {
      return node.left.type === "PrivateIdentifier"
        ? this.seen(node, `${this.text(node.left)} in ${this.of(node.right)}`)
        : this.seen(node, this.raw(node));
    }

    return this.called(node, this.spliced(node, [[node.left, this.of(node.left)], [node.right, this.at(node, "convert", this.of(node.right))]]));
  }

  LogicalExpression(node) {
    return this.seen(node, this.raw(node));
  }

  ConditionalExpression(node) {
    return this.seen(node, this.raw(node));
  }

  SequenceExpression(node) {
    return this.seen(node, `(${this.raw(node)})`);
  }

  UpdateExpression(node) {
    const text = node.argument.type === "MemberExpression" ? this.member(node.argument, false) : this.text(node.argument);
    return this.called(node, node.prefix ? `${node.operator}${text}` : `${text}${node.operator}`);
  }

  AssignmentExpression(node) {
    const { left, operator } = node;
    const isPlain = operator === "=";
    const isLogical = /^(&&|\|\||\?\?)=$/.test(operator);
    const right = this.of(node.right);
    if (left.type === "MemberExpression") {
      const target = isPlain || left.property.type === "PrivateIdentifier" ? this.target(left) : this.member(left, false);
      return this.called(node, `${target} ${operator} ${this.at(node, "set", `($0(), ${right})`)}`);
    }

    return isPlain || isLogical
      ? this.called(node, `${this.pattern(left)} ${operator} ${right}`)
      : this.called(node, `${this.pattern(left)} ${operator} ${this.at(node, "convert", right)}`);
  }

  // What suspends.

  AwaitExpression(node) {
    return this.called(node, `await $w(${this.of(node.argument)}, $s, $s = 0)`);
  }

  YieldExpression(node) {
    const text = node.argument ? this.of(node.argument) : "undefined";
    const word = node.delegate ? "yield*" : "yield";
    return this.isAsync
      ? this.called(node, `${word} $w(${text}, $s, $s = 0)`)
      : this.called(node, `${word} $w(${text}, $s, $s = -1), $s = $t()`);
  }

  // Functions.

  FunctionDeclaration(node) {
    return this.func(node);
  }

  FunctionExpression(node) {
    return this.func(node);
  }

  func(node) {
    const name = node.id ? ` ${node.id.name}` : "";
    return `${node.async ? "async " : ""}function${node.generator ? "*" : ""}${name}${this.closure(node, this.place(node, "function"))}`;
  }

  ArrowFunctionExpression(node) {
    return `${node.async ? "async " : ""}${this.closure(node, this.place(node, "function"), " =>")}`;
  }

  /** Parameters and body. */
  closure(node, id, arrow = "") {
    const around = [this.isGenerator, this.isAsync];
    [this.isGenerator, this.isAsync] = [node.generator, node.async];
    let parameters = node.params.map((parameter) => this.pattern(parameter));
    let bound = "";
    if (node.generator) {
      // A generator is called before its body begins.
      parameters = node.params.at(-1)?.type === "RestElement" ? parameters : [...parameters, `...{ [$g(${id})]: $_ }`];
    } else if (!node.params.every(isSimple)) {
      bound = `let [${parameters.join(", ")}] = $p; `;
      parameters = ["...$p"];
    }

    const enter = node.generator ? "$t()" : `$f(${id})`;
    const { directives, text } = node.expression ? { directives: "", text: `return ${parenthesized(node.body, this.of(node.body))};` } : this.statements(node.body);
    [this.isGenerator, this.isAsync] = around;
    return `(/*$${id}*/ ${parameters.join(", ")})${arrow} {${directives} let $s = ${enter}; try { ${bound}${text} } finally { $x($s); } }`;
  }

  statements(block) {
    let directives = "";
    let text = "";
    for (const statement of block.body) {
      if (statement.directive !== undefined) {
        directives += ` ${this.text(statement)}`;
      } else {
        text += ` ${this.of(statement)}`;
      }
    }

    return { directives, text };
  }

  // Classes and objects.

  ClassDeclaration(node) {
    return this.class(node);
  }

  ClassExpression(node) {
    return this.class(node);
  }

  class(node) {
    const id = this.place(node, "function");
    const base = node.superClass ? ` extends (${this.of(node.superClass)})` : "";
    const members = node.body.body.map((member) => this.of(member));
    if (!node.body.body.some((member) => member.kind === "constructor")) {
      const body = node.superClass ? `super(...$a, ...$e(${this.place(node, "super")}));` : "";
      members.unshift(`constructor(...$a) { let $s = $f(${id}); try { ${body} } finally { $x($s); } }`);
    }

    return `class /*$${id}*/${node.id ? ` ${node.id.name}` : ""}${base} { ${members.join(" ")} }`;
  }

  key(node) {
    return node.computed ? this.of(node.key) : this.text(node.key);
  }

  MethodDefinition(node) {
    return this.method(node);
  }

  method(node) {
    const before = this.source.slice(node.start, node.key.start);
    const after = this.source.slice(node.key.end, node.value.start);
    return before + this.key(node) + after + this.closure(node.value, this.place(node.value, "function", node));
  }

  PropertyDefinition(node) {
    if (node.value === null) {
      return this.spliced(node, [[node.key, this.key(node)]]);
    }

    // An initial value is evaluated within the constructor that the place of `new` calls.
    const value = this.of(node.value);
    return this.spliced(node, [[node.key, this.key(node)], [node.value, node.static || isMadeAnew(node.value) ? value : `$h($t(), ${value})`]]);
  }

  PrivateIdentifier(node) {
    return this.text(node);
  }

  ObjectExpression(node) {
    return `{ ${node.properties.map((property) => this.property(property)).join(", ")} }`;
  }

  property(node) {
    if (node.type === "SpreadElement") {
      return `...${this.of(node.argument)}`;
    }

    if (node.method || node.kind !== "init") {
      return this.method(node);
    }

    return node.shorthand ? `${node.key.name}: ${this.of(node.value)}` : this.spliced(node, [[node.key, this.key(node)], [node.value, this.of(node.value)]]);
  }

  // What is written: a member without its value, or a pattern.

  target(node) {
    const object = this.holder(node.object, false);
    return node.computed ? `${object}[${this.of(node.property)}]` : `${object}.${this.text(node.property)}`;
  }

  pattern(node) {
    switch (node.type) {
      case "Identifier":
        return node.name;
      case "MemberExpression":
        return this.target(node);
      case "AssignmentPattern":
        return `${this.pattern(node.left)} = ${this.of(node.right)}`;
      case "RestElement":
        return `...${this.pattern(node.argument)}`;
      case "ArrayPattern":
        return `[${node.elements.map((element) => (element === null ? "" : this.pattern(element))).join(", ")}${node.elements.at(-1) === null ? "," : ""}]`;
      case "ObjectPattern":
        return `{ ${node.properties.map((property) => this.patternProperty(property)).join(", ")} }`;
      default:
        throw new Error(`${node.type} in a pattern`);
    }
  }

  patternProperty(node) {
    if (node.type === "RestElement" || node.shorthand) {
      return this.pattern(node.type === "RestElement" ? node : node.value);
    }

    const key = node.computed ? `[${this.of(node.key)}]` : this.text(node.key);
    return `${key}: ${this.pattern(node.value)}`;
  }

  // Statements.

  VariableDeclarator(node) {
    if (node.init === null) {
      return this.pattern(node.id);
    }

    const value = this.of(node.init);
    return `${this.pattern(node.id)} = ${node.id.type === "ArrayPattern" ? `$iter(${this.place(node.id, "iterate")}, ${value})` : value}`;
  }

  ForOfStatement(node) {
    const left = node.left.type === "VariableDeclaration" ? `${node.left.kind} ${this.pattern(node.left.declarations[0].id)}` : this.pattern(node.left);
    return node.await
      ? `for await (${left} of $w(${this.of(node.right)}, $s, $s = 0)) { $0(); ${this.of(node.body)} } $0();`
      : `for (${left} of $iter(${this.place(node, "iterate")}, ${this.of(node.right)})) ${this.of(node.body)}`;
  }

  // Other loops may never end.
  loop(node) {
    const parts = [node.init, node.test, node.update, node.body].filter(isNode).sort((left, right) => left.start - right.start);
    return this.spliced(node, parts.map((part) => [part, part === node.body ? `{ $n(); ${this.of(part)} }` : this.of(part)]));
  }

  WhileStatement(node) {
    return this.loop(node);
  }

  DoWhileStatement(node) {
    return this.loop(node);
  }

  ForStatement(node) {
    return this.loop(node);
  }

  ForInStatement(node) {
    const left = node.left.type === "VariableDeclaration" ? `${node.left.kind} ${this.pattern(node.left.declarations[0].id)}` : this.pattern(node.left);
    return `for (${left} in ${this.of(node.right)}) ${this.of(node.body)}`;
  }

  TryStatement(node) {
    const handler = node.handler;
    const caught = handler ? ` catch ${handler.param ? `(${this.pattern(handler.param)}) ` : ""}{ $s = $c($s); ${this.of(handler.body)} }` : "";
    const last = node.finalizer ? ` finally { $s = $c($s); ${this.of(node.finalizer)} }` : "";
    return `try ${this.of(node.block)}${caught}${last}`;
  }

  LabeledStatement(node) {
    return this.spliced(node, [[node.body, this.of(node.body)]]);
  }

  BreakStatement(node) {
    return this.text(node);
  }

  ContinueStatement(node) {
    return this.text(node);
  }

  ImportDeclaration(node) {
    return this.text(node);
  }

  ExportAllDeclaration(node) {
    return this.text(node);
  }

  ExportNamedDeclaration(node) {
    return node.declaration ? `export ${this.of(node.declaration)}` : this.text(node);
  }
}

const parenthesized = (node, text) => (node.type === "ObjectExpression" || node.type === "SequenceExpression" ? `(${text})` : text);
