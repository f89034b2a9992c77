// Runs the cases of the call graph, each in a process of its own, and prints each annotation that is not what happened: node call-traces.mjs FOLDER
// A file is a case; so is a folder, which is run by its file main.*. Prints what is wrong, a line each, then the number of calls that were annotated.
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { basename, dirname, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { instrument } from "./call-instrument.mjs";

const Patience = 30_000;
const Compiled = new Set([".ts", ".tsx", ".jsx"]);
const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, jsx: ts.JsxEmit.React, esModuleInterop: true };
const runtime = join(dirname(fileURLToPath(import.meta.url)), "call-runtime.cjs");

function filesOf(path) {
  return statSync(path).isDirectory() ? readdirSync(path, { recursive: true }).map((name) => join(path, name)).filter((name) => statSync(name).isFile()) : [path];
}

function prepare(path, target) {
  const numbers = { call: 0, function: 0 };
  const parts = { functions: [], annotations: [], problems: [], name: basename(path) };
  for (const file of filesOf(path)) {
    const extension = extname(file);
    const name = statSync(path).isDirectory() ? relative(path, file) : basename(file);
    const written = join(target, Compiled.has(extension) ? name.slice(0, -extension.length) + ".js" : name);
    mkdirSync(dirname(written), { recursive: true });
    if (extension === ".json") {
      cpSync(file, written);
      continue;
    }

    const made = instrument(readFileSync(file, "utf8"), relative(dirname(path), file), numbers);
    parts.functions.push(...made.functions);
    parts.annotations.push(...made.annotations);
    parts.problems.push(...made.problems);
    writeFileSync(written, Compiled.has(extension) ? ts.transpileModule(made.text, { fileName: file, compilerOptions }).outputText : made.text);
    if (!statSync(path).isDirectory() || /^main\./.test(name)) {
      parts.entry = written;
    }
  }

  return parts;
}

async function run(parts) {
  const child = spawn(process.execPath, ["--require", runtime, parts.entry], { stdio: ["ignore", "pipe", "pipe"], timeout: Patience });
  const texts = ["", ""];
  for (const [index, stream] of [child.stdout, child.stderr].entries()) {
    stream.setEncoding("utf8").on("data", (text) => (texts[index] += text));
  }

  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code !== 0) {
    parts.problems.push(`${parts.name}: ${texts[1].trim().split("\n").slice(0, 8).join(" | ") || `exit code ${code}`}`);
  } else {
    judge(parts, JSON.parse(texts[0].trimEnd().split("\n").at(-1)));
  }
}

function judge({ functions, annotations, problems }, { direct, later }) {
  const nameOf = functions.map((item) => item.name);
  const isImplied = new Set(functions.filter((item) => item.isImplied).map((item) => item.name));
  const annotationOf = new Map(annotations.map((annotation) => [annotation.call, annotation]));
  const seen = new Map(annotations.map((annotation) => [annotation, new Set()]));
  for (const [call, number] of direct.map((fact) => fact.split(">").map(Number))) {
    const annotation = annotationOf.get(call);
    const name = nameOf[number];
    if (annotation === undefined) {
      continue;
    }

    seen.get(annotation).add(name);
    if (!annotation.calls.includes(name) && !annotation.may.includes(name)) {
      problems.push(`${annotation.path}:${annotation.line + 1}: calls ${name === "" ? "a function without a name" : name}, which is not said`);
    }
  }

  // What was handed to a call and ran later is called by it, unless another call is said to call it then.
  const handedTo = new Map();
  for (const [call, number, innermost] of later.map((fact) => fact.split(">").map(Number))) {
    if (annotationOf.has(call) && !annotationOf.get(innermost)?.calls.includes(nameOf[number])) {
      seen.get(annotationOf.get(call)).add(nameOf[number]);
    }

    if (innermost < 0) {
      handedTo.set(number, [...(handedTo.get(number) ?? []), annotationOf.get(call)]);
    }
  }

  for (const [number, handing] of handedTo) {
    if (handing.every((annotation) => annotation !== undefined && ![...annotation.calls, ...annotation.may].includes(nameOf[number]))) {
      problems.push(`${handing[0].path}:${handing[0].line + 1}: ${nameOf[number] || "a function without a name"} runs later, which is not said`);
    }
  }

  for (const annotation of annotations) {
    const place = `${annotation.path}:${annotation.line + 1}`;
    for (const name of [...annotation.calls, ...annotation.may, ...annotation.not].filter((name) => name !== "unknown" && !name.startsWith("external "))) {
      const count = nameOf.filter((other) => other === name).length;
      if (count !== 1) {
        problems.push(`${place}: ${count} functions are called ${name}`);
      } else if (annotation.calls.includes(name) && !seen.get(annotation).has(name) && !annotation.unrun.includes(name)) {
        problems.push(`${place}: ${name} is not called${isImplied.has(name) ? " (implied)" : ""}`);
      }
    }

    for (const name of annotation.unrun.filter((name) => seen.get(annotation).has(name) || !annotation.calls.includes(name))) {
      problems.push(`${place}: ${name} is said not to run`);
    }
  }
}

const folder = process.argv[2];
const target = mkdtempSync(join(tmpdir(), "ecoscanner-calls-"));
try {
  const cases = readdirSync(folder)
    .sort()
    .filter((name) => process.argv.length < 4 || process.argv.includes(name))
    .map((name) => prepare(join(folder, name), join(target, name.replace(".", "-"))));
  const waiting = [...cases];
  const worker = async () => {
    while (waiting.length > 0) {
      await run(waiting.shift());
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  const lines = cases.flatMap((parts) => parts.problems);
  console.log([...lines, cases.reduce((sum, parts) => sum + parts.annotations.length, 0)].join("\n"));
} finally {
  if (process.env.KEEP !== "1") {
    rmSync(target, { recursive: true });
  }
}
