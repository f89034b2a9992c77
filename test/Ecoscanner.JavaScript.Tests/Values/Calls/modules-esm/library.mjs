export default function standard() {}
export function named() {
  hidden(); // calls: hidden
}
function hidden() {}
function original() {}
export { original as renamed };
export class Helper {
  help() {
    return named(); // calls: named; not: hidden
  }
}
export let late = {};
late.work = function set() {};
