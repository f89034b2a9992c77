// Validates JSON documents against a JSON schema: node validate.mjs SCHEMA [#POINTER] DOCUMENT...
// Documents that end in .jsonl are validated line by line. Exit code 1 and one line an error where any does not hold.
import { readFileSync } from "node:fs";
import Ajv04 from "ajv-draft-04";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const [schemaPath, ...rest] = process.argv.slice(2);
const pointer = rest[0]?.startsWith("#") ? rest.shift() : "#";
const schema = JSON.parse(readFileSync(schemaPath, "utf8"));
const isDraft04 = schema.$schema.includes("draft-04");
// Strict would refuse the keywords that the SARIF schema has beside a reference.
const ajv = new (isDraft04 ? Ajv04 : Ajv2020)({ allErrors: true, strict: !isDraft04, allowUnionTypes: true });
addFormats(ajv);
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
