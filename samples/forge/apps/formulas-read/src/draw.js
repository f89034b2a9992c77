import { execFileSync } from 'node:child_process';

export function draw(formula, size) {
  return execFileSync('tex2svg', ['--ex', String(Number(size)), '--', formula]).toString();
}
