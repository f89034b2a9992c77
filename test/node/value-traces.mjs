// Runs programs that were made up, and says what was seen: which functions each place called, what each expression was, which sources reached which sinks.
// Input: a file with a JSON array of { files, entry, environments, checked }: texts by name (.mjs or .cjs), where to begin, a seed of pick() for each run,
// and whether to see that it does the same untraced.
// Output: a line of JSON for each program: { calls, values, taint, ends, steps } or { failed }; places are [file, start, end].
// Needs --experimental-vm-modules.
import { readFileSync } from "node:fs";
import vm from "node:vm";
import { Instrumented } from "./value-traces-instrument.mjs";

// A program that enters more functions and loops than this goes on without end, or nearly; what was seen until then stands.
const MaximumSteps = 3000;
const MaximumText = 100;
const MaximumValues = 40;
const Mark = "\u2620";

function randomOf(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let value = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

/** What was seen of one program, in all of its runs. */
class Facts {
  calls = new Map();
  values = new Map();
  taint = new Set();
  steps = 0;

  add(map, key, value) {
    let set = map.get(key);
    if (set === undefined) {
      map.set(key, (set = new Set()));
    }

    if (set.size < MaximumValues) {
      set.add(value);
    }
  }
}

const textOf = Function.prototype.toString;

// The first remark in the text of a function is its number; a native or a bound one has none.
const numberOf = (value) => /\/\*\$(\d+)\*\//.exec(textOf.call(value))?.[1];

/**
 * What the instrumented code calls. `current` is the place that is calling something right now, 0 while a function of the program itself runs:
 * it is set when all operands are evaluated, a function keeps what it found and puts it back when it is left or suspended.
 */
function runtimeOf(facts, context, instrumented) {
  let current = 0;
  let steps = 0;
  let random;
  let log;
  let sources;
  const functions = new WeakMap();

  const kindOf = (value) => {
    switch (typeof value) {
      case "string":
        return value.length > MaximumText ? null : `s${value}`;
      case "number":
        return `n${Object.is(value, -0) ? "-0" : value}`;
      case "boolean":
        return `b${value}`;
      case "bigint":
        return `i${value}`;
      case "undefined":
        return "u";
      case "symbol":
        return "y";
      case "function": {
        let known = functions.get(value);
        if (known === undefined) {
          known = `f${numberOf(value) ?? ""}`;
          functions.set(value, known);
        }

        return known;
      }

      default:
        return value === null ? "l" : "o";
    }
  };

  const saw = (place, value) => {
    const kind = kindOf(value);
    if (kind !== null) {
      facts.add(facts.values, place, kind);
    }
  };

  const step = () => {
    facts.steps++;
    if (++steps > MaximumSteps) {
      throw new Error("too many steps");
    }
  };

  const entered = (id) => {
    if (current > 0) {
      facts.add(facts.calls, current, id);
    }
  };

  const nothing = [];
  const at = (site, value) => {
    current = site;
    return value;
  };

  const globals = {
    // A value is seen; where something was called for it, that is over.
    $v: (place, value) => (saw(place, value), value),
    $l: (place, value) => ((current = 0), saw(place, value), value),
    // All operands are evaluated: the site is the next to call. The first goes as a last, empty argument.
    $e: (site) => ((current = site), nothing),
    $q: at,
    $k: at,
    $0: () => {
      current = 0;
    },
    // A function is entered, left, suspended, gone on with; -1 is the caller of a suspended generator.
    $f(id) {
      const caller = current;
      entered(id);
      current = 0;
      step();
      return caller;
    },
    $n: step,
    $g: (id) => (entered(id), step(), "length"),
    $t() {
      const caller = current;
      current = 0;
      return caller;
    },
    $x(caller) {
      if (caller !== -1) {
        current = caller;
      }
    },
    $w: (value, caller) => at(caller, value),
    $c(caller) {
      const found = caller === -1 ? current : caller;
      current = 0;
      return found;
    },
    $h: (caller, value) => at(caller, value),
    // Iteration: what is built in calls nothing of the program.
    $it(site, value) {
      if (isPlain(value)) {
        return value;
      }

      current = site;
      const items = [...value];
      current = 0;
      return items;
    },
    $iter(site, value) {
      if (isPlain(value)) {
        return value;
      }

      const during = (action) => {
        current = site;
        const given = action();
        current = 0;
        return given;
      };
      return {
        [Symbol.iterator]() {
          const iterator = during(() => value[Symbol.iterator]());
          const next = iterator.next;
          return {
            next: () => during(() => next.call(iterator)),
            return: () => during(() => (iterator.return === undefined ? {} : iterator.return())),
          };
        },
      };
    },
    pick(count) {
      const picked = Math.floor(random() * count);
      log.push(picked);
      return picked;
    },
    source: () => `${Mark}${String(sources.push(current) - 1).padStart(4, "0")}`,
    sink(value) {
      log.push(typeof value === "string" ? value : typeof value);
      if (typeof value === "string" && current > 0) {
        for (const [, number] of value.matchAll(/\u2620(\d{4})/g)) {
          if (sources[Number(number)] > 0) {
            facts.taint.add(`${sources[Number(number)]} ${current}`);
          }
        }
      }
    },
  };

  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(context, name, { value, enumerable: false });
  }

  // What a function says of itself is what was written.
  Object.defineProperty(vm.runInContext("Function.prototype", context), "toString", {
    value: function () {
      const number = numberOf(this);
      return number === undefined ? textOf.call(this) : instrumented.textOf(number);
    },
    writable: true,
    configurable: true,
  });

  // A callback of a promise is called from nowhere: let it be where it was given.
  const prototype = vm.runInContext("Promise.prototype", context);
  const then = prototype.then;
  Object.defineProperty(prototype, "then", {
    value: function (onFulfilled, onRejected) {
      const site = current;
      const calling = (callback) =>
        typeof callback !== "function"
          ? callback
          : (value) => {
              current = site;
              try {
                return callback(value);
              } finally {
                current = 0;
              }
            };
      return then.call(this, calling(onFulfilled), calling(onRejected));
    },
    writable: true,
    configurable: true,
  });
  return {
    /** Another run begins; what it does is written to the log. */
    begin(seed) {
      current = 0;
      steps = 0;
      random = randomOf(seed);
      log = [];
      sources = [];
      for (const name of Object.keys(context)) {
        delete context[name];
      }

      return log;
    },
  };
}

const isPlain = (value) => Array.isArray(value) || typeof value === "string" || value === null || value === undefined || typeof value !== "object";

async function runModules(context, program, codes) {
  const modules = new Map();
  const moduleOf = (name) => {
    if (!modules.has(name)) {
      modules.set(name, new vm.SourceTextModule(codes.get(name), { context, identifier: name }));
    }

    return modules.get(name);
  };
  const entry = moduleOf(program.entry);
  await entry.link((specifier) => moduleOf(specifier.replace("./", "")));
  await entry.evaluate();
}

function runCommonJs(context, program, codes) {
  const modules = new Map();
  const require = (specifier) => {
    const name = specifier.replace("./", "");
    if (modules.has(name)) {
      return modules.get(name).exports;
    }

    const module = { exports: vm.runInContext("({})", context) };
    modules.set(name, module);
    const make = vm.runInContext(`(function (exports, require, module) {${codes.get(name)}\n})`, context, { filename: name });
    make.call(module.exports, module.exports, require, module);
    return module.exports;
  };
  require(program.entry);
}

async function run(program, codes, context) {
  try {
    if (program.entry.endsWith(".mjs")) {
      await runModules(context, program, codes);
    } else {
      runCommonJs(context, program, codes);
    }

    await new Promise(setImmediate);
    return "ok";
  } catch (error) {
    await new Promise(setImmediate);
    return `${error?.message ?? error}`;
  }
}

/** Throws where a file isn't a program; what a program throws while it runs, `JSON.parse` included, is its own affair. */
function check(program, codes, context) {
  for (const [name, code] of codes) {
    if (program.entry.endsWith(".mjs")) {
      new vm.SourceTextModule(code, { context, identifier: name });
    } else {
      new vm.Script(`(function (exports, require, module) {${code}\n})`, { filename: name });
    }
  }
}

const isOver = (end) => /too many steps|call stack/.test(end);

/** Runs a program for each seed, the first time also as it was written: it does the same. */
async function observe(program) {
  const instrumented = new Instrumented(program.files);
  const facts = new Facts();
  const context = vm.createContext({});
  const runtime = runtimeOf(facts, context, instrumented);
  const ends = [];
  check(program, instrumented.codes, context);
  for (const seed of program.environments) {
    const log = runtime.begin(seed);
    ends.push(await run(program, instrumented.codes, context));
    if (program.checked && ends.length === 1 && !isOver(ends[0]) && facts.steps < MaximumSteps) {
      const expected = runtime.begin(seed);
      await run(program, new Map(Object.entries(program.files)), context);
      if (JSON.stringify(expected) !== JSON.stringify(log)) {
        throw new Error(`it does something else when it is traced: ${JSON.stringify(expected)} became ${JSON.stringify(log)}`);
      }
    }
  }

  return lineOf(program, instrumented, facts, ends);
}

function lineOf(program, { places }, facts, ends) {
  const where = (place) => places[place].slice(0, 3);
  return JSON.stringify({
    calls: [...facts.calls].map(([site, targets]) => ({ site: where(site), kind: places[site][3], targets: [...targets].map(where) })),
    values: [...facts.values].map(([place, values]) => ({
      at: where(place),
      seen: [...values].map((value) => (/^f\d/.test(value) ? `f${where(value.slice(1)).join(":")}` : value)),
    })),
    taint: [...facts.taint].map((pair) => pair.split(" ").map(where)),
    ends,
    steps: facts.steps,
  });
}

process.on("unhandledRejection", () => {});
const lines = [];
for (const program of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  try {
    lines.push(await observe(program));
  } catch (error) {
    // The program is wrong, or what traces it.
    lines.push(JSON.stringify({ failed: error.stack }));
  }
}

process.stdout.write(lines.join("\n") + "\n");
