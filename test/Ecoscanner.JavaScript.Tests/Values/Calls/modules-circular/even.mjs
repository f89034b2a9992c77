import { isOdd } from "./odd.mjs";
export function isEven(count) {
  return count === 0 || isOdd(count - 1); // calls: isOdd; not: isEven
}
