/**
 * An error a person can act on. `code` is stable and published; the message names what is wrong;
 * `mend` says what to do about it. Adapters translate their driver's errors into one of these,
 * so that no driver error ever reaches a caller.
 */
export class KarnamaError extends Error {
  override readonly name: string = 'KarnamaError';

  constructor(
    readonly code: string,
    message: string,
    readonly mend?: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** The store cannot be reached or answered neither yes nor no; the same call may be made again. */
export class Unavailable extends KarnamaError {
  override readonly name = 'Unavailable';
  constructor(message: string, options?: { cause?: unknown }) {
    super('unavailable', message, 'wait until the store answers again; nothing was lost', options);
  }
}

/** What went wrong, in words, whatever was thrown. */
export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);

/** Marks a branch that the types say cannot be reached; throws if it is reached after all. */
export const assertNever = (value: never): never => {
  throw new KarnamaError('unexpected-value', `unexpected value ${JSON.stringify(value)}`);
};
