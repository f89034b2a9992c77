// What the cases may use; test/node/taint-cases.mjs provides it.
/** What an attacker sends; a \u2620 in it stands for what the attacker chooses. */
declare function source(sent?: string): string;
/** An object whose keys and values, however deep, an attacker sends. */
declare function sourceObject(): any;
/** A text that no attacker chose. */
declare function trusted(): string;
/** A copy that is safe. */
declare function sanitize(value: unknown): string;
/** Must not be reached by what is not safe. */
declare function sink(value: unknown): void;
declare function isSafe(value: unknown): boolean;
/** Throws where the value is not safe. */
declare function assertSafe(value: unknown): void;
/** Must not be reached where the resource is not allowed. */
declare function sensitive(resource: string): void;
declare function isAllowed(user: string, resource: string): boolean;
declare function checkAllowed(resource: string): Promise<boolean>;
/** Throws where the resource is not allowed. */
declare function requireAllowed(resource: string): void;
/** Rejects where the resource is not allowed. */
declare function ensureAllowed(resource: string): Promise<void>;
/** True or false, and nobody knows. */
declare function maybe(): boolean;
/** Throws or not, and nobody knows. */
declare function mayThrow(): void;
/** Harmless. */
declare function log(value?: unknown): void;
