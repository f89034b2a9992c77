// Promises run what is handed to them, and hand on what it gives.
const work = () => {};
const other = () => {};

Promise.resolve(1).then(work); // calls: work; not: other
Promise.resolve(1).then(/* good */ () => {}, /* bad */ () => {}); // calls: good, bad; unrun: bad
Promise.reject(1).catch(/* caught */ () => {}); // calls: caught
Promise.resolve(1).finally(/* last */ () => {}); // calls: last
new Promise(/* executor */ (resolve) => resolve(work)).then(/* visit */ (given) => given()); // calls: visit
//                                                                                 ^^^^^^^ calls: work; not: other
new Promise(/* start */ (resolve) => setTimeout(resolve, 1)); // calls: start

const handed = await Promise.resolve(work);
handed(); // calls: work; not: other
Promise.resolve(other).then(/* visit2 */ (given) => given()); // calls: visit2
//                                                  ^^^^^^^ calls: other; not: work
Promise.resolve().then(() => work).then(/* visit3 */ (given) => given()); // calls: visit3
//                                                              ^^^^^^^ calls: work
Promise.resolve().then(() => Promise.resolve(other)).then(/* visit4 */ (given) => given()); // calls: visit4
//                                                                                ^^^^^^^ calls: other
Promise.reject(work).catch(/* visit5 */ (given) => given()); // calls: visit5
//                                                 ^^^^^^^ calls: work
Promise.resolve(work).finally(() => other).then(/* visit6 */ (given) => given()); // calls: visit6
//                                                                      ^^^^^^^ calls: work; not: other

const all = await Promise.all([Promise.resolve(work), other]);
all[0](); // calls: work; may: other
const [first, second] = await Promise.all([work, Promise.resolve(other)]);
second(); // calls: other; may: work
const settled = await Promise.allSettled([work]);
settled[0].value(); // calls: work; not: other
(await Promise.race([work]))(); // calls: work
(await Promise.any([other]))(); // calls: other; not: work

async function load() {
  return work;
}
async function fail() {
  throw other;
}
(await load())(); // calls: work; not: load
load().then(/* visit7 */ (given) => given()); // calls: visit7
//                                  ^^^^^^^ calls: work
const loaded = await load(); // calls: load
loaded(); // calls: work
try {
  await fail();
} catch (thrown) {
  thrown(); // calls: other; not: work
}

const thenable = {
  then(resolve) {
    resolve(work);
  },
};
const got = await thenable;
//          ^^^^^^^^^^^^^^ calls: thenable.then
got(); // calls: work
Promise.resolve(thenable); // calls: thenable.then

const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));
wait(1).then(work); // calls: work
const steps = [async () => work, async () => other];
for (const step of steps) {
  const done = await step();
  done(); // calls: work, other
}

async function* produce() {
  yield work;
}
for await (const item of produce()) {
//                       ^^^^^^^^^ calls: produce
  item(); // calls: work
}
for await (const item of [load()]) {
  item(); // calls: work; not: load
}

const { promise, resolve } = (() => {
  let settle;
  return { promise: new Promise((given) => (settle = given)), resolve: (value) => settle(value) };
})();
resolve(other);
(await promise)(); // calls: other; not: work
const each = [1].map(/* each */ async () => {}); // calls: each
await Promise.all(each); // calls: nothing
