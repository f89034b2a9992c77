export type Level = 'debug' | 'info' | 'warn' | 'error';

const ORDER: Level[] = ['debug', 'info', 'warn', 'error'];

let least: Level = 'info';

export function setLevel(level: Level): void {
  least = level;
}

function isShown(level: Level): boolean {
  return ORDER.indexOf(level) >= ORDER.indexOf(least);
}

function shortened(details: Record<string, unknown>): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(details)) {
    shown[name] = String(value).slice(0, 80);
  }
  return shown;
}

export function log(level: Level, message: string, details: Record<string, unknown> = {}): void {
  if (!isShown(level)) {
    return;
  }
  const line = JSON.stringify({ level, message, ...shortened(details) });
  if (level === 'error') {
    console.error(line);
  } else {
    console.log(line);
  }
}

export async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  try {
    return await work();
  } finally {
    log('debug', name, { milliseconds: Date.now() - started });
  }
}
