import { answerOf } from './errors';
import { log, timed } from './log';

export interface Request {
  payload: Record<string, any>;
  context: Record<string, any>;
}

export type Handler = (request: Request) => Promise<unknown>;

// What every function of a resolver is wrapped in.
export function handled(name: string, handler: Handler): Handler {
  return async (request) => {
    try {
      return await timed(name, () => handler(request));
    } catch (error) {
      log('error', name, { error: String(error) });
      return answerOf(error);
    }
  };
}

export function required(payload: Record<string, any>, ...names: string[]): void {
  for (const name of names) {
    if (payload[name] === undefined || payload[name] === null) {
      throw new TypeError(`${name} is missing`);
    }
  }
}
