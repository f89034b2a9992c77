// Private members belong to their class alone.
class Safe {
  #code = () => {};
  #check() {}
  get #state() {}
  set #state(value) {}
  open() {
    this.#check(); // calls: Safe.#check; not: Vault.#check
    this.#code(); // calls: Safe.#code
    return this.#state;
    //     ^^^^^^^^^^^ calls: Safe.get #state
  }
  close() {
    this.#state = 1;
  //^^^^^^^^^^^^^^^ calls: Safe.set #state
  }
  other(safe) {
    return #check in safe && safe.#check();
    //                       ^^^^^^^^^^^^^ calls: Safe.#check
  }
}
class Vault extends Safe {
  #check() {}
  test() {
    this.#check(); // calls: Vault.#check; not: Safe.#check
  }
}
const safe = new Safe();
safe.open(); // calls: Safe.open
safe.close(); // calls: Safe.close
safe.other(new Vault()); // calls: Safe.other
new Vault().test(); // calls: Vault.test
