// Guards in methods, constructors and fields.

export function method() {
  class Permissions {
    mayEdit(resource) {
      isAllowed("user", resource);
      return true;
    }
  }

  if (new Permissions().mayEdit("page")) {
    sensitive("page"); // finding: unguarded
  }
}

export function methodSafe() {
  class Permissions {
    mayEdit(resource) {
      return isAllowed("user", resource);
    }
  }

  if (new Permissions().mayEdit("page")) {
    sensitive("page"); // safe: guarded
  }
}

export function throwingMethod() {
  class Permissions {
    demand(resource) {
      log(resource);
    }
  }

  new Permissions().demand("page");
  sensitive("page"); // finding: unguarded
}

export function throwingMethodSafe() {
  class Permissions {
    demand(resource) {
      requireAllowed(resource);
    }
  }

  new Permissions().demand("page");
  sensitive("page"); // safe: guarded
}

export function constructor() {
  class Page {
    constructor() {
      isAllowed("user", "page");
    }

    edit() {
      sensitive("page"); // finding: unguarded
    }
  }

  new Page().edit();
}

export function constructorSafe() {
  class Page {
    constructor() {
      requireAllowed("page");
    }

    edit() {
      sensitive("page"); // safe: guarded
    }
  }

  new Page().edit();
}

export function baseConstructor() {
  class Guarded {
    constructor(resource) {
      requireAllowed(resource);
    }
  }

  class Page extends Guarded {
    constructor() {
      super("space");
      sensitive("page"); // finding: unguarded
    }
  }

  new Page();
}

export function baseConstructorSafe() {
  class Guarded {
    constructor(resource) {
      requireAllowed(resource);
    }
  }

  class Page extends Guarded {
    constructor() {
      super("page");
      sensitive("page"); // safe: guarded
    }
  }

  new Page();
}

export function field() {
  class Page {
    allowed = isAllowed("user", "page");
    asked = true;

    edit() {
      if (this.asked) {
        sensitive("page"); // finding: unguarded
      }
    }
  }

  new Page().edit();
}

export function fieldSafe() {
  class Page {
    allowed = isAllowed("user", "page");
    asked = true;

    edit() {
      if (this.allowed) {
        sensitive("page"); // safe: guarded
      }
    }
  }

  new Page().edit();
}

export function getter() {
  class Page {
    get allowed() {
      return isAllowed("user", "page") || maybe();
    }
  }

  if (new Page().allowed) {
    sensitive("page"); // finding: unguarded
  }
}

export function getterSafe() {
  class Page {
    get allowed() {
      return isAllowed("user", "page");
    }
  }

  if (new Page().allowed) {
    sensitive("page"); // safe: guarded
  }
}

export function overridden() {
  class Guarded {
    check() {
      requireAllowed("page");
    }

    edit() {
      this.check();
      sensitive("page"); // finding: unguarded
    }
  }

  class Open extends Guarded {
    check() {
      log("open");
    }
  }

  new Open().edit();
}

export function overriddenSafe() {
  class Open {
    check() {
      log("open");
    }

    edit() {
      this.check();
      sensitive("page"); // safe: guarded
    }
  }

  class Guarded extends Open {
    check() {
      requireAllowed("page");
    }
  }

  new Guarded().edit();
}

export function template() {
  class Action {
    run() {
      if (isAllowed("user", "page")) {
        this.act();
      }
    }
  }

  class Edit extends Action {
    act() {
      sensitive("page"); // finding: unguarded
    }
  }

  new Edit().run();
  new Edit().act();
}

export function templateSafe() {
  class Action {
    run() {
      if (isAllowed("user", "page")) {
        this.act();
      }
    }
  }

  class Edit extends Action {
    act() {
      sensitive("page"); // safe: guarded
    }
  }

  new Edit().run();
}

export function staticMethod() {
  class Permissions {
    static demand(text) {
      if (!isSafe(text)) {
        return new Error("thrown");
      }
    }
  }

  const text = source();
  Permissions.demand(text);
  sink(text); // finding: taint {{source() at line @-2}}
}

export function staticMethodSafe() {
  class Permissions {
    static demand(text) {
      if (!isSafe(text)) {
        throw new Error("thrown");
      }
    }
  }

  const text = source();
  Permissions.demand(text);
  sink(text); // safe: guarded
}

export function setter() {
  class Box {
    #text = "constant";

    set text(text) {
      isSafe(text);
      this.#text = text;
    }

    get text() {
      return this.#text;
    }
  }

  const box = new Box();
  box.text = source();
  sink(box.text); // finding: taint {{source() at line @-1}}
}

export function setterSafe() {
  class Box {
    #text = "constant";

    set text(text) {
      assertSafe(text);
      this.#text = text;
    }

    get text() {
      return this.#text;
    }
  }

  const box = new Box();
  box.text = source();
  sink(box.text); // safe: guarded
}

export async function asyncMethod() {
  class Permissions {
    async mayEdit(resource) {
      return await checkAllowed(resource);
    }
  }

  const permissions = new Permissions();
  if (permissions.mayEdit("page")) {
    sensitive("page"); // finding: unguarded
  }
}

export async function asyncMethodSafe() {
  class Permissions {
    async mayEdit(resource) {
      return await checkAllowed(resource);
    }
  }

  const permissions = new Permissions();
  if (await permissions.mayEdit("page")) {
    sensitive("page"); // safe: guarded
  }
}

export function optionalMethod() {
  const permissions = maybe() ? { mayEdit: (resource) => isAllowed("user", resource) } : undefined;
  if (permissions?.mayEdit("page") ?? true) {
    sensitive("page"); // finding: unguarded
  }
}

export function optionalMethodSafe() {
  const permissions = maybe() ? { mayEdit: (resource) => isAllowed("user", resource) } : undefined;
  if (permissions?.mayEdit("page")) {
    sensitive("page"); // safe: guarded
  }
}
