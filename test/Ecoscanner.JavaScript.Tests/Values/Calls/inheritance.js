// A method is looked up along the chain of classes.
class Animal {
  constructor(name) {
    this.name = name;
  }
  move() {
    return this.sound(); // calls: Dog.sound, Cat.sound; not: Stone.sound
  }
  sound() {}
  sleep() {}
}
class Dog extends Animal {
  sound() {}
}
class Cat extends Animal {
  constructor() {
    super("cat"); // calls: Animal.constructor
    this.lives = 9;
  }
  sound() {}
}
class Stone {
  sound() {}
}

new Dog("rex").move(); // calls: Animal.move
new Dog("rex"); // calls: Animal.constructor; may: Dog.constructor; not: Cat.constructor
new Cat(); // calls: Cat.constructor; not: Animal.constructor
new Cat().move(); // calls: Animal.move
new Dog("rex").sound(); // calls: Dog.sound; not: Animal.sound, Cat.sound
new Dog("rex").sleep(); // calls: Animal.sleep
new Stone().sound(); // calls: Stone.sound; not: Dog.sound, Animal.sound

class Puppy extends Dog {}
new Puppy("max"); // calls: Animal.constructor; may: Puppy.constructor, Dog.constructor
new Puppy("max").sound(); // calls: Dog.sound; not: Animal.sound
new Puppy("max").sleep(); // calls: Animal.sleep

const Base = Math.random() < 2 ? Stone : Animal;
class Mixed extends Base {}
new Mixed().sound(); // calls: Stone.sound, Animal.sound; unrun: Animal.sound

class Failure extends Error {
  explain() {
    return this.message;
  }
}
try {
  throw new Failure("no"); // calls: Failure.constructor
} catch (error) {
  error.explain(); // calls: Failure.explain
}

class Stack extends Array {
  top() {}
}
const stack = new Stack();
stack.push(Animal);
stack.top(); // calls: Stack.top
