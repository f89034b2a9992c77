// Guards, effects and those who forget the one before the other, in three modules.
import { demand, mayEdit, mayRead } from "./permissions.js";
import { edit, editUnasked, handlers } from "./pages.js";

export function answer(): void {
  if (mayRead("page")) {
    sensitive("page"); // finding: unguarded
  }
}

export function answerSafe(): void {
  if (mayEdit("page")) {
    sensitive("page"); // safe: guarded
  }
}

export async function demanded(): Promise<void> {
  void demand("page").catch(log);
  sensitive("page"); // finding: unguarded
}

export async function demandedSafe(): Promise<void> {
  await demand("page");
  sensitive("page"); // safe: guarded
}

export function elsewhere(): void {
  editUnasked("page");
}

export function elsewhereSafe(): void {
  if (mayEdit("page")) {
    edit("page");
  }
}

export function handler(): void {
  handlers.open();
}

export function handlerSafe(): void {
  handlers.guarded();
}
