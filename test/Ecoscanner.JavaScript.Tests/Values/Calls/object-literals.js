// Object literals in all their forms.
const key = "named";
function outside() {}
const object = {
  method() {},
  async wait() {},
  *each() {},
  async *stream() {},
  get read() {
    return outside;
  },
  arrow: () => {},
  outside,
  [key]() {},
  ["a" + 1]: /* a1 */ () => {},
  nested: { deep() {} },
  list: [/* item */ () => {}],
  __proto__: { inherited() {} },
};
object.method(); // calls: object.method
object.wait(); // calls: object.wait
object.each(); // calls: object.each
object.stream(); // calls: object.stream
object.read(); // calls: outside
object.arrow(); // calls: object.arrow
object.outside(); // calls: outside; not: object.arrow
object.named(); // calls: object[key]
object.a1(); // calls: a1
object.nested.deep(); // calls: object.nested.deep
object.list[0](); // calls: item
object.inherited(); // calls: object.__proto__.inherited
object.missing?.(); // calls: nothing; not: object.method

const twice = { run() {}, run: outside };
twice.run(); // calls: outside; may: twice.run
const frozen = Object.freeze({ run: outside });
frozen.run(); // calls: outside
const merged = Object.assign({}, object, { method: outside });
merged.method(); // calls: outside; may: object.method
merged.arrow(); // calls: object.arrow; not: outside
delete twice.run;
const json = JSON.parse("{}");
json.run?.(); // calls: nothing; may: unknown; not: outside
const copy = structuredClone({});
copy.run?.(); // calls: nothing; may: unknown; not: outside
(void 0 ?? object).method(); // calls: object.method
const { method } = { /* taken */ method() {} };
method(); // calls: taken; not: object.method
