// What only TypeScript has, and what it erases.

enum Kind {
  First = "first",
  Second = "second",
}

namespace Texts {
  export const constant = "constant";
  export function keep(text: string): string {
    return text;
  }
}

interface Box {
  readonly text: string;
  readonly other?: string;
}

export function asserted(): void {
  const text = source() as unknown as string;
  sink(text); // finding: taint {{source() at line @-1}}
  //   ^^^^
}

export function assertedSafe(): void {
  const text = sanitize(source()) as unknown as string;
  sink(text); // safe: sanitized
}

export function nonNull(): void {
  const box: Box | null = maybe() ? { text: source() } : null;
  sink(box?.text!); // finding: taint {{source() at line @-1}}
  //   ^^^^^^^^^^
}

export function nonNullSafe(): void {
  const box: Box | null = maybe() ? { text: source(), other: "constant" } : null;
  sink(box?.other!); // safe: other-member
}

export function satisfied(): void {
  const box = { text: source(), other: "constant" } satisfies Box;
  sink(box.text); // finding: taint {{source() at line @-1}}
  //   ^^^^^^^^
}

export function satisfiedSafe(): void {
  const box = { text: source(), other: "constant" } satisfies Box;
  sink(box.other); // safe: other-member
}

export function enumKey(): void {
  const table: Record<string, string> = { [Kind.First]: source(), [Kind.Second]: "constant" };
  sink(table[Kind.First]); // finding: taint {{source() at line @-1}}
  //   ^^^^^^^^^^^^^^^^^
}

export function enumKeySafe(): void {
  const table: Record<string, string> = { [Kind.First]: source(), [Kind.Second]: "constant" };
  sink(table[Kind.Second]); // safe: other-member
}

export function enumSwitch(): void {
  const pick = (kind: Kind): string => {
    switch (kind) {
      case Kind.First:
        return source();
      case Kind.Second:
        return "constant";
    }
  };
  sink(pick(maybe() ? Kind.First : Kind.Second)); // finding: taint {{source() at line @-5}}
  //   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
}

export function enumSwitchSafe(): void {
  const pick = (kind: Kind): string => {
    switch (kind) {
      case Kind.First:
        return "first";
      case Kind.Second:
        return "constant";
    }
  };
  log(source());
  sink(pick(maybe() ? Kind.First : Kind.Second)); // safe: constant
}

export function inNamespace(): void {
  sink(Texts.keep(source())); // finding: taint
  //   ^^^^^^^^^^^^^^^^^^^^
}

export function inNamespaceSafe(): void {
  log(source());
  sink(Texts.keep(Texts.constant)); // safe: constant
}

export function parameterProperty(): void {
  class Holder {
    constructor(
      readonly text: string,
      private readonly other: string,
    ) {}

    read(): string {
      return this.text;
    }

    readOther(): string {
      return this.other;
    }
  }

  sink(new Holder(source(), "constant").read()); // finding: taint
  //   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
}

export function parameterPropertySafe(): void {
  class Holder {
    constructor(
      readonly text: string,
      private readonly other: string,
    ) {}

    read(): string {
      return this.text;
    }

    readOther(): string {
      return this.other;
    }
  }

  sink(new Holder(source(), "constant").readOther()); // safe: other-member
}

export function abstractMethod(): void {
  abstract class Base {
    abstract read(): string;

    show(): void {
      sink(this.read()); // finding: taint {{source() at line @+7}}
      //   ^^^^^^^^^^^
    }
  }

  class Derived extends Base {
    override read(): string {
      return source();
    }
  }

  new Derived().show();
}

export function abstractMethodSafe(): void {
  abstract class Base {
    abstract read(): string;

    show(): void {
      sink(this.read()); // safe: sanitized
    }
  }

  class Derived extends Base {
    override read(): string {
      return sanitize(source());
    }
  }

  new Derived().show();
}

export function generic(): void {
  function same<T>(value: T): T {
    return value;
  }

  same<string>("constant");
  sink(same<string>(source())); // finding: taint
  //   ^^^^^^^^^^^^^^^^^^^^^^
}

export function genericSafe(): void {
  function same<T>(value: T): T {
    return value;
  }

  same<string>(source());
  sink(same<string>("constant")); // safe: other-context
}

export function overloaded(): void {
  function read(kind: "a"): string;
  function read(kind: "b", text: string): string;
  function read(kind: string, text = "constant"): string {
    return kind + text;
  }

  sink(read("b", source())); // finding: taint
  //   ^^^^^^^^^^^^^^^^^^^
}

export function overloadedSafe(): void {
  function read(kind: "a"): string;
  function read(kind: "b", text: string): string;
  function read(kind: string, text = "constant"): string {
    return kind + text;
  }

  read("b", source());
  sink(read("a")); // safe: other-context
}
