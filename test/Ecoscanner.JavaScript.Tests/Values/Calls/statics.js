// Members of the classes themselves.
class Registry {
  static items = [];
  static find() {
    return this.make(); // calls: Registry.static make, Special.static make
  }
  static make() {}
  static now = () => {};
  static #secret() {}
  static open() {
    Registry.#secret(); // calls: Registry.static #secret
  }
  static get size() {
    return 0;
  }
  find() {}
}
class Special extends Registry {
  static make() {}
}

Registry.find(); // calls: Registry.static find; not: Registry.find
Special.find(); // calls: Registry.static find
Special.make(); // calls: Special.static make; not: Registry.static make
Registry.now(); // calls: Registry.static now
Special.now(); // calls: Registry.static now
Registry.open(); // calls: Registry.static open
new Registry().find(); // calls: Registry.find; not: Registry.static find
  Registry.size;
//^^^^^^^^^^^^^ calls: Registry.static get size
Registry.later = function () {};
Registry.later(); // calls: Registry.later
Special.later(); // calls: Registry.later
