import { KarnamaError } from '@karnama/kernel';

/** What may be told of an error in a log. */
export type TellableError = {
  readonly name: string;
  readonly code?: string;
  readonly message?: string;
  readonly mend?: string;
  /** Where it was thrown, innermost first. */
  readonly at?: readonly string[];
  readonly cause?: TellableError;
};

/**
 * Codes of errors whose messages are made of names, numbers and states of ours alone. The message of any
 * other error may quote what was being worked on, so it stays out of the log.
 */
const speakable = new Set([
  'bad-configuration',
  'broken-feed',
  'broken-ledger',
  'broker-too-old',
  'channel-gap',
  'channel-stalled',
  'checkpoint-ahead',
  'checkpoint-moved',
  'connection-string-refused',
  'definition-changed',
  'ledger-restored',
  'login-refused',
  'not-assigned',
  'not-authorized',
  'partition-taken',
  'pool-too-small',
  'port-taken',
  'records-expired',
  'revision-conflict',
  'stopped-late',
  'tls-refused',
  'topic-made-anew',
  'unavailable',
  'unknown-topic',
  'worker-ended',
]);

const mostFrames = 12;
const mostCauses = 4;

const isCode = (code: unknown): code is string => typeof code === 'string' && /^[\w.-]{1,60}$/.test(code);

/** Frames only: what stands before them is the message, whatever lines it has. */
const framesOf = ({ stack, message }: Error): readonly string[] => {
  const at = stack?.indexOf(message) ?? -1;
  if (stack === undefined || at === -1) return [];
  return stack
    .slice(at + message.length)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, mostFrames);
};

/** An error without anything of the data: its name, code, place and causes, and its message where that is known to be ours. */
export const tellable = (thrown: unknown, depth = 0): TellableError => {
  if (!(thrown instanceof Error)) return { name: typeof thrown };
  const code = (thrown as { code?: unknown }).code;
  const ours = thrown instanceof KarnamaError && speakable.has(thrown.code);
  const at = framesOf(thrown);
  return {
    name: /^\w{1,60}$/.test(thrown.name) ? thrown.name : 'Error',
    ...(isCode(code) ? { code } : {}),
    ...(ours ? { message: thrown.message } : {}),
    ...(ours && thrown.mend !== undefined ? { mend: thrown.mend } : {}),
    ...(at.length > 0 ? { at } : {}),
    ...(thrown.cause !== undefined && depth < mostCauses ? { cause: tellable(thrown.cause, depth + 1) } : {}),
  };
};
