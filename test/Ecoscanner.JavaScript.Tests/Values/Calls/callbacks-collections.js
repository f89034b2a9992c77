// Collections hold functions, and run the functions that they are given.
function red() {}
function green() {}
function blue() {}

const byName = new Map([["red", red], ["green", green]]);
byName.set("green", green);
byName.get("red")(); // calls: red; may: green; not: blue
byName.forEach(/* visit */ (paint) => paint()); // calls: visit
//                                    ^^^^^^^ calls: red, green; not: blue
for (const [, paint] of byName) paint(); // calls: red, green
for (const paint of byName.values()) {
  paint(); // calls: red, green
}
for (const [name, paint] of byName.entries()) {
  paint(name); // calls: red, green; not: blue
}
[...byName.values()].map(/* visit2 */ (paint) => paint()); // calls: visit2
//                                               ^^^^^^^ calls: red, green

const paints = new Set([red]);
paints.add(blue);
paints.forEach(/* visit3 */ (paint) => paint()); // calls: visit3
//                                     ^^^^^^^ calls: red, blue; not: green
for (const paint of paints) paint(); // calls: red, blue
paints.forEach(/* look */ () => {}); // calls: look
Array.from(paints)[0](); // calls: red; may: blue; not: green

const keyed = new Map();
keyed.set(red, 1);
for (const paint of keyed.keys()) {
  paint(); // calls: red
}

const hidden = new WeakMap();
const key = {};
hidden.set(key, green);
hidden.get(key)(); // calls: green; not: red
hidden.get(key).call(null); // calls: green

const other = new Map();
other.set("blue", blue);
other.get("blue")(); // calls: blue; not: red, green

const groups = Object.groupBy?.([1], /* group */ () => "a"); // calls: group; unrun: group
const copy = new Map(byName);
copy.get("red")(); // calls: red; may: green; not: blue
const loaded = Object.fromEntries(byName);
loaded.green(); // calls: green; may: red; not: blue

class Bus {
  #listeners = new Map();
  on(name, listener) {
    if (!this.#listeners.has(name)) this.#listeners.set(name, []);
    this.#listeners.get(name).push(listener);
  }
  emit(name) {
    this.#listeners.get(name)?.forEach(/* visit4 */ (listener) => listener(name)); // calls: visit4
    //                                                            ^^^^^^^^^^^^^^ calls: red, blue; not: green
  }
}
const bus = new Bus();
bus.on("red", red); // calls: Bus.on; not: red
bus.on("blue", blue); // calls: Bus.on
bus.emit("red"); // calls: Bus.emit; not: red
bus.emit("blue"); // calls: Bus.emit
