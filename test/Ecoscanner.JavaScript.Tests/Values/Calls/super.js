// `super` begins one class above where it is written.
class Base {
  constructor() {
    this.init(); // calls: Middle.init, Base.init
  }
  init() {}
  draw() {}
  get color() {}
  static build() {
    return new this(); // calls: Top.constructor; not: Base.constructor, Middle.constructor
  }
}
class Middle extends Base {
  constructor() {
    super(); // calls: Base.constructor
  }
  init() {
    super.init(); // calls: Base.init; not: Middle.init
  }
  draw() {
    super.draw(); // calls: Base.draw; not: Middle.draw, Top.draw
  }
}
class Top extends Middle {
  constructor() {
    super(); // calls: Middle.constructor; not: Base.constructor
  }
  draw() {
    const inner = () => super.draw(); // calls: Middle.draw; not: Base.draw
    return inner();
  }
  paint() {
    return super.color;
    //     ^^^^^^^^^^^ calls: Base.get color
  }
  static build() {
    return super.build(); // calls: Base.static build; not: Top.static build
  }
}
new Base(); // calls: Base.constructor
new Top().draw(); // calls: Top.draw; not: Middle.draw
new Top().paint(); // calls: Top.paint
Top.build(); // calls: Top.static build; not: Base.static build

const parent = { greet() {} };
const child = {
  __proto__: parent,
  greet() {
    super.greet(); // calls: parent.greet; not: child.greet
  },
};
child.greet(); // calls: child.greet; not: parent.greet
