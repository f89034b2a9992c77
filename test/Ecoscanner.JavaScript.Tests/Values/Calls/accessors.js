// Reading and writing members may run functions.
class Box {
  get value() {
    return 1;
  }
  set value(next) {}
  get plain() {
    return /* inner */ () => {};
  }
}
const box = new Box();
const read = box.value;
//           ^^^^^^^^^ calls: Box.get value; not: Box.set value
  box.value = 2;
//^^^^^^^^^^^^^ calls: Box.set value; not: Box.get value
  box.value += 2;
//^^^^^^^^^^^^^^ calls: Box.set value, Box.get value
  box.value++;
//^^^^^^^^^^^ calls: Box.set value, Box.get value
const { value } = box;
//      ^^^^^ calls: Box.get value
const { value: renamed } = box;
//      ^^^^^^^^^^^^^^ calls: Box.get value
const got = box.plain;
got(); // calls: inner; not: Box.get plain

const pot = {
  get lid() {
    return 1;
  },
  set lid(next) {
    this.kept = next;
  },
};
const lid = pot.lid;
//          ^^^^^^^ calls: pot.get lid; not: Box.get value
  pot.lid = 1;
//^^^^^^^^^^^ calls: pot.set lid
const name = "lid";
const byName = pot[name];
//             ^^^^^^^^^ calls: pot.get lid

const jar = {};
Object.defineProperty(jar, "top", { get: /* top */ () => 1, set: /* setTop */ () => {} });
const top = jar.top;
//          ^^^^^^^ calls: top
  jar.top = 3;
//^^^^^^^^^^^ calls: setTop
Object.defineProperties(jar, { side: { get: /* side */ () => 1 }, run: { value: /* run */ () => {} } });
const side = jar.side;
//           ^^^^^^^^ calls: side
jar.run(); // calls: run
jar.__defineGetter__("old", /* old */ () => 1);
const old = jar.old;
//          ^^^^^^^ calls: old
const copied = { ...pot };
//               ^^^^^^ calls: pot.get lid
const viaReflect = Reflect.get(pot, "lid"); // calls: pot.get lid
Reflect.set(pot, "lid", 4); // calls: pot.set lid
Object.assign(pot, { lid: 5 }); // calls: pot.set lid
Object.assign({}, pot); // calls: pot.get lid
