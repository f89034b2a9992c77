// Members whose names are worked out.
function add() {}
function remove() {}
function name() {
  return Math.random() < 2 ? "add" : "remove";
}
const table = { add, remove };
table["add"](); // calls: add; not: remove
const key = "remove";
table[key](); // calls: remove; not: add
table["re" + "move"](); // calls: remove; not: add
table[`${"a"}dd`](); // calls: add; not: remove
table[name()](); // calls: add, remove; unrun: remove; not: name
//    ^^^^^^ calls: name
const Names = { ADD: "add" };
table[Names.ADD](); // calls: add; not: remove
const actions = { [Names.ADD]: remove };
actions.add(); // calls: remove; not: add

for (const each in table) table[each](); // calls: add, remove
for (const each of Object.keys(table)) {
  table[each](); // calls: add, remove; not: name
}
for (const work of Object.values(table)) {
  work(); // calls: add, remove
}
Object.entries(table).forEach(/* visit */ ([each, work]) => work(each)); // calls: visit
//                                                          ^^^^^^^^^^ calls: add, remove
for (const each of ["add"]) table[each](); // calls: add; not: remove

function dispatch(action) {
  return table[action](); // calls: add, remove; not: name
}
dispatch("add"); // calls: dispatch
dispatch("remove"); // calls: dispatch

const routes = {};
function route(path, handler) {
  routes[path] = handler;
}
route("/add", add); // calls: route; not: add
route("/remove", remove); // calls: route
routes["/add"](); // calls: add; may: remove
for (const path in routes) routes[path](); // calls: add, remove; not: name

const Secret = Symbol("secret");
const holder = { [Secret]: add, open: remove };
holder[Secret](); // calls: add; not: remove
class Machine {
  state = "idle";
  on_idle() {}
  on_busy() {}
  other() {}
  step() {
    this["on_" + this.state](); // calls: Machine.on_idle, Machine.on_busy; may: Machine.other
  }
}
const machine = new Machine();
machine.step(); // calls: Machine.step
machine.state = "busy";
machine.step(); // calls: Machine.step

const list = [add, remove];
const index = process.argv.length > 99 ? 0 : 1;
list[index](); // calls: remove, add; unrun: add
const text = process.argv.length > 99 ? "add" : "remove";
switch (text) {
  case "remove":
    table[text](); // calls: remove; may: add
}
const get = (object, member) => object[member];
get(table, "add")(); // calls: add; may: remove; not: name
get({ name }, "name")(); // calls: name; not: add
