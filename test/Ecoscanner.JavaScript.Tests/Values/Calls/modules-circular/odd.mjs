import { isEven } from "./even.mjs";
export function isOdd(count) {
  return count !== 0 && isEven(count - 1); // calls: isEven; not: isOdd
}
