// Functions that are thrown, and what runs on the way out.
function first() {}
function second() {}
function fail(work) {
  throw { work };
}
try {
  fail(first); // calls: fail
} catch (error) {
  error.work(); // calls: first; not: second
} finally {
  second(); // calls: second; not: first
}
class Problem extends Error {
  constructor(message, solve) {
    super(message); // calls: nothing
    this.solve = solve;
  }
  report() {
    return this.solve(); // calls: second; not: first
  }
}
function risky() {
  throw new Problem("no", second); // calls: Problem.constructor
}
try {
  risky(); // calls: risky
} catch (problem) {
  if (problem instanceof Problem) problem.report(); // calls: Problem.report
}
function passed() {
  try {
    risky();
  } finally {
    first(); // calls: first
  }
}
try {
  passed();
} catch ({ solve }) {
  solve(); // calls: second; not: first
}
function chooses() {
  try {
    return first;
  } finally {
    second(); // calls: second
  }
}
chooses()(); // calls: first; not: second
try {
  null.work(); // calls: nothing
} catch (error) {
  error.work?.(); // calls: nothing; not: first
}
