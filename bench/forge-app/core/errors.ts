export class AppError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }

  toAnswer() {
    return { error: this.code, message: this.message };
  }
}

export class ForbiddenError extends AppError {
  constructor(what: string) {
    super('FORBIDDEN', `you may not ${what}`);
  }
}

export function assert(condition: unknown, code: string, message: string): asserts condition {
  if (!condition) {
    throw new AppError(code, message);
  }
}

export function answerOf(error: unknown) {
  return error instanceof AppError ? error.toAnswer() : { error: 'UNKNOWN', message: 'something went wrong' };
}
