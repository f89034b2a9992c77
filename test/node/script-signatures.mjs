// Makes src/Ecoscanner.Core/Advisories/Reading/script-signatures.json of retire.js's repository: how libraries are known, without their vulnerabilities.
// node test/node/script-signatures.mjs jsrepository-v5.json[.gz] > src/Ecoscanner.Core/Advisories/Reading/script-signatures.json
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const bytes = readFileSync(process.argv[2]);
const repository = JSON.parse(bytes[0] === 0x1f ? gunzipSync(bytes) : bytes);
const kept = {};
for (const name of Object.keys(repository).sort()) {
  const { npmname, extractors = {} } = repository[name];
  const { filename, filecontent, filecontentreplace, hashes } = extractors;
  if (name !== 'retire-example' && (filename || filecontent || filecontentreplace || Object.keys(hashes ?? {}).length > 0)) {
    kept[name] = { ...(npmname && { npmname }), extractors: { filename, filecontent, filecontentreplace, hashes } };
  }
}
console.log(JSON.stringify(kept, null, 1));
