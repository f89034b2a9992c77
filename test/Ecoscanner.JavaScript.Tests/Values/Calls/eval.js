// What `eval` gives is not known, and it may write the variables that it sees.
function known() {}
const outside = () => known(); // calls: known; may: unknown
function gives() {
  eval("known")(); // calls: unknown; may: known
  const evil = eval("(() => 1)");
  evil(); // calls: unknown; not: outside
}
gives(); // calls: gives; may: unknown
function declares() {
  eval("var written = () => 1");
  written(); // calls: unknown; not: outside
}
declares(); // calls: declares; may: unknown
function replaces() {
  let local = outside;
  eval("local = () => 2");
  local(); // calls: unknown; may: outside, known
}
replaces(); // calls: replaces; may: unknown
function constant() {
  const kept = outside;
  eval("1 + 1");
  kept(); // calls: outside; may: unknown
}
constant(); // calls: constant; may: unknown
const indirect = (0, eval)("(() => 3)");
indirect(); // calls: unknown
