// What stands in where nothing is handed over.
function standard() {}
function special() {}
function never() {}

function run(work = standard) {
  work(); // calls: standard, special; not: never
}
run(); // calls: run; not: standard
run(special); // calls: run

function chain(first, second = first) {
  second(); // calls: special; not: standard
}
chain(special); // calls: chain

function made(value = build()) {}
//                    ^^^^^^^ calls: build
function build() {}
made(); // calls: made

const pick = ({ work = standard } = {}) => work(); // calls: standard, special; not: never
pick(); // calls: pick
pick({ work: special }); // calls: pick

function old(work) {
  work = work || standard;
  work(); // calls: standard, special
}
old(); // calls: old
old(special); // calls: old

function nullish(options) {
  const work = options?.work ?? standard;
  work(); // calls: standard, special; not: never
}
nullish(); // calls: nullish
nullish({ work: special, other: never }); // calls: nullish

let lazy;
lazy ??= special;
lazy(); // calls: special; not: standard
const settings = { work: null };
settings.work ||= standard;
settings.work(); // calls: standard; not: special
function guarded(work) {
  if (typeof work !== "function") work = standard;
  work(); // calls: standard; may: special
}
guarded("no"); // calls: guarded
function inner(work = function own() {}) {
  work(); // calls: own; not: standard
}
inner(); // calls: inner
