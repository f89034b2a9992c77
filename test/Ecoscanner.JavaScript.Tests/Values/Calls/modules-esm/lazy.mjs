export function lazyWork() {}
export function lazyOther() {}
export default function lazyDefault() {}
