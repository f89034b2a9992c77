// Runs functions that were made up, and says in which order their calls of t were evaluated.
// Input: a file with a JSON array of { source, kind, seeds }. Output: a line of JSON for each seed: { events, end }, where an event is
// the call's number times 8 plus what it gave: 0 undefined, 1 null, 2 another falsy value, 3 a truthy one, 4 an exception.
// w, ws and wk give values that end with a number; r is told what is read, and "reads" has pairs of its number and that of the value, or -1.
import { readFileSync } from "node:fs";

const Budget = 60;
const EndlessAfter = 5000;

function randomOf(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let value = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

function tracerOf(random, events) {
  const object = { m: () => (random() < 0.5 ? null : object), k: null };
  object.k = object;
  const isOver = () => events.length > Budget;
  const values = {
    t: () => 1,
    c: () => random() < 0.5,
    n: () => [undefined, null, object, object][Math.floor(random() * 4)],
    v: () => Math.floor(random() * 3),
    l: () => !isOver() && random() < 0.6,
    b: () => isOver() || random() < 0.4,
    a: () => [[], [1, undefined], [[1], undefined, 3]][Math.floor(random() * 3)],
    o: () => ({ a: random() < 0.5 ? undefined : 1, b: [undefined] }),
    p: () => (random() < 0.3 ? Promise.reject(new Error("rejected")) : Promise.resolve(random() < 0.5)),
    u: () => ({ [Symbol.dispose]() {} }),
  };
  return (number, kind) => {
    if (events.length > EndlessAfter) {
      throw new Error("endless");
    }

    if (kind === "x" && random() < 0.3) {
      events.push(number * 8 + 4);
      throw new Error("made up");
    }

    const value = (values[kind] ?? values.t)();
    if (kind === "p") {
      value.catch(() => {});
    }

    events.push(number * 8 + (value === undefined ? 0 : value === null ? 1 : value ? 3 : 2));
    return value;
  };
}

function drive(generator, random) {
  for (let step = 0; step < 40; step++) {
    const choice = random();
    const given = random() < 0.5;
    const answer = choice < 0.8 ? generator.next(given) : choice < 0.9 ? generator.return(1) : generator.throw(new Error("thrown in"));
    if (answer.done) {
      return "returned";
    }
  }

  return "abandoned";
}

const written = (number) => `;${number}`;
const many = (number) => [written(number), written(number)];
const keyed = (number) => ({ [written(number)]: 1 });

async function run(make, kind, seed) {
  const events = [];
  const reads = [];
  const random = randomOf(seed);
  const read = (number, value) => {
    reads.push([number, typeof value === "string" ? Number(value.slice(value.lastIndexOf(";") + 1)) : -1]);
    return random() < 0.5;
  };
  const made = make(tracerOf(random, events), written, many, keyed, read);
  let end;
  try {
    if (kind === "generator") {
      end = drive(made(), random);
    } else {
      await made();
      end = "returned";
    }
  } catch {
    end = "threw";
  }

  return { events, end, reads };
}

const lines = [];
for (const { source, kind, seeds } of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  const make = new Function("t", "w", "ws", "wk", "r", `return ${source}`);
  for (const seed of seeds) {
    lines.push(JSON.stringify(await run(make, kind, seed)));
  }
}

process.stdout.write(lines.join("\n") + "\n");
