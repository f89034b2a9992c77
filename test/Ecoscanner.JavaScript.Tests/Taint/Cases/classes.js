// Fields, methods, inheritance.

export function field() {
  class Box {
    text = source();
    other = "constant";
  }

  sink(new Box().text); // finding: taint {{source() at line @-4}}
}

export function fieldSafe() {
  class Box {
    text = source();
    other = "constant";
  }

  sink(new Box().other); // safe: other-member
}

export function constructed() {
  class Box {
    constructor(text) {
      this.text = text;
    }
  }

  const box = new Box(source());
  new Box("constant");
  sink(box.text); // finding: taint {{source() at line @-2}}
}

export function constructedSafe() {
  class Box {
    constructor(text) {
      this.text = text;
    }
  }

  const box = new Box("constant");
  new Box(source());
  sink(box.text); // safe: other-context
}

export function method() {
  class Box {
    constructor(text) {
      this.text = text;
    }

    read() {
      return this.text;
    }
  }

  sink(new Box(source()).read()); // finding: taint
}

export function methodSafe() {
  class Box {
    constructor(text) {
      this.text = text;
    }

    read() {
      return sanitize(this.text);
    }
  }

  sink(new Box(source()).read()); // safe: sanitized
}

export function written() {
  class Box {
    text = "constant";

    put(text) {
      this.text = text;
    }
  }

  const box = new Box();
  box.put(source());
  sink(box.text); // finding: taint {{source() at line @-1}}
}

export function writtenSafe() {
  class Box {
    text = "constant";

    put(text) {
      this.text = text;
    }
  }

  const box = new Box();
  new Box().put(source());
  sink(box.text); // safe: other-context
}

export function sinkInMethod() {
  class Writer {
    write(text) {
      sink(text); // finding: taint {{source() at line @+4}}
    }
  }

  new Writer().write(source());
}

export function sinkInMethodSafe() {
  class Writer {
    write(text) {
      sink(text); // safe: constant
    }

    other(text) {
      log(text);
    }
  }

  new Writer().write("constant");
  new Writer().other(source());
}

export function inherited() {
  class Base {
    read() {
      return source();
    }
  }

  class Derived extends Base {}

  sink(new Derived().read()); // finding: taint {{source() at line @-6}}
}

export function inheritedSafe() {
  class Base {
    read() {
      return source();
    }
  }

  class Derived extends Base {
    read() {
      return "constant";
    }
  }

  sink(new Derived().read()); // safe: constant
}

export function overridden() {
  class Base {
    read() {
      return "constant";
    }

    show() {
      sink(this.read()); // finding: taint {{source() at line @+6}}
    }
  }

  class Derived extends Base {
    read() {
      return source();
    }
  }

  new Derived().show();
}

export function overriddenSafe() {
  class Base {
    read() {
      return source();
    }

    show() {
      sink(this.read()); // safe: constant
    }
  }

  class Derived extends Base {
    read() {
      return "constant";
    }
  }

  new Derived().show();
}

export function superConstructor() {
  class Base {
    constructor(text) {
      this.text = text;
    }
  }

  class Derived extends Base {
    constructor(text) {
      super(text);
    }
  }

  sink(new Derived(source()).text); // finding: taint
}

export function superConstructorSafe() {
  class Base {
    constructor(text) {
      this.text = text;
    }
  }

  class Derived extends Base {
    constructor(text) {
      super(sanitize(text));
    }
  }

  sink(new Derived(source()).text); // safe: sanitized
}

export function superMethod() {
  class Base {
    read(text) {
      return text;
    }
  }

  class Derived extends Base {
    read(text) {
      return `<${super.read(text)}>`;
    }
  }

  sink(new Derived().read(source())); // finding: taint
}

export function superMethodSafe() {
  class Base {
    read() {
      return "constant";
    }
  }

  class Derived extends Base {
    read(text) {
      return `<${super.read(text)}>`;
    }
  }

  sink(new Derived().read(source())); // safe: constant
}

export function staticField() {
  class Store {
    static text = source();
    static other = "constant";
  }

  sink(Store.text); // finding: taint {{source() at line @-4}}
}

export function staticFieldSafe() {
  class Store {
    static text = source();
    static other = "constant";
  }

  sink(Store.other); // safe: other-member
}

export function staticBlock() {
  class Store {
    static text;
    static {
      this.text = source();
    }
  }

  sink(Store.text); // finding: taint {{source() at line @-4}}
}

export function staticBlockSafe() {
  class Store {
    static text;
    static {
      this.text = sanitize(source());
    }
  }

  sink(Store.text); // safe: sanitized
}

export function privateField() {
  class Box {
    #text;
    text = "constant";

    constructor(text) {
      this.#text = text;
    }

    read() {
      return this.#text;
    }
  }

  sink(new Box(source()).read()); // finding: taint
}

export function privateFieldSafe() {
  class Box {
    #text;
    text = "constant";

    constructor(text) {
      this.#text = text;
    }

    read() {
      log(this.#text);
      return this.text;
    }
  }

  sink(new Box(source()).read()); // safe: other-member
}

export function getter() {
  class Box {
    get text() {
      return source();
    }
  }

  sink(new Box().text); // finding: taint {{source() at line @-4}}
}

export function getterSafe() {
  class Box {
    get text() {
      return sanitize(source());
    }
  }

  sink(new Box().text); // safe: sanitized
}

export function setter() {
  class Box {
    kept = "constant";

    set text(value) {
      this.kept = value;
    }
  }

  const box = new Box();
  box.text = source();
  sink(box.kept); // finding: taint {{source() at line @-1}}
}

export function setterSafe() {
  class Box {
    kept = "constant";

    set text(value) {
      this.kept = sanitize(value);
    }
  }

  const box = new Box();
  box.text = source();
  sink(box.kept); // safe: sanitized
}

export function detached() {
  class Box {
    text = source();
    read = () => this.text;
  }

  const { read } = new Box();
  sink(read()); // finding: taint {{source() at line @-5}}
}

export function detachedSafe() {
  class Box {
    text = source();
    other = "constant";
    read = () => this.other;
  }

  const { read } = new Box();
  sink(read()); // safe: other-member
}

export function fluent() {
  class Query {
    parts = [];

    add(part) {
      this.parts.push(part);
      return this;
    }

    toText() {
      return this.parts.join(" ");
    }
  }

  sink(new Query().add("constant").add(source()).toText()); // finding: taint
}

export function fluentSafe() {
  class Query {
    parts = [];

    add(part) {
      this.parts.push(sanitize(part));
      return this;
    }

    toText() {
      return this.parts.join(" ");
    }
  }

  sink(new Query().add("constant").add(source()).toText()); // safe: sanitized
}

export function toStringMethod() {
  class Box {
    toString() {
      return source();
    }
  }

  sink(`${new Box()}`); // finding: taint {{source() at line @-4}}
}

export function toStringMethodSafe() {
  class Box {
    text = source();

    toString() {
      return "constant";
    }
  }

  sink(`${new Box()}`); // safe: constant
}

export function mixin() {
  const Reading = (Base) =>
    class extends Base {
      read() {
        return this.text;
      }
    };
  class Box {
    text = source();
  }

  sink(new (Reading(Box))().read()); // finding: taint {{source() at line @-3}}
}

export function mixinSafe() {
  const Reading = (Base) =>
    class extends Base {
      read() {
        return this.text;
      }
    };
  class Box {
    text = "constant";
    other = source();
  }

  sink(new (Reading(Box))().read()); // safe: other-member
}
