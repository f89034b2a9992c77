// Guards with types around them.

type Answer = { readonly ok: true } | { readonly ok: false; readonly reason: string };

export function predicate(): void {
  const isText = (value: unknown): value is string => typeof value === "string";
  const text: unknown = source();
  if (isText(text)) {
    sink(text); // finding: taint {{source() at line @-2}}
  }
}

export function predicateSafe(): void {
  const isText = (value: unknown): value is string => isSafe(value);
  const text: unknown = source();
  if (isText(text)) {
    sink(text); // safe: guarded
  }
}

export function assertion(): void {
  function assertText(value: unknown): asserts value is string {
    if (typeof value !== "string") {
      throw new Error("thrown");
    }
  }

  const text: unknown = source();
  assertText(text);
  sink(text); // finding: taint {{source() at line @-2}}
}

export function assertionSafe(): void {
  function assertText(value: unknown): asserts value is string {
    if (!isSafe(value)) {
      throw new Error("thrown");
    }
  }

  const text: unknown = source();
  assertText(text);
  sink(text); // safe: guarded
}

export function union(): void {
  const ask = (resource: string): Answer => (isAllowed("user", resource) ? { ok: true } : { ok: false, reason: "denied" });
  const answer = ask("page");
  if (!answer.ok) {
    log(answer.reason);
  }

  sensitive("page"); // finding: unguarded
}

export function unionSafe(): void {
  const ask = (resource: string): Answer => (isAllowed("user", resource) ? { ok: true } : { ok: false, reason: "denied" });
  const answer = ask("page");
  if (!answer.ok) {
    return;
  }

  sensitive("page"); // safe: guarded
}

export function asserted(): void {
  const text = source();
  if (isSafe as unknown as boolean) {
    sink(text!); // finding: taint {{source() at line @-2}}
  }
}

export function assertedSafe(): void {
  const text = source();
  if (isSafe(text as string) as boolean) {
    sink(text!); // safe: guarded
  }
}

export async function service(): Promise<void> {
  class Service {
    constructor(private readonly resource: string) {}

    async edit(): Promise<void> {
      void ensureAllowed(this.resource);
      sensitive(this.resource); // finding: unguarded
    }
  }

  await new Service("page").edit();
}

export async function serviceSafe(): Promise<void> {
  class Service {
    constructor(private readonly resource: string) {}

    async edit(): Promise<void> {
      await ensureAllowed(this.resource);
      sensitive(this.resource); // safe: guarded
    }
  }

  await new Service("page").edit();
}

export function enumOfRoles(): void {
  enum Role {
    Reader,
    Editor,
  }

  const roleOf = (resource: string): Role => (isAllowed("user", resource) ? Role.Editor : Role.Reader);
  if (roleOf("page") >= Role.Reader) {
    sensitive("page"); // finding: unguarded
  }
}

export function enumOfRolesSafe(): void {
  enum Role {
    Reader,
    Editor,
  }

  const roleOf = (resource: string): Role => (isAllowed("user", resource) ? Role.Editor : Role.Reader);
  if (roleOf("page") === Role.Editor) {
    sensitive("page"); // safe: guarded
  }
}
