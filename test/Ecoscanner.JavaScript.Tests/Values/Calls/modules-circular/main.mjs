// Modules that need each other.
import { isEven } from "./even.mjs";
import { start } from "./parent.mjs";
isEven(3); // calls: isEven; not: isOdd
start(); // calls: start; not: registry.finish
