// Enumerations and namespaces.
enum Action {
  Open = "open",
  Close = "close",
}
enum Level {
  Low,
  High = compute(),
  //     ^^^^^^^^^ calls: compute
}
const enum Size {
  Small = "small",
}
function compute(): number {
  return 5;
}
function open(): void {}
function close(): void {}
function small(): void {}

const handlers: Record<string, () => void> = {
  [Action.Open]: open,
  [Action.Close]: close,
};
handlers[Action.Open]!(); // calls: open; not: close
handlers["close"]!(); // calls: close; not: open
const byLevel = { [Level.Low]: open, 7: close };
byLevel[Level.Low](); // calls: open; not: close
byLevel[0](); // calls: open
const bySize = { [Size.Small]: small };
bySize[Size.Small](); // calls: small
function handle(action: Action): void {
  handlers[action]!(); // calls: open, close; not: small
}
handle(Action.Open); // calls: handle
handle(Action.Close); // calls: handle
for (const action of Object.values(Action)) {
  handlers[action]!(); // calls: open, close; not: small
}

namespace Tools {
  export function sharpen(): void {
    hide(); // calls: hide
  }
  function hide(): void {}
  export const polish = (): void => sharpen(); // calls: sharpen
  export namespace Deep {
    export class Drill {
      turn(): void {}
    }
  }
}
namespace Tools {
  export function late(): void {
    sharpen(); // calls: sharpen; not: late
  }
}
Tools.sharpen(); // calls: sharpen
Tools.polish(); // calls: polish; not: sharpen
Tools.late(); // calls: late
new Tools.Deep.Drill().turn(); // calls: Drill.turn
import Drill = Tools.Deep.Drill;
new Drill().turn(); // calls: Drill.turn
function host(): void {}
namespace host {
  export const guest = (): void => {};
}
host(); // calls: host
host.guest(); // calls: guest; not: host
export {};
