// Constructor functions, prototypes and inheritance without classes.

export function constructor() {
  function Box(text) {
    this.text = text;
    this.other = "constant";
  }

  sink(new Box(source()).text); // finding: taint
}

export function constructorSafe() {
  function Box(text) {
    this.text = text;
    this.other = "constant";
  }

  sink(new Box(source()).other); // safe: other-member
}

export function prototypeMethod() {
  function Box(text) {
    this.text = text;
  }

  Box.prototype.read = function () {
    return this.text;
  };
  sink(new Box(source()).read()); // finding: taint
}

export function prototypeMethodSafe() {
  function Box(text) {
    this.text = text;
  }

  Box.prototype.read = function () {
    return sanitize(this.text);
  };
  sink(new Box(source()).read()); // safe: sanitized
}

export function prototypeField() {
  function Box() {}

  Box.prototype.text = source();
  sink(new Box().text); // finding: taint {{source() at line @-1}}
}

export function prototypeFieldSafe() {
  function Box() {
    this.text = "constant";
  }

  Box.prototype.text = source();
  sink(new Box().text); // safe: overwritten
}

export function created() {
  const base = { text: source(), other: "constant" };
  sink(Object.create(base).text); // finding: taint {{source() at line @-1}}
}

export function createdSafe() {
  const base = { text: source(), other: "constant" };
  sink(Object.create(base).other); // safe: other-member
}

export function chained() {
  function Base() {}

  function Derived() {}

  Base.prototype.read = () => source();
  Derived.prototype = Object.create(Base.prototype);
  sink(new Derived().read()); // finding: taint {{source() at line @-2}}
}

export function chainedSafe() {
  function Base() {}

  function Derived() {}

  Base.prototype.read = () => source();
  Derived.prototype = Object.create(Base.prototype);
  Derived.prototype.read = () => "constant";
  sink(new Derived().read()); // safe: constant
}

export function superCalled() {
  function Base(text) {
    this.text = text;
  }

  function Derived(text) {
    Base.call(this, text);
  }

  sink(new Derived(source()).text); // finding: taint
}

export function superCalledSafe() {
  function Base(text) {
    this.text = text;
  }

  function Derived(text) {
    Base.call(this, sanitize(text));
  }

  sink(new Derived(source()).text); // safe: sanitized
}

export function replacedMethod() {
  class Box {
    read() {
      return "constant";
    }
  }

  Box.prototype.read = () => source();
  sink(new Box().read()); // finding: taint {{source() at line @-1}}
}

export function replacedMethodSafe() {
  class Box {
    read() {
      return "constant";
    }
  }

  const other = new Box();
  other.read = () => source();
  sink(new Box().read()); // safe: other-member
}

export function definedProperty() {
  const object = {};
  Object.defineProperty(object, "text", { value: source() });
  sink(object.text); // finding: taint {{source() at line @-1}}
}

export function definedPropertySafe() {
  const object = { text: "constant" };
  Object.defineProperty(object, "other", { value: source() });
  sink(object.text); // safe: other-member
}
