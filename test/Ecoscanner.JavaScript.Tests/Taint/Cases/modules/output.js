export const show = {
  raw(text) {
    sink(text); // finding: taint
  },
  clean(text) {
    sink(sanitize(text)); // safe: sanitized
  },
};
