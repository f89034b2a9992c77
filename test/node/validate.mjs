// Validates JSON documents against a JSON schema: node validate.mjs SCHEMA [#POINTER] DOCUMENT...
// Documents that end in .jsonl are validated line by line. Exit code 1 and one line an error where any does not hold.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Ajv from "ajv";
import Ajv04 from "ajv-draft-04";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const [schemaPath, ...rest] = process.argv.slice(2);
const pointer = rest[0]?.startsWith("#") ? rest.shift() : "#";
const schema = JSON.parse(readFileSync(schemaPath, "utf8"));
const isDraft04 = schema.$schema.includes("draft-04");
const isDraft07 = schema.$schema.includes("draft-07");
// Strict would refuse the keywords that the SARIF schema has beside a reference, and those that CycloneDX's has for editors;
// OpenVEX's requires in a branch what stands outside it.
const ajv = new (isDraft04 ? Ajv04 : isDraft07 ? Ajv : Ajv2020)({ allErrors: true, strict: !isDraft04 && !isDraft07, strictRequired: false, allowUnionTypes: true });
addFormats(ajv);
// International forms, which ajv-formats leaves out.
ajv.addFormat("idn-email", true).addFormat("iri", true).addFormat("iri-reference", true);
if (isDraft07) {
  // CycloneDX's refers to its neighbours, whose files may be named otherwise.
  for (const name of readdirSync(dirname(schemaPath)).filter((name) => name.endsWith(".json"))) {
    const neighbour = JSON.parse(readFileSync(join(dirname(schemaPath), name), "utf8"));
    if (neighbour.$id && neighbour.$id !== schema.$id && neighbour.$schema === schema.$schema) {
      ajv.addSchema(neighbour);
    }
  }
}
ajv.addSchema(schema, "schema");
const validate = ajv.getSchema(`schema${pointer}`) ?? ajv.compile(schema);

let failed = false;
for (const path of rest) {
  const text = readFileSync(path, "utf8");
  const documents = path.endsWith(".jsonl") ? text.trimEnd().split("\n") : [text];
  documents.forEach((document, line) => {
    if (!validate(JSON.parse(document))) {
      failed = true;
      for (const error of validate.errors.slice(0, 20)) {
        console.log(`${path}:${line + 1} ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
      }
    }
  });
}
process.exit(failed ? 1 : 0);
