// A tag is a function that a template calls.
function tag(strings, ...values) {
  values[0]?.(); // calls: value, other
  return value;
}
function value() {}
function other() {}
tag`plain`; // calls: tag; not: value
tag`with ${value}`; // calls: tag; not: value
tag`${other} and ${1}`; // calls: tag
tag`gives`(); // calls: value
const html = { text(strings, callback) { callback(); } };
//                                       ^^^^^^^^^^ calls: value; not: other
html.text`${value}`; // calls: html.text; not: tag
const styled = (kind) => (strings) => kind;
styled(other)``(); // calls: other; not: value
const make = () => /* made */ (strings) => strings.raw[0];
make()`text`; // calls: made; not: make
String.raw`${value}`; // calls: nothing; not: value
const deep = tag`a${tag`inner`}`; // calls: tag
//                  ^^^^^^^^^^ calls: tag
new (class Tagged { static tag() { return Tagged; } })(); // calls: Tagged.constructor
