// Functions that are members of objects.
const dog = {
  speak() {},
  run: function () {},
  eat: () => {},
  "wag tail"() {},
  1() {},
};
dog.speak(); // calls: dog.speak; not: dog.run, cat.speak
dog.run(); // calls: dog.run
dog["eat"](); // calls: dog.eat
dog["wag tail"](); // calls: dog."wag tail"
dog[1](); // calls: dog.1

const cat = { speak() {} };
cat.speak(); // calls: cat.speak; not: dog.speak

const { speak } = cat;
speak(); // calls: cat.speak; not: dog.speak

const bird = {};
bird.fly = function () {};
bird["sing"] = () => {};
bird.fly(); // calls: bird.fly
bird.sing(); // calls: bird["sing"]

const nest = { home: { enter() {} } };
nest.home.enter(); // calls: nest.home.enter

function greetAll(animal) {
  animal.speak(); // calls: dog.speak, cat.speak
}
greetAll(dog); // calls: greetAll; not: dog.speak
greetAll(cat); // calls: greetAll

const shorthand = { greetAll };
shorthand.greetAll(cat); // calls: greetAll

const list = [dog.run, cat.speak];
list[0](); // calls: dog.run; may: cat.speak
list[list.length - 1](); // calls: dog.run, cat.speak; unrun: dog.run; not: dog.speak

bird.fly.again = function () {};
bird.fly.again(); // calls: bird.fly.again; not: bird.fly

class Kennel {
  dogs = [];
  add(animal) {
    this.dogs.push(animal);
    return this;
  }
  wake() {
    for (const animal of this.dogs) animal.speak(); // calls: dog.speak; not: cat.speak
  }
}
new Kennel().add(dog).wake(); // calls: Kennel.wake
