let kept: string | undefined = "constant";

export function put(text: string): void {
  kept = text;
}

export function take(): string | undefined {
  return kept;
}

export const store: { text?: string; readonly other: string; readonly count: number } = { other: "constant", count: 1 };
