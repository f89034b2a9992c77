// Classes and objects that are put together.
const Walks = (Base) =>
  class Walker extends Base {
    walk() {
      return this.move(); // calls: Robot.move, Thing.move; may: Swimmer.move; not: Other.move
    }
  };
const Swims = (Base) =>
  class Swimmer extends Base {
    swim() {}
    move() {
      super.move(); // calls: Thing.move
    }
  };
class Thing {
  move() {}
}
class Robot extends Walks(Thing) {
  move() {}
}
class Fish extends Swims(Thing) {}
class Frog extends Walks(Swims(Thing)) {}
class Other {
  move() {}
}
class Toy extends Walks(Thing) {}
new Robot().walk(); // calls: Walker.walk
new Toy().walk(); // calls: Walker.walk
new Fish().swim(); // calls: Swimmer.swim; not: Walker.walk
new Fish().move(); // calls: Swimmer.move; not: Robot.move, Thing.move
new Frog().swim(); // calls: Swimmer.swim
new Other().move(); // calls: Other.move; not: Swimmer.move, Thing.move

const canSing = { sing() {} };
const canDance = {
  dance() {
    this.sing(); // calls: canSing.sing; may: canDance.dance
  },
};
const star = Object.assign({}, canSing, canDance);
star.dance(); // calls: canDance.dance; not: canSing.sing
const wide = { ...canSing, ...canDance };
wide.sing(); // calls: canSing.sing; not: canDance.dance
function mix(target, ...sources) {
  for (const source of sources) {
    for (const name of Object.keys(source)) target[name] = source[name];
  }
  return target;
}
mix({}, canSing).sing(); // calls: canSing.sing; may: canDance.dance
mix({}, canDance, canSing).dance(); // calls: canDance.dance; may: canSing.sing
class Band {}
for (const name of Object.getOwnPropertyNames(Thing.prototype)) {
  if (name !== "constructor") Band.prototype[name] = Thing.prototype[name];
}
new Band().move(); // calls: Thing.move; may: Thing.constructor; not: Other.move
