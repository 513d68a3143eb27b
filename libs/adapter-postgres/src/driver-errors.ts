import { types } from 'node:util';
import { KarnamaError, Unavailable } from '@karnama/kernel';

const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT', // the server's socket file
]);

/**
 * SQLSTATE classes and codes after which the same call may be made again
 * (PostgreSQL documentation, appendix A): connection exceptions, serialization and deadlock,
 * insufficient resources, shutdown and start-up of the server, cancelled or timed-out statements.
 */
const TRANSIENT_CLASSES = new Set(['08', '40', '53', '58']);
const TRANSIENT_STATES = new Set(['25P03', '25P04', '55P03', '57014', '57P01', '57P02', '57P03', '57P05']);

const LOST =
  /connection terminated|connection ended|timeout exceeded when trying to connect|timeout expired|query read timeout|not queryable|client was closed|after calling end on the pool|client has already been (connected|released)/i;

const codeOf = (thrown: unknown): string | undefined => {
  const code = (thrown as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
};

const isServerError = (thrown: unknown): boolean =>
  types.isNativeError(thrown) && 'severity' in thrown && /^[0-9A-Z]{5}$/.test(codeOf(thrown) ?? '');

/** The connection that threw this must not be used again. */
export const breaksConnection = (thrown: unknown): boolean => {
  const code = codeOf(thrown) ?? '';
  if (isServerError(thrown)) return code.startsWith('08') || code.startsWith('57P') || code === '25P03';
  return NETWORK.has(code) || (types.isNativeError(thrown) && LOST.test(thrown.message));
};

/**
 * An error of the driver or the server as a `KarnamaError`: `Unavailable` when the same call may be
 * made again, `database-refused` otherwise. Errors that did not come from the driver stay as they are.
 */
export const translated = (thrown: unknown): unknown => {
  if (thrown instanceof KarnamaError || !types.isNativeError(thrown)) return thrown;
  const code = codeOf(thrown) ?? '';
  if (isServerError(thrown)) {
    return TRANSIENT_CLASSES.has(code.slice(0, 2)) || TRANSIENT_STATES.has(code)
      ? new Unavailable(`the database does not answer now: ${thrown.message}`, { cause: thrown })
      : new KarnamaError(
          'database-refused',
          `the database refused a statement (${code}): ${thrown.message}`,
          undefined,
          { cause: thrown },
        );
  }
  return breaksConnection(thrown)
    ? new Unavailable(`the database cannot be reached: ${thrown.message || code}`, { cause: thrown })
    : thrown;
};
