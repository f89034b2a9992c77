export const mayEdit = (resource: string): boolean => isAllowed("user", resource);

export const mayRead = (resource: string): boolean => resource === "page" || isAllowed("user", resource);

export async function demand(resource: string): Promise<void> {
  if (!(await checkAllowed(resource))) {
    throw new Error("thrown");
  }
}

export const guarded = (resource: string, handler: () => void) => (): void => {
  requireAllowed(resource);
  handler();
};
