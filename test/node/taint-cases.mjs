// Runs the cases of the taint analysis in every world there is: node taint-cases.mjs FOLDER
// In a world each value of an attacker is safe or not, each resource allowed or not, and each maybe() has an answer. A case runs again until all
// answers that it asks for were tried. Prints { cases, runs, cut, sinks }, where a sink is { file, line, reached, unsafe, lines, tainted, sanitized }:
// how often it was reached, how often with what it must not be reached with, the lines of the sources and callers that led there then, and whether what an
// attacker chose ever arrived, safe or not, and what a sanitizer gave.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

// Two to the power of this is how often a case runs at most; what it asks beyond is answered no.
const MaximumAnswers = 9;
// What a case leaves behind unawaited gets so many turns of the event loop.
const TurnsAfterCase = 6;
// The value of an attacker is made of one character that stands for nothing else, so that parts of it and what is made of it can be told.
const FirstMark = 0xe000;
const Marks = /[\ue000-\uf8ff]/g;
const MarkInText = /\u2620/g;
// What sanitizers leave in its place: the global sanitize(), and encodeURIComponent.
const CleanMark = "\u2713";
const Cleaned = /\u2713|%E[EF]%/;

const folder = resolve(process.argv[2]);
const work = mkdtempSync(join(tmpdir(), "ecoscanner-cases-"));
const maps = new Map();
const sinks = new Map();
let world;

function worldOf(answers) {
  const truths = new Map();
  let asked = 0;
  const answer = () => {
    if (asked === MaximumAnswers) {
      world.cut = true;
      return false;
    }

    answers[asked] ??= false;
    return answers[asked++];
  };
  const isTrue = (key) => {
    if (!truths.has(key)) {
      truths.set(key, answer());
    }

    return truths.get(key);
  };
  return { answer, isTrue, answers, marked: [], cut: false, problem: null };
}

// Counts: no becomes yes from the end on.
function nextAnswers(answers) {
  while (answers.at(-1) === true) {
    answers.pop();
  }

  return answers.length === 0 ? null : [...answers.slice(0, -1), true];
}

// The places in cases that are being run, the innermost first.
function places() {
  const prepare = Error.prepareStackTrace;
  Error.prepareStackTrace = (_, sites) => sites;
  const sites = new Error().stack;
  Error.prepareStackTrace = prepare;
  return sites
    .map((site) => ({ path: site.getFileName() ?? "", line: site.getLineNumber(), column: site.getColumnNumber() }))
    .map(({ path, ...place }) => ({ path: path.startsWith("file:") ? fileURLToPath(path) : path, ...place }))
    .filter(({ path }) => path.startsWith(work))
    .map(({ path, line, column }) => {
      const map = maps.get(path);
      return {
        file: relative(work, map?.written ?? path).replaceAll("\\", "/"),
        line: map ? map.entries.findEntry(line - 1, column - 1).originalLine + 1 : line,
      };
    });
}

function mark(text, place) {
  world.marked.push(place);
  return text.replace(MarkInText, String.fromCharCode(FirstMark + world.marked.length - 1));
}

// All texts in a value, however deep.
function textsIn(value, seen = new Set()) {
  if (typeof value === "string") {
    return [value];
  }

  if (value === null || typeof value !== "object" || seen.has(value)) {
    return [];
  }

  seen.add(value);
  const parts =
    value instanceof Map ? [...value.keys(), ...value.values()]
    : value instanceof Set ? [...value]
    : value instanceof Uint8Array ? [Buffer.from(value).toString("utf8")]
    : value instanceof Error ? [value.message]
    : [];
  return [...parts, ...Object.keys(value), ...Object.values(value)].flatMap((part) => textsIn(part, seen));
}

const marksIn = (value) => new Set(textsIn(value).join("").match(Marks) ?? []);

const isSafe = (value) => [...marksIn(value)].every((each) => world.isTrue(`safe ${each}`));
const isAllowed = (resource) => world.isTrue(`allowed ${String(resource)}`);

function reached(isUnsafe, sources, arrived) {
  const [place, ...callers] = places();
  if (place === undefined) {
    // Thrown here, the case could catch it.
    world.problem = "a sink is called by no line of a case";
    return;
  }

  const key = `${place.file}:${place.line}`;
  const sink = sinks.get(key) ?? { ...place, reached: 0, unsafe: 0, lines: new Set(), tainted: false, sanitized: false };
  sinks.set(key, sink);
  sink.reached++;
  sink.tainted ||= marksIn(arrived).size > 0;
  sink.sanitized ||= textsIn(arrived).some((text) => Cleaned.test(text));
  if (isUnsafe) {
    sink.unsafe++;
    [...sources, ...callers].filter(({ file }) => file === place.file).forEach(({ line }) => sink.lines.add(line));
  }
}

class Denied extends Error {}

const runtime = {
  source: (sent = "\u2620\u2620\u2620<\u2620'\u2620\";\u2620\u2620") => mark(sent, places()[0]),
  sourceObject() {
    const place = places()[0];
    const each = () => mark("\u2620<\u2620\u2620", place);
    return {
      [each()]: each(),
      id: each(),
      name: each(),
      role: each(),
      items: [each(), each()],
      nested: { name: each(), deep: { name: each() } },
    };
  },
  trusted: () => "trusted",
  sanitize: (value) => String(value).replace(Marks, CleanMark),
  isSafe,
  assertSafe(value) {
    if (!isSafe(value)) {
      throw new Denied("not safe");
    }
  },
  sink(value) {
    const unsafe = [...marksIn(value)].filter((each) => !world.isTrue(`safe ${each}`));
    const sources = unsafe.map((each) => world.marked[each.charCodeAt(0) - FirstMark]).filter(Boolean);
    reached(unsafe.length > 0, sources, value);
  },
  isAllowed: (_, resource) => isAllowed(resource),
  checkAllowed: async (resource) => isAllowed(resource),
  requireAllowed(resource) {
    if (!isAllowed(resource)) {
      throw new Denied("not allowed");
    }
  },
  async ensureAllowed(resource) {
    if (!isAllowed(resource)) {
      throw new Denied("not allowed");
    }
  },
  sensitive: (resource) => reached(!isAllowed(resource), [], resource),
  maybe: () => world.answer(),
  mayThrow() {
    if (world.answer()) {
      throw new Error("thrown");
    }
  },
  log() {},
  // Time does not matter to cases.
  setTimeout: (callback, _, ...rest) => setImmediate(callback, ...rest),
};

async function turn() {
  for (let count = 0; count < TurnsAfterCase; count++) {
    await new Promise((done) => setImmediate(done));
  }
}

async function runCase(run) {
  let runs = 0;
  let isCut = false;
  for (let answers = []; answers !== null; answers = nextAnswers(world.answers)) {
    world = worldOf(answers);
    runs++;
    try {
      await Promise.race([run(), turn()]);
    } catch (error) {
      if (!(error instanceof Denied) && error?.message !== "thrown" && marksIn(error).size === 0) {
        throw error;
      }
    }

    await turn();
    isCut ||= world.cut;
    if (world.problem) {
      throw new Error(world.problem);
    }
  }

  return { runs, isCut };
}

// Copies the cases, without their types.
async function write() {
  const files = readdirSync(folder, { recursive: true }).filter((name) => /(?<!\.d)\.(js|cjs|ts)$/.test(name)).sort();
  const ts = files.some((name) => name.endsWith(".ts")) ? (await import("typescript")).default : null;
  writeFileSync(join(work, "package.json"), '{ "type": "module" }');
  return files.map((name) => {
    const written = join(work, name);
    const text = readFileSync(join(folder, name), "utf8");
    mkdirSync(dirname(written), { recursive: true });
    if (!name.endsWith(".ts")) {
      writeFileSync(written, text);
      return { name, path: written };
    }

    const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, sourceMap: true };
    const { outputText, sourceMapText } = ts.transpileModule(text, { fileName: name, compilerOptions });
    const path = written.replace(/\.ts$/, ".js");
    writeFileSync(path, outputText);
    maps.set(path, { written, entries: new SourceMap(JSON.parse(sourceMapText)) });
    return { name, path };
  });
}

Object.assign(globalThis, runtime);
Error.stackTraceLimit = 60;
process.on("unhandledRejection", () => {});
try {
  let runs = 0;
  const cases = [];
  const cut = [];
  for (const { name, path } of await write()) {
    // What is in a folder belongs to its main file.
    if (/[\\/]/.test(name) && !/[\\/]main\.\w+$/.test(name)) {
      continue;
    }

    const module = await import(pathToFileURL(path).href);
    for (const [key, run] of Object.entries(name.endsWith(".cjs") ? module.default : module)) {
      const label = `${name.replaceAll("\\", "/")} ${key}`;
      try {
        const outcome = await runCase(run);
        runs += outcome.runs;
        cases.push(label);
        cut.push(...(outcome.isCut ? [label] : []));
      } catch (error) {
        throw new Error(`${label}: ${error?.stack ?? error}`, { cause: error });
      }
    }
  }

  const list = [...sinks.values()].map((sink) => ({ ...sink, lines: [...sink.lines].sort((a, b) => a - b) }));
  console.log(JSON.stringify({ cases, runs, cut, sinks: list }));
} finally {
  rmSync(work, { recursive: true, force: true });
}
