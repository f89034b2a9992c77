// Classes, their instances and what is made of them.
class Shape {
  constructor(size) {
    this.size = size;
    this.setUp(); // calls: Shape.setUp
  }
  setUp() {}
  area() {
    return this.size;
  }
}
const shape = new Shape(2); // calls: Shape.constructor; not: Shape.area
shape.area(); // calls: Shape.area; not: Room.area

class Empty {}
new Empty(); // calls: Empty.constructor
new Empty; // calls: Empty.constructor

const Room = class {
  area() {}
};
new Room().area(); // calls: Room.area; not: Shape.area

const Named = class Inner {
  copy() {
    return new Inner(); // calls: Inner.constructor
  }
};
new Named().copy().copy(); // calls: Inner.copy

class Fielded {
  made = make(); // calls: make
  run = make;
  static ready = make(); // calls: make
  static {
    make(); // calls: make
  }
}
function make() {}
new Fielded(); // calls: Fielded.constructor
new Fielded().run(); // calls: make

const kinds = { shape: Shape, room: Room };
new kinds.shape(1); // calls: Shape.constructor; not: Room.constructor
const picked = Math.random() < 2 ? Room : Empty;
new picked(); // calls: Room.constructor, Empty.constructor; unrun: Empty.constructor

function create(type) {
  return new type(1); // calls: Shape.constructor, Room.constructor
}
create(Shape).area(); // calls: Shape.area; not: Room.area
create(Room).area(); // calls: Room.area; not: Shape.area

class Key {
  ["turn" + ""]() {}
  async open() {}
  *[Symbol.iterator]() {}
}
new Key().turn(); // calls: Key["turn" + ""]
new Key().open(); // calls: Key.open
shape.constructor; // the class again
new shape.constructor(3); // calls: Shape.constructor
