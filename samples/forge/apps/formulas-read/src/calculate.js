const FORMULAS = {
  sum: (values) => values.reduce((total, value) => total + value, 0),
  mean: (values) => FORMULAS.sum(values) / values.length,
  most: (values) => Math.max(...values),
};

export function calculate(formula, values) {
  const run = Object.hasOwn(FORMULAS, formula) ? FORMULAS[formula] : FORMULAS.sum;
  return run(values.map(Number));
}
