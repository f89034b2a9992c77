const LIFE = 60_000;

export class Cache {
  constructor(load, life = LIFE) {
    this.load = load;
    this.life = life;
    this.entries = new Map();
  }

  async get(key) {
    const known = this.entries.get(key);
    if (known && known.until > Date.now()) {
      return known.value;
    }
    const value = await this.load(key);
    this.entries.set(key, { value, until: Date.now() + this.life });
    return value;
  }

  forget(key) {
    this.entries.delete(key);
  }

  get size() {
    return this.entries.size;
  }
}

export function once(work) {
  let result;
  let done = false;
  return (...args) => {
    if (!done) {
      result = work(...args);
      done = true;
    }
    return result;
  };
}
