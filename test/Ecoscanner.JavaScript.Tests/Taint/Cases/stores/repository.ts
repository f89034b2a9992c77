export class Repository<T> {
  private readonly items = new Map<string, T>();

  save(key: string, item: T): void {
    this.items.set(key, item);
  }

  find(key: string): T | undefined {
    return this.items.get(key);
  }
}
