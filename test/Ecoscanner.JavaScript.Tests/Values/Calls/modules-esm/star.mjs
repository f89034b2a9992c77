export function fromStar() {}
export const deep = { inner: /* deepInner */ () => {} };
export default function unseen() {}
