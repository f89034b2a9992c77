// Functions that make objects with functions.
function makeDoor(onOpen) {
  return {
    open() {
      onOpen(); // calls: ring, buzz
    },
    close: () => {},
  };
}
function ring() {}
function buzz() {}
const front = makeDoor(ring); // calls: makeDoor; not: ring
const back = makeDoor(buzz); // calls: makeDoor
front.open(); // calls: open
back.open(); // calls: open
back.close(); // calls: close

function makeLamp(on) {
  return { on };
}
makeLamp(ring).on(); // calls: ring; not: buzz
makeLamp(buzz).on(); // calls: buzz; not: ring

function makeBell() {
  const bell = {};
  bell.ring = () => bell.hush(); // calls: bell.hush
  bell.hush = () => {};
  return bell;
}
makeBell().ring(); // calls: bell.ring; not: bell.hush

const house = (function () {
  function hidden() {}
  return { enter: () => hidden() }; // calls: hidden
})();
house.enter(); // calls: enter; not: hidden

let only;
function single() {
  only ??= { work: ring };
  return only;
}
single().work(); // calls: ring; not: buzz

class Builder {
  parts = [];
  with(part) {
    this.parts.push(part);
    return this;
  }
  build() {
    return this.parts[0];
  }
}
new Builder().with(ring).build()(); // calls: ring; not: buzz
const make = (kind) => (kind === "ring" ? { go: ring } : { go: buzz });
make("ring").go(); // calls: ring; may: buzz
const create = { door: makeDoor, lamp: makeLamp };
create.lamp(buzz).on(); // calls: buzz; not: ring
function choose(flag) {
  if (flag) return ring;
  return buzz;
}
choose(true)(); // calls: ring; may: buzz; not: hidden
