// Makes the table of the operations of products' APIs, with the scopes that each needs, from Atlassian's OpenAPI documents. They are too large to be kept here;
// to go to a newer day, get them, and change the date in `version` and in THIRD-PARTY-NOTICES.md:
//   https://developer.atlassian.com/cloud/jira/platform/swagger-v3.v3.json        jira-platform-v3.json
//   https://developer.atlassian.com/cloud/jira/software/swagger.v3.json           jira-software.json
//   https://developer.atlassian.com/cloud/jira/service-desk/swagger.v3.json       jira-service-desk.json
//   https://dac-static.atlassian.com/cloud/confluence/openapi-v2.v3.json          confluence.json
//   https://dac-static.atlassian.com/cloud/bitbucket/swagger.v3.json              bitbucket.json
//   node product-operations.mjs FOLDER        where they are, as they are or as .gz
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const version = "Atlassian's OpenAPI documents, March 2026";
const table = join(dirname(fileURLToPath(import.meta.url)), "../../src/Ecoscanner.Scanners/ForgePrograms/product-operations.txt");
const methods = ["get", "head", "post", "put", "patch", "delete"];
const documents = [
  ["jira-platform-v3", "Jira", ""],
  ["jira-software", "Jira", ""],
  ["jira-service-desk", "Jira", ""],
  ["confluence", "Confluence", "/wiki/api/v2"],
  ["bitbucket", "Bitbucket", "/2.0"],
];

function read(name) {
  const file = join(process.argv[2] ?? ".", `${name}.json`);
  return JSON.parse(existsSync(file) ? readFileSync(file, "utf8") : gunzipSync(readFileSync(`${file}.gz`)).toString("utf8"));
}

/** Each set of scopes that is enough: "read:jira-work | read:issue:jira read:user:jira"; "-" is none, "?" is that nothing is said. */
function scopes(operation, product) {
  // Bitbucket's security names the scopes of its own OAuth, which Forge does not have.
  const secured = product === "Bitbucket" ? [] : (operation.security ?? []).flatMap((scheme) => Object.entries(scheme)).filter(([name]) => /oauth/i.test(name));
  const sets = operation["x-atlassian-oauth2-scopes"]?.map((set) => set.scopes) ?? secured.map(([, set]) => set);
  return [...new Set(sets.map((set) => [...new Set(set)].sort().join(" ") || "-"))].join(" | ") || "?";
}

const rows = documents.flatMap(([name, product, prefix]) =>
  Object.entries(read(name).paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([method]) => methods.includes(method))
      .map(([method, operation]) => [product, method.toUpperCase(), prefix + path.replaceAll(/\{[^}]*\}/g, "*"), scopes(operation, product)].join("\t")),
  ),
);
const lines = [...new Set(rows)].sort();
writeFileSync(table, `# ${version}; test/node/product-operations.mjs says how to update\n${lines.join("\n")}\n`);
