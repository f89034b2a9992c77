// Times a parser: node --expose-gc parse-time.mjs PARSER LIST
// PARSER is acorn, babel, meriyah, oxc or typescript; LIST is a text file with one source file a line. All files are read first;
// then the whole list is parsed once per round. Prints one line of JSON: medians are of wall time, CPU time is that of the median
// round's process, and files that the parser rejects are counted in failed (their time counts too).
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";

const warmUps = 2;
const rounds = 5;

const parsers = {
  // The tree stays JSON text inside: .program, which would make objects of it, is not touched.
  oxc: async () => {
    const { parseSync } = await import("oxc-parser");
    return ({ path, text, lang }) => {
      let failed;
      for (const sourceType of ["module", "script"]) {
        const { errors } = parseSync(path, text, { lang, sourceType, preserveParens: false });
        failed = errors.length > 0;
        if (!failed) {
          break;
        }
      }
      return !failed;
    };
  },
  acorn: async () => {
    const { Parser } = await import("acorn");
    const { default: jsx } = await import("acorn-jsx");
    const parser = Parser.extend(jsx());
    return ({ text }) => asModuleOrScript((sourceType) => parser.parse(text, { ecmaVersion: "latest", sourceType, allowHashBang: true }));
  },
  babel: async () => {
    const { parse } = await import("@babel/parser");
    const plugins = {
      js: ["jsx"],
      jsx: ["jsx"],
      ts: ["typescript", "decorators"],
      tsx: ["typescript", "jsx", "decorators"],
      dts: [["typescript", { dts: true }]],
    };
    return ({ text, lang }) => asModuleOrScript((sourceType) => parse(text, { sourceType, plugins: plugins[lang] }));
  },
  meriyah: async () => {
    const { parse } = await import("meriyah");
    return ({ text }) => asModuleOrScript((sourceType) => parse(text, { sourceType, jsx: true, next: true, ranges: true, webcompat: true }));
  },
  typescript: async () => {
    const { default: typescript } = await import("typescript");
    const kinds = { jsx: "JSX", ts: "TS", tsx: "TSX", dts: "TS" };
    return ({ path, text, lang }) => {
      const file = typescript.createSourceFile(path, text, typescript.ScriptTarget.Latest, false, typescript.ScriptKind[kinds[lang]]);
      return file.parseDiagnostics.length === 0;
    };
  },
};

const [name, list] = process.argv.slice(2);
if (!parsers[name] || !list) {
  console.error(`usage: node --expose-gc parse-time.mjs ${Object.keys(parsers).join("|")} LIST`);
  process.exit(2);
}
const files = readFileSync(list, "utf8").trim().split("\n").map(read);
const parse = await parsers[name]();
for (let i = 0; i < warmUps; i++) {
  round();
}
const times = Array.from({ length: rounds }, round).sort((a, b) => a.wall - b.wall);
const median = times[rounds >> 1];
console.log(
  JSON.stringify({
    parser: name,
    files: files.length,
    failed: median.failed,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    medianMs: tenths(median.wall),
    minMs: tenths(times[0].wall),
    cpuMs: tenths(median.cpu),
  }),
);

function round() {
  globalThis.gc?.();
  const cpu = process.cpuUsage();
  const start = performance.now();
  let failed = 0;
  for (const file of files) {
    failed += parse(file) ? 0 : 1;
  }
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { wall, cpu: (user + system) / 1000, failed };
}

function read(path) {
  const content = readFileSync(path);
  const lang = /\.d\.[cm]?ts$/.test(path) ? "dts" : /\.tsx$/.test(path) ? "tsx" : /\.[cm]?ts$/.test(path) ? "ts" : "jsx";
  return { path, text: content.toString("utf8"), bytes: content.length, lang };
}

function asModuleOrScript(parseAs) {
  try {
    parseAs("module");
    return true;
  } catch {
    try {
      parseAs("script");
      return true;
    } catch {
      return false;
    }
  }
}

function tenths(milliseconds) {
  return Math.round(milliseconds * 10) / 10;
}
