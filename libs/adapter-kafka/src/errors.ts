import { KarnamaError, messageOf, Unavailable } from '@karnama/kernel';

/** What is of interest in the driver's errors. */
type DriverError = Error & {
  readonly type?: string;
  readonly code?: string;
  readonly retriable?: boolean;
  readonly cause?: unknown;
  readonly originalError?: unknown;
  /** Of a request about several topics. */
  readonly errors?: readonly unknown[];
};

const innermost = (thrown: unknown): DriverError | undefined => {
  let error: unknown = thrown;
  for (let depth = 0; depth < 10 && error instanceof Error; depth += 1) {
    const { cause, originalError, errors } = error as DriverError;
    const next = cause ?? originalError ?? errors?.[0];
    if (!(next instanceof Error)) return error;
    error = next;
  }
  return error instanceof Error ? error : undefined;
};

const refusals: Readonly<Record<string, readonly [code: string, mend: string]>> = {
  TOPIC_AUTHORIZATION_FAILED: [
    'not-authorized',
    'give the principal access to the topic: karnama topics apply',
  ],
  GROUP_AUTHORIZATION_FAILED: [
    'not-authorized',
    'give the principal access to the group: karnama topics apply',
  ],
  CLUSTER_AUTHORIZATION_FAILED: ['not-authorized', 'use a principal that may administer the cluster'],
  SASL_AUTHENTICATION_FAILED: ['login-refused', 'check name, password or token of the principal'],
  MESSAGE_TOO_LARGE: ['record-too-large', 'split the record, or allow larger ones for the topic'],
  RECORD_LIST_TOO_LARGE: ['record-too-large', 'split the record, or allow larger ones for the topic'],
  INVALID_REPLICATION_FACTOR: ['too-few-brokers', 'plan no more copies than there are brokers'],
  INVALID_CONFIG: ['bad-topic-settings', 'correct the settings of the topics'],
  POLICY_VIOLATION: ['bad-topic-settings', 'ask who runs the brokers which settings they allow'],
  INVALID_TOPIC_EXCEPTION: ['bad-topic', 'name topics with letters, digits, dots, hyphens and underscores'],
  UNSUPPORTED_VERSION: ['broker-too-old', 'use Apache Kafka 2.1 or later'],
};

/**
 * Said of topics that were just made or just removed, and of groups that a broker has just taken over. The
 * driver repeats only some of them. Who needs a topic that is not there finds out by looking.
 */
const SETTLING = new Set([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_FOR_PARTITION',
  'GROUP_LOAD_IN_PROGRESS',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR_FOR_GROUP',
]);

/**
 * Said to an idempotent producer whose numbers the broker does not follow any more, as after the loss of a
 * request or of the broker itself. Such a producer is thrown away, and a new one may make the same call.
 */
const LOST_COUNT = new Set([
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'DUPLICATE_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
]);

/** Whether the brokers are about to agree on something, so that it is worth asking again at once. */
export const isSettling = (thrown: unknown): boolean => SETTLING.has(innermost(thrown)?.type ?? '');

const TLS = /CERT|SSL|TLS|UNABLE_TO|DEPTH_ZERO/;

/** Transport errors of the driver, which never are an answer of the broker. */
const TRANSPORT =
  /^KafkaJS(Connection|RequestTimeout|BrokerNotFound|NoBrokerAvailable|LockTimeout|Metadata|Timeout|GroupCoordinatorNotFound|DeleteGroups|Alter)/;

const SOCKET = /^E(CONN|PIPE|HOST|NET|TIMEDOUT|AI_)/;

/**
 * The error that a caller sees instead of the driver's: `Unavailable` when the same call may be made
 * again, otherwise a `KarnamaError` that says what was refused.
 */
export const translated = (thrown: unknown): KarnamaError => {
  if (thrown instanceof KarnamaError) return thrown;
  const error = innermost(thrown);
  if (error instanceof KarnamaError) return error;
  const text = `Kafka: ${messageOf(error ?? thrown)}`;
  if (error === undefined) return new KarnamaError('kafka-failed', text, undefined, { cause: thrown });
  const refusal = refusals[error.type ?? ''];
  if (refusal !== undefined) return new KarnamaError(refusal[0], text, refusal[1], { cause: thrown });
  if (error.name === 'KafkaJSSASLAuthenticationError')
    return new KarnamaError('login-refused', text, 'check name, password or token of the principal', {
      cause: thrown,
    });
  if (TLS.test(error.code ?? '') || /certificate|alert/i.test(error.message))
    return new KarnamaError('tls-refused', text, 'check the certificates of both sides', { cause: thrown });
  if (
    error.retriable === true ||
    SETTLING.has(error.type ?? '') ||
    LOST_COUNT.has(error.type ?? '') ||
    TRANSPORT.test(error.name) ||
    SOCKET.test(error.code ?? '')
  )
    return new Unavailable(text, { cause: thrown });
  return new KarnamaError('kafka-failed', text, undefined, { cause: thrown });
};

/** Awaits the work, with the driver's errors translated. */
export const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw translated(error);
  }
};
