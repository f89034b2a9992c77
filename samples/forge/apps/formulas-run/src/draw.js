import { execSync } from 'node:child_process';

export function draw(formula, size) {
  return execSync(`tex2svg --ex ${size} "${formula}"`).toString();
}
