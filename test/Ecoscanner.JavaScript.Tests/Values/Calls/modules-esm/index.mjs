export * from "./star.mjs";
export { named as passedOn } from "./library.mjs";
export * as space from "./library.mjs";
import { deep } from "./star.mjs";
const { inner } = deep;
export { inner };
