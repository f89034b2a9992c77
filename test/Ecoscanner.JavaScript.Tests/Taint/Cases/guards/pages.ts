import { guarded } from "./permissions.js";

export function edit(resource: string): void {
  sensitive(resource); // safe: guarded
}

export function editUnasked(resource: string): void {
  sensitive(resource); // finding: unguarded
}

export const handlers = {
  open: (): void => {
    sensitive("page"); // finding: unguarded
  },
  guarded: guarded("page", () => {
    sensitive("page"); // safe: guarded
  }),
};
