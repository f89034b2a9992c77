import { child } from "./child.cjs";
export { child as start };
