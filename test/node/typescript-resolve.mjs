// Answers where TypeScript finds modules: node typescript-resolve.mjs QUESTIONS
// QUESTIONS has one JSON a line: {root, from, specifier, kind: import|require|dynamic|type, options: {moduleResolution: bundler|node16, ...}}.
// options.config names a tsconfig.json below root, which TypeScript reads itself. Prints one JSON a line: the file below root, or null.
import { readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

// As the compiler's own host does it, but asking the disk once for each name.
const remembered = (ask) => {
  const answers = new Map();
  return (name) => {
    if (!answers.has(name)) {
      answers.set(name, ask(name));
    }
    return answers.get(name);
  };
};
const stat = (name) => statSync(name, { throwIfNoEntry: false });
const host = {
  fileExists: remembered((name) => stat(name)?.isFile() ?? false),
  directoryExists: remembered((name) => stat(name)?.isDirectory() ?? false),
  readFile: remembered((name) => (stat(name)?.isFile() ? readFileSync(name, "utf8") : undefined)),
  realpath: remembered((name) => realpathSync(name)),
  getCurrentDirectory: () => "/",
  useCaseSensitiveFileNames: true,
};

const configuration = remembered((file) => {
  const parsed = ts.getParsedCommandLineOfConfigFile(file, {}, { ...host, readDirectory: () => [], onUnRecoverableConfigFileDiagnostic: () => {} });
  return parsed?.options ?? {};
});

const compilerOptions = remembered((text) => {
  const { root, kind, options } = JSON.parse(text);
  const isNode = options.moduleResolution === "node16";
  return {
    ...(options.config ? configuration(path.posix.join(root, options.config)) : {}),
    moduleResolution: isNode ? ts.ModuleResolutionKind.Node16 : ts.ModuleResolutionKind.Bundler,
    module: isNode ? ts.ModuleKind.Node16 : ts.ModuleKind.ESNext,
    allowJs: true,
    resolveJsonModule: true,
    // Sources before declarations, but where types are asked for.
    noDtsResolution: kind !== "type",
  };
});

const lines = readFileSync(process.argv[2], "utf8").trimEnd().split("\n");
const answers = lines.map((line) => {
  const { root, from, specifier, kind, options } = JSON.parse(line);
  const compiler = compilerOptions(JSON.stringify({ root, kind, options }));
  const file = path.posix.join(root, from);
  const own = () => ts.getImpliedNodeFormatForFile(file, undefined, host, compiler) ?? ts.ModuleKind.CommonJS;
  const mode =
    kind === "require" ? ts.ModuleKind.CommonJS : kind === "dynamic" || options.moduleResolution !== "node16" ? ts.ModuleKind.ESNext : own();
  const { resolvedModule } = ts.resolveModuleName(specifier, file, compiler, host, undefined, undefined, mode);
  return resolvedModule ? path.posix.relative(root, resolvedModule.resolvedFileName) : null;
});
console.log(answers.map((answer) => JSON.stringify(answer)).join("\n"));
