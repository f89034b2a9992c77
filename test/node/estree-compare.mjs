// Compares our syntax trees with those of oxc-parser, a parser that is not ours: node estree-compare.mjs < LIST
// Each line of LIST is JSON: {"file": "app.ts", "tree": "app.ts.json"}, where tree is a file with our ESTree (or TS-ESTree) in
// JSON with UTF-16 offsets. Instead of tree, {"error": "message"} says that our parser rejected the file. "lang" (js, jsx, ts, tsx,
// dts) and "sourceType" (module, script, commonjs) override what the file's extension says.
// Prints the first differences of each file and, last, the count. Exit code 1 where any file differs.
import { existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { parseSync } from "oxc-parser";

const differencesShown = 3;
const excerptLength = 60;
const kindsShown = 15;

// What no two parsers agree upon, and what says nothing about the syntax.
const ignoredKeys = new Set(["loc", "range", "parent", "hashbang", "comments", "tokens", "phase"]);

// Differences that are accepted, by the names that estree-known.json uses. Each changes a node of either side in place.
const knownRules = {
  "literal-raw": (node) => {
    if (node.type === "Literal") {
      delete node.raw;
    }
  },
  "program-extent": (node) => {
    if (node.type === "Program") {
      delete node.start;
      delete node.end;
    }
  },
  "parameter-property-end": (node) => {
    if (node.type === "TSParameterProperty" && node.parameter.type === "AssignmentPattern") {
      delete node.parameter.end;
    }
  },
  "decorated-default-start": (node) => {
    if (node.type === "AssignmentPattern" && node.decorators?.length > 0) {
      delete node.start;
    }
  },
  "jsx-entities": (node) => {
    if (node.type === "JSXText" && node.raw.includes("&")) {
      delete node.value;
    }
    if (node.type === "JSXAttribute" && node.value?.type === "Literal" && node.value.raw.includes("&")) {
      delete node.value.value;
    }
  },
  "source-type": (node) => {
    if (node.type === "Program") {
      delete node.sourceType;
    }
  },
};

const known = JSON.parse(readFileSync(new URL("estree-known.json", import.meta.url), "utf8")).map(({ rule }) => {
  if (!knownRules[rule]) {
    console.error(`estree-known.json names the rule ${rule}, which is none of ${Object.keys(knownRules).join(", ")}`);
    process.exit(2);
  }
  return knownRules[rule];
});

const counts = { files: 0, equal: 0, differ: 0, rejected: 0 };
const kinds = new Map();
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  if (line.trim() !== "") {
    compareFile(JSON.parse(line));
  }
}
for (const [kind, count] of [...kinds].sort((a, b) => b[1] - a[1]).slice(0, kindsShown)) {
  console.log(`${String(count).padStart(6)} × ${kind}`);
}
console.log(`${counts.files} files, ${counts.equal} equal, ${counts.differ} differ, ${counts.rejected} rejected by the peer`);
process.exitCode = counts.differ > 0 ? 1 : 0;

function compareFile(entry) {
  counts.files++;
  // A byte order mark is no part of the text to us; the peer counts it.
  const source = readFileSync(entry.file, "utf8").replace(/^\uFEFF/, "");
  const peer = parse(entry, source);
  if (peer.errors.length > 0) {
    counts.rejected++;
    console.log(`${entry.file}\n  rejected by the peer: ${peer.errors[0].message}${entry.tree ? "; we accept it" : ""}`);
    return;
  }
  const differences = [];
  if (!entry.tree || !existsSync(entry.tree)) {
    const reason = entry.error ?? "no tree";
    differences.push({ kind: `rejected by us: ${reason.split(":")[0]}`, path: "$", ours: reason, theirs: "a tree", start: 0 });
  } else {
    const differ = (difference) => {
      if (differences.length < differencesShown) {
        differences.push(difference);
      }
      return differences.length < differencesShown;
    };
    compare(JSON.parse(readFileSync(entry.tree, "utf8")), peer.program, { path: "$", node: "", start: 0 }, differ);
  }
  if (differences.length === 0) {
    counts.equal++;
    return;
  }
  counts.differ++;
  kinds.set(differences[0].kind, (kinds.get(differences[0].kind) ?? 0) + 1);
  console.log(entry.file);
  for (const { path, ours, theirs, start } of differences) {
    console.log(`  ${path}: ours ${show(ours)}, theirs ${show(theirs)} at ${start}: ${show(source.slice(start, start + excerptLength))}`);
  }
}

// A .js file may be a module or a script, and only trying tells. The peer tells all errors only when asked, but where it then finds
// some either way (it knows some that are none), a tree for what it accepts otherwise is better than none.
function parse({ file, lang, sourceType }, source) {
  const extension = /(\.d)?\.([cm]?)([jt]s)(x?)$/.exec(file) ?? ["", "", "", "js", ""];
  const [, declaration, kind, language, jsx] = extension;
  const byExtension = language === "js" ? "jsx" : declaration ? "dts" : language + jsx;
  const sourceTypes = sourceType ? [sourceType] : { c: ["commonjs"], m: ["module"] }[kind] ?? ["module", "script"];
  let first;
  for (const showSemanticErrors of [true, false]) {
    for (const type of sourceTypes) {
      const result = parseSync(file, source, { lang: lang ?? byExtension, sourceType: type, preserveParens: false, showSemanticErrors });
      if (result.errors.length === 0) {
        return result;
      }
      first ??= result;
    }
  }
  return first;
}

// Returns false once enough differences are known.
function compare(ours, theirs, at, differ) {
  const unlike = () => differ({ kind: at.node, path: at.path, ours, theirs, start: at.start });
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    if (ours.length !== theirs.length) {
      return differ({ kind: `${at.node}.length`, path: `${at.path}.length`, ours: ours.length, theirs: theirs.length, start: at.start });
    }
    return theirs.every((item, i) => compare(ours[i], item, { ...at, path: `${at.path}[${i}]` }, differ));
  }
  if (!isObject(ours) || !isObject(theirs)) {
    return scalar(ours) === scalar(theirs) || unlike();
  }
  normalise(ours);
  normalise(theirs);
  const start = theirs.start ?? at.start;
  if (ours.type !== theirs.type) {
    return differ({ kind: `${at.node}: ${ours.type} for ${theirs.type}`, path: at.path, ours: ours.type, theirs: theirs.type, start });
  }
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(ours)])) {
    const inside = { path: `${at.path}.${key}`, node: `${theirs.type ?? at.node}.${key}`, start };
    if (isAbsent(ours[key]) && isAbsent(theirs[key])) {
      continue;
    }
    if (isAbsent(ours[key]) || isAbsent(theirs[key])) {
      const difference = { kind: inside.node, path: inside.path, ours: ours[key], theirs: theirs[key], start };
      if (!differ(difference)) {
        return false;
      }
    } else if (!compare(ours[key], theirs[key], inside, differ)) {
      return false;
    }
  }
  return true;
}

function normalise(node) {
  for (const key of ignoredKeys) {
    delete node[key];
  }
  // A value that JSON cannot hold is told by bigint, regex or raw.
  if (node.type === "Literal" && (node.regex || node.bigint || node.value === Infinity)) {
    delete node.value;
  }
  // The peer sorts the flags, whatever order the source has them in.
  if (node.regex) {
    node.regex.flags = [...node.regex.flags].sort().join("");
  }
  for (const rule of known) {
    rule(node);
  }
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// Parsers differ in writing nothing as null, false or an empty list, or not at all.
function isAbsent(value) {
  return value === null || value === undefined || value === false || (Array.isArray(value) && value.length === 0);
}

function scalar(value) {
  return typeof value === "bigint" ? String(value) : value;
}

function show(value) {
  const text = isObject(value) && value.type ? `${value.type} ${value.start}-${value.end}` : JSON.stringify(value, (_, part) => scalar(part));
  return text === undefined ? "nothing" : text.length > 2 * excerptLength ? `${text.slice(0, 2 * excerptLength)}…` : text;
}
