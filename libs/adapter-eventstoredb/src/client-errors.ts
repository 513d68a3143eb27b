import { ErrorType, WrongExpectedVersionError } from '@eventstore/db-client';
import { KarnamaError, Unavailable, messageOf } from '@karnama/kernel';
import { NoAnswer } from './waiting.js';

/**
 * What an error of the client says about the call:
 * - `refused`: it did not happen and will not, however often it is made;
 * - `retry`: a known disturbance; it may have happened or not, the identical call may be made again;
 * - `ambiguous`: nobody knows; treated as `retry`, but an operator should hear of it.
 */
export type Verdict = 'refused' | 'retry' | 'ambiguous';

const REFUSED = new Set<unknown>([
  ErrorType.WRONG_EXPECTED_VERSION,
  ErrorType.STREAM_DELETED,
  ErrorType.STREAM_NOT_FOUND,
  ErrorType.ACCESS_DENIED,
  ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED,
  ErrorType.INVALID_ARGUMENT,
  ErrorType.INVALID_TRANSACTION,
  ErrorType.MISSING_REQUIRED_METADATA_PROPERTY,
  ErrorType.UNSUPPORTED,
]);

const RETRY = new Set<unknown>([
  ErrorType.NOT_LEADER,
  ErrorType.UNAVAILABLE,
  ErrorType.CANCELLED,
  ErrorType.DEADLINE_EXCEEDED,
  ErrorType.TIMEOUT,
]);

/** gRPC status codes; the client leaves some errors as they came. */
const CANCELLED = 1;
const INVALID_ARGUMENT = 3;
const REFUSED_CODES = new Set<unknown>([INVALID_ARGUMENT, 7, 12, 16]);
const RETRY_CODES = new Set<unknown>([CANCELLED, 4, 8, 10, 14]);

/** What a node says that cannot work just now; the client passes these on as unknown errors. */
const BUSY = /server is (too )?busy|server is not ready|no leader info|failed to discover/i;
/** What the client does not know: a limit of newer servers. */
const TOO_LARGE = /maximum append (event )?size/i;

const fieldOf = (thrown: unknown, name: 'type' | 'code'): unknown =>
  (thrown as Partial<Record<string, unknown>> | null)?.[name];

export const verdictOf = (thrown: unknown): Verdict => {
  if (thrown instanceof NoAnswer) return 'retry';
  const type = fieldOf(thrown, 'type');
  const code = fieldOf(thrown, 'code');
  const message = messageOf(thrown);
  if (REFUSED.has(type) || TOO_LARGE.test(message)) return 'refused';
  if (RETRY.has(type) || BUSY.test(message)) return 'retry';
  if (REFUSED_CODES.has(code)) return 'refused';
  return RETRY_CODES.has(code) ? 'retry' : 'ambiguous';
};

export const isWrongVersion = (thrown: unknown): thrown is WrongExpectedVersionError =>
  thrown instanceof WrongExpectedVersionError;

/** The stream was never written, or is deleted: to a reader that is the same. */
export const isNoStream = (thrown: unknown): boolean =>
  [ErrorType.STREAM_NOT_FOUND, ErrorType.STREAM_DELETED].some((type) => fieldOf(thrown, 'type') === type);

/** The log has no record that begins at the position asked for. */
export const isInvalidPosition = (thrown: unknown): boolean =>
  fieldOf(thrown, 'code') === INVALID_ARGUMENT && /invalid position/i.test(messageOf(thrown));

/** An error of the client as one of ours, when it is not to be tried again. */
export const translated = (thrown: unknown): unknown => {
  if (thrown instanceof KarnamaError) return thrown;
  const message = messageOf(thrown);
  const cause = { cause: thrown };
  if (verdictOf(thrown) !== 'refused')
    return new Unavailable(`the event store gives no answer that counts: ${message}`, cause);
  const type = fieldOf(thrown, 'type');
  const code = fieldOf(thrown, 'code');
  if (type === ErrorType.STREAM_DELETED)
    return new KarnamaError(
      'stream-deleted',
      `the stream was deleted for ever: ${message}`,
      undefined,
      cause,
    );
  if (type === ErrorType.ACCESS_DENIED || code === 7 || code === 16)
    return new KarnamaError(
      'store-access-denied',
      `the event store does not let this account in: ${message}`,
      'check the account in the connection string, and its rights on the streams and on $all',
      cause,
    );
  if (type === ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED || TOO_LARGE.test(message))
    return new KarnamaError(
      'event-too-large',
      `an event is larger than the event store takes: ${message}`,
      'keep large contents outside of events, or raise the limit of the server',
      cause,
    );
  return new KarnamaError('store-refused', `the event store refused the call: ${message}`, undefined, cause);
};

/**
 * Whether something that nobody caught came out of the client. Its appends share state across the
 * whole process, which cannot be trusted after that: the handlers of `uncaughtException` and
 * `unhandledRejection` must end the process (they should for anything; this says whom to blame).
 */
export const isFatalClientError = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  (Object.values(ErrorType).some((type) => type === fieldOf(thrown, 'type')) ||
    /@eventstore[\\/]db-client|@grpc[\\/]grpc-js/.test(thrown.stack ?? ''));
