// Keeps what Atlassian Connect Express wants to keep, in memory: its own adapters need native modules or a database server.
// The interface is the one of its redis adapter, without what only Forge apps use.
class MemoryStore {
  #values = new Map();

  async get(key, clientKey) {
    return this.#values.get(slot(key, clientKey)) ?? null;
  }

  async set(key, value, clientKey) {
    this.#values.set(slot(key, clientKey), value);
    return value;
  }

  async del(key, clientKey) {
    this.#values.delete(slot(key, clientKey));
  }

  async saveInstallation(settings, clientKey) {
    return this.set("clientInfo", settings, clientKey);
  }

  // In the order of installation.
  async getAllClientInfos() {
    return [...this.#values].filter(([name]) => name.startsWith("clientInfo\n")).map(([, settings]) => settings);
  }

  isMemoryStore() {
    return true;
  }
}

const slot = (key, clientKey) => `${key}\n${clientKey}`;

module.exports = { MemoryStore };
