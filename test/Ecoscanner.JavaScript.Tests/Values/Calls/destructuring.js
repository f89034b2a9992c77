// Functions that are taken out of objects and lists.
function first() {}
function second() {}
function third() {}
const tools = { first, second, deep: { third } };

const { first: one, second: two } = tools;
one(); // calls: first; not: second
two(); // calls: second; not: first
const { deep: { third: three } } = tools;
three(); // calls: third
const [left, right] = [first, second];
left(); // calls: first; may: second
right(); // calls: second; may: first
const [, skipped] = [third, second];
skipped(); // calls: second; may: third
const { missing = third } = tools;
missing(); // calls: third; not: first
const { second: given = third } = tools;
given(); // calls: second; may: third; not: first

function take({ first: work, deep: { third: inner } = {} }) {
  work(); // calls: first; not: second, third
  inner(); // calls: third; not: first
}
take(tools); // calls: take
function takeList([work, ...others]) {
  work(); // calls: second; may: third
  others[0](); // calls: third; may: second
}
takeList([second, third]); // calls: takeList

let a = first;
let b = second;
[a, b] = [b, a];
a(); // calls: second; may: first
b(); // calls: first; may: second
const target = {};
({ first: target.run, second: target["stop"] } = tools);
target.run(); // calls: first; not: second
target.stop(); // calls: second; not: first
for (const { work } of [{ work: first }, { work: third }]) work(); // calls: first, third; not: second
for (const [name, work] of Object.entries({ first, second })) {
  work(); // calls: first, second; not: third
}
const key = "second";
const { [key]: computed } = tools;
computed(); // calls: second; not: first
try {
  throw { work: third };
} catch ({ work }) {
  work(); // calls: third; not: first
}
