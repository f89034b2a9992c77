// Values that are made into others run the methods that say how.
class Money {
  toString() {
    return "1";
  }
  valueOf() {
    return 1;
  }
  toJSON() {
    return 1;
  }
}
class Text {
  toString() {
    return "a";
  }
}
const money = new Money();
const text = new Text();
const shown = `${money}`;
//            ^^^^^^^^^^ calls: Money.toString; may: Money.valueOf; not: Money.toJSON
const sum = money + 1;
//          ^^^^^^^^^ calls: Money.valueOf; may: Money.toString
const joined = "" + text;
//             ^^^^^^^^^ calls: Text.toString; not: Money.toString
const product = money * 2;
//              ^^^^^^^^^ calls: Money.valueOf; may: Money.toString
const less = money < 2;
//           ^^^^^^^^^ calls: Money.valueOf; may: Money.toString
const number = +money;
//             ^^^^^^ calls: Money.valueOf; may: Money.toString
String(money); // calls: Money.toString; may: Money.valueOf
Number(money); // calls: Money.valueOf; may: Money.toString
[text].join(); // calls: Text.toString; not: Money.toString
"a".concat(text); // calls: Text.toString
money.toString(); // calls: Money.toString; not: Text.toString
JSON.stringify(money); // calls: Money.toJSON; not: Money.toString
JSON.stringify({ money }); // calls: Money.toJSON
JSON.stringify([1], /* replacer */ (key, value) => value); // calls: replacer
JSON.parse("[1]", /* reviver */ (key, value) => value); // calls: reviver
"abc".replace(/b/, /* upper */ (match) => match.toUpperCase()); // calls: upper
"abc".replaceAll("b", /* lower */ (match) => match); // calls: lower
"abc".replace(/b/, text); // calls: Text.toString

const temperature = {
  [Symbol.toPrimitive](hint) {
    return 20;
  },
};
const warm = temperature > 10;
//           ^^^^^^^^^^^^^^^^ calls: temperature[Symbol.toPrimitive]
const label = `${temperature}`;
//            ^^^^^^^^^^^^^^^^ calls: temperature[Symbol.toPrimitive]
const table = {};
const keyed = table[text];
//            ^^^^^^^^^^^ calls: Text.toString
const same = text == "a";
//           ^^^^^^^^^^^ calls: Text.toString
const strict = text === money;
class Even {
  static [Symbol.hasInstance](value) {
    return true;
  }
}
const is = 2 instanceof Even;
//         ^^^^^^^^^^^^^^^^^ calls: Even.static [Symbol.hasInstance]
const matcher = { [Symbol.replace]: /* replace */ () => "" };
"a".replace(matcher, ""); // calls: replace
parseInt(text); // calls: Text.toString
new Date(money); // calls: Money.valueOf; may: Money.toString
JSON.stringify(1); // calls: external JSON.stringify; not: Money.toJSON
