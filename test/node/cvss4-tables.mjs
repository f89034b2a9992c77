// Writes the tables of src/Ecoscanner.Core/Rules/Cvss4Tables.cs from FIRST's, one JSON object of "lookup", "maxComposed" and "maxSeverity":
//   node cvss4-tables.mjs first-cvss40-tables.json
// Put what it prints in place of the tables there, and format the file.
import { readFileSync } from "node:fs";

const { lookup, maxComposed, maxSeverity } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const levels = (count) => [...Array(count).keys()];
const list = (texts) => `[${texts.map((text) => JSON.stringify(text.replace(/\/$/, ""))).join(", ")}]`;
const both = levels(3).flatMap((eq3) => levels(2).map((eq6) => [eq3, eq6]));

for (const eq1 of levels(3)) {
  for (const eq2 of levels(2)) {
    for (const eq3 of levels(3)) {
      const row = levels(3).flatMap((eq4) => levels(3).flatMap((eq5) => levels(2).map((eq6) => lookup[`${eq1}${eq2}${eq3}${eq4}${eq5}${eq6}`])));
      console.log(`${row.map((score) => (score === undefined ? "None" : Math.round(score * 10))).join(", ")},`);
    }
  }
}

console.log(`Worst1 = [${levels(3).map((level) => list(maxComposed.eq1[level])).join(", ")}]`);
console.log(`Worst2 = [${levels(2).map((level) => list(maxComposed.eq2[level])).join(", ")}]`);
console.log(`Worst36 = [${both.map(([eq3, eq6]) => list(maxComposed.eq3[eq3][eq6] ?? [])).join(", ")}]`);
console.log(`Worst4 = [${levels(3).map((level) => list(maxComposed.eq4[level])).join(", ")}]`);
console.log(`Depth1 = [${levels(3).map((level) => maxSeverity.eq1[level]).join(", ")}]`);
console.log(`Depth2 = [${levels(2).map((level) => maxSeverity.eq2[level]).join(", ")}]`);
console.log(`Depth36 = [${both.map(([eq3, eq6]) => maxSeverity.eq3eq6[eq3][eq6] ?? 0).join(", ")}]`);
console.log(`Depth4 = [${levels(3).map((level) => maxSeverity.eq4[level]).join(", ")}]`);
