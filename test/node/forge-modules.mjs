// Rewrites what the table of Forge modules takes from the schema of Forge's manifest: the properties that name code, whether conditions may hide a module, and the
// properties there are. Who can call a module, whether there is a user, and whether it shows on a page are judged by people from the documentation of each module,
// and are kept as they stand; a module that is new comes as one that licensed users call, and is named at the end, to be judged.
// The package is too large to be installed for every test run; to go to a new version, change it here, in the table's first line and in THIRD-PARTY-NOTICES.md:
//   npm install --no-save @forge/manifest@13.7.0
//   node forge-modules.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const table = join(dirname(fileURLToPath(import.meta.url)), "../../src/Ecoscanner.Core/Apps/Forge/forge-modules.tsv");
const definitions = require("@forge/manifest/schema.json").definitions;
const naming = new Set(["function", "endpoint", "resource"]);
const definedHere = new Set(["function", "endpoint", "remote"]);
const deepest = 12;

/** Every property below a schema as "edit.resource". Properties with free names are left out: what they hold is the app's own. */
function paths(schema, prefix = "", depth = 0, found = new Set()) {
  if (depth > deepest || schema === null || typeof schema !== "object") return found;
  if (schema.$ref) schema = definitions[schema.$ref.split("/").at(-1)] ?? {};
  for (const part of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? []), schema.then, schema.else]) paths(part, prefix, depth + 1, found);
  for (const item of [schema.items ?? []].flat()) paths(item, prefix, depth + 1, found);
  for (const [name, value] of Object.entries(schema.properties ?? {})) {
    found.add(prefix + name);
    if (name !== "displayConditions") paths(value, `${prefix}${name}.`, depth + 1, found);
  }
  return found;
}

const [version, head, ...lines] = readFileSync(table, "utf8").trimEnd().split("\n");
const known = new Map(lines.map((line) => [line.split("\t")[0], line.split("\t")]));
const fresh = [];
for (const [module, schema] of Object.entries(definitions.ModuleSchema.properties)) {
  if (module.startsWith("connect-")) continue;
  const properties = [...paths(schema)].sort();
  if (!known.has(module)) fresh.push(module);
  const [, callers, user, shows, code] = known.get(module) ?? [module, "licensed", "always", "page", ""];
  // A path that has callers of its own keeps them: "value.function=licensed,platform/sometimes".
  const judged = new Map(code.split(" ").map((path) => [path.split("=")[0], path]));
  const paths_ = definedHere.has(module) ? [] : properties.filter((path) => naming.has(path.split(".").at(-1)));
  known.set(module, [
    module,
    callers,
    user,
    shows,
    paths_.map((path) => judged.get(path) ?? path).join(" "),
    properties.some((path) => path.split(".").at(-1) === "displayConditions") ? "yes" : "no",
    properties.filter((path) => !path.includes(".")).join(" "),
  ]);
}

const rows = [...known.values()].sort((one, other) => (one[0] < other[0] ? -1 : 1)).map((row) => row.join("\t"));
writeFileSync(table, `${[version, head, ...rows].join("\n")}\n`);
if (fresh.length > 0) console.log(`to be judged: ${fresh.join(", ")}`);
