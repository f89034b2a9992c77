// Objects that inherit from objects.
function Animal(name) {
  this.name = name;
}
Animal.prototype.speak = function () {
  return this.sound(); // calls: Dog.prototype.sound, Cat.prototype.sound
};
Animal.prototype.sleep = function () {};
Animal.create = function () {
  return new Animal("made"); // calls: Animal
};

function Dog(name) {
  Animal.call(this, name); // calls: Animal
}
Dog.prototype = Object.create(Animal.prototype);
Dog.prototype.constructor = Dog;
Dog.prototype.sound = function () {};
const dog = new Dog("rex"); // calls: Dog; not: Animal
dog.speak(); // calls: Animal.prototype.speak; not: Dog.prototype.sound
dog.sound(); // calls: Dog.prototype.sound; not: Cat.prototype.sound
dog.sleep(); // calls: Animal.prototype.sleep
Animal.create(); // calls: Animal.create

function Cat() {}
require("util").inherits(Cat, Animal);
Cat.prototype.sound = function () {};
new Cat().speak(); // calls: Animal.prototype.speak
new Cat().sound(); // calls: Cat.prototype.sound; not: Dog.prototype.sound

function Fish() {}
Fish.prototype = { swim() {}, constructor: Fish };
new Fish().swim(); // calls: Fish.prototype.swim

const base = { hello() {}, shout() {} };
const derived = Object.create(base, { wave: { value: /* wave */ () => {} } });
derived.hello(); // calls: base.hello; not: base.shout
derived.wave(); // calls: wave
derived.shout = /* own */ () => {};
derived.shout(); // calls: own; may: base.shout
const linked = { __proto__: base };
linked.hello(); // calls: base.hello
const set = Object.setPrototypeOf({}, base);
set.hello(); // calls: base.hello
const later = {};
Object.setPrototypeOf(later, base);
later.shout(); // calls: base.shout; not: own
const plain = { hello: null };
plain.__proto__ = base;
plain.shout(); // calls: base.shout

const Flying = { fly() {} };
class Bird {}
Object.assign(Bird.prototype, Flying);
new Bird().fly(); // calls: Flying.fly; not: base.hello
Bird.prototype.land = function () {};
new Bird().land(); // calls: Bird.prototype.land
const Swimming = (Parent) =>
  class Swimmer extends Parent {
    swim() {}
  };
class Duck extends Swimming(Bird) {}
new Duck().swim(); // calls: Swimmer.swim; not: Fish.prototype.swim
new Duck().fly(); // calls: Flying.fly

for (const name of ["open", "close"]) {
  Fish.prototype[name] = /* both */ function () {};
}
new Fish().open(); // calls: both
String.prototype.shouted = function () {};
"a".shouted(); // calls: String.prototype.shouted
Array.prototype.last = function () {};
[1].last(); // calls: Array.prototype.last
Object.getPrototypeOf(dog).sound(); // calls: Dog.prototype.sound
Animal.prototype.sleep.call(dog); // calls: Animal.prototype.sleep
dog.constructor("max"); // calls: Dog; may: Animal
