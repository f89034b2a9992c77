// State that modules share.
import { put, store, take } from "./store.js";
import { Repository } from "./repository.js";

export function variable(): void {
  put(source());
  sink(take()); // finding: taint {{source() at line @-1}}
}

export function variableSafe(): void {
  store.text = source();
  sink(store.other); // safe: other-member
}

export function object(): void {
  store.text = source();
  sink(store.text); // finding: taint {{source() at line @-1}}
}

export function objectSafe(): void {
  store.text = source();
  sink(store.count); // safe: other-member
}

export function instance(): void {
  const repository = new Repository<string>();
  repository.save("a", source());
  sink(repository.find("a")); // finding: taint {{source() at line @-1}}
}

export function instanceSafe(): void {
  const repository = new Repository<string>();
  new Repository<string>().save("a", source());
  repository.save("a", "constant");
  sink(repository.find("a")); // safe: other-context
}
