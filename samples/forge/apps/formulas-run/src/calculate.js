export function calculate(formula, values) {
  const run = new Function('values', `return ${formula}`);
  return run(values);
}
