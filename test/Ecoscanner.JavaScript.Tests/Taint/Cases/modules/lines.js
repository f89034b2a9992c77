export { twice } from "./deeper.js";

export default function read() {
  return source();
}

export const keep = (text) => text;

export function clean(text) {
  return sanitize(text);
}
