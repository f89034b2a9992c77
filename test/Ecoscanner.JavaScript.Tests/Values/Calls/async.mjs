// Functions that wait.
const log = () => {};
const warn = () => {};

async function load(work) {
  await null;
  return work(); // calls: log, warn
}
await load(log); // calls: load; not: log
load(warn).then(/* loaded */ () => {}); // calls: loaded; not: warn

class Client {
  #send;
  constructor(send) {
    this.#send = send;
  }
  async get() {
    const answer = await this.#send(); // calls: sendFast, viaSlow; not: log
    return answer;
  }
  async retry(count) {
    try {
      return await this.get(); // calls: Client.get
    } catch {
      return count > 0 ? this.retry(count - 1) : null;
      //                 ^^^^^^^^^^^^^^^^^^^^^ calls: Client.retry
    }
  }
}
const sendFast = async () => log;
const sendSlow = () => new Promise((resolve) => setTimeout(() => resolve(warn), 1));
let failing = true;
const client = new Client(sendFast); // calls: Client.constructor; not: sendFast
(await client.get())(); // calls: log; may: warn; not: sendFast
const slow = new Client(/* viaSlow */ () => {
  if ((failing = !failing) === false) throw new Error("not yet");
  return sendSlow(); // calls: sendSlow; not: sendFast
});
await slow.retry(1); // calls: Client.retry

const queue = [];
const enqueue = (task) => new Promise((resolve) => queue.push({ task, resolve }));
const done = enqueue(/* queued */ async () => log); // calls: enqueue
for (const { task, resolve } of queue) {
  resolve(await task()); // calls: nothing
  //            ^^^^^^ calls: queued
}
(await done)(); // calls: log; may: warn

async function* pages() {
  yield log;
  yield* [warn];
}
for await (const page of pages()) {
  page(); // calls: log, warn
}
const iterator = pages();
const { value } = await iterator.next();
value(); // calls: log; may: warn
const first = async ([step]) => step(); // calls: warn; not: log
await first([warn]);
const chain = [log, warn].reduce((before, step) => before.then(step), Promise.resolve());
//                                                 ^^^^^^^^^^^^^^^^^ calls: log, warn
await chain;
await Promise.all([log, warn].map(/* start */ async (step) => step())); // calls: nothing
//                                                            ^^^^^^ calls: log, warn
const timeout = await Promise.race([new Promise((resolve) => setTimeout(resolve, 1, warn)), log]);
timeout(); // calls: log; may: warn, unknown
