import net from 'node:net';
import tls from 'node:tls';
import kafkajs, {
  type ISocketFactory,
  type Kafka,
  type KafkaConfig,
  type LogEntry,
  type logLevel,
} from 'kafkajs';
import { KarnamaError, Unavailable } from '@karnama/kernel';
import { clientCredentialsToken, type ClientCredentials } from './client-credentials.js';
import { registerCodecs } from './codecs.js';
import { translated } from './errors.js';
import { oauthBearer } from './oauth-bearer.js';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** A line for the log of the process: never a record's content. */
export type Log = (level: LogLevel, message: string, details: Readonly<Record<string, unknown>>) => void;

/** PEM texts. `ca`: the authority that signed the brokers' certificates; `cert` and `key`: for mutual TLS. */
export type Tls = {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly passphrase?: string;
  /** Name to expect in the brokers' certificates, when it is not the host's. */
  readonly servername?: string;
};

export type Login =
  | {
      readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
      readonly username: string;
      readonly password: string;
    }
  /** `token` is asked for each connection, and again before the broker ends a session. */
  | { readonly mechanism: 'oauthbearer'; readonly token: () => Promise<string> }
  /** Tokens come from an authorization server, and are replaced before they end. */
  | { readonly mechanism: 'oauthbearer'; readonly credentials: ClientCredentials };

export type ConnectionOptions = {
  /** `host:port` of some brokers; the others are learned from them. */
  readonly brokers: readonly string[];
  /** Name that the broker's logs and quotas show. Default `karnama`. */
  readonly clientId?: string;
  readonly tls?: true | Tls;
  readonly login?: Login;
  /** Milliseconds until a request without an answer is given up. Default 30,000. */
  readonly requestTimeoutMs?: number;
  /** Default: silent. */
  readonly log?: Log;
};

/** How the driver repeats what may be repeated: for about five seconds; the callers go on from there. */
export const RETRY = { initialRetryTime: 100, maxRetryTime: 2_000, retries: 6 } as const;

const saslOf = (login: Login): NonNullable<KafkaConfig['sasl']> => {
  switch (login.mechanism) {
    case 'oauthbearer':
      return oauthBearer('token' in login ? login.token : clientCredentialsToken(login.credentials));
    case 'plain':
    case 'scram-sha-256':
    case 'scram-sha-512':
      return login as NonNullable<KafkaConfig['sasl']>;
  }
};

const levelOf = (level: logLevel): LogLevel => {
  const { logLevel: levels } = kafkajs;
  if (level === levels.ERROR) return 'error';
  if (level === levels.WARN) return 'warn';
  return level === levels.INFO ? 'info' : 'debug';
};

/** The last refusal of a group, by client. The driver says it in its log, and to its caller only that there is no group. */
const groupRefusals = new WeakMap<Kafka, string>();

const refusalIn = ({ log: { message, error } }: LogEntry): string | undefined =>
  message.startsWith('Response GroupCoordinator') && typeof error === 'string' && /authoriz/i.test(error)
    ? error
    : undefined;

const logged = (log: Log, entry: LogEntry): void => {
  const { message, timestamp: _timestamp, logger: _logger, stack: _stack, ...details } = entry.log;
  log(levelOf(entry.level), message, { component: entry.namespace, ...details });
};

/** An error of a consumer, or, if the broker has refused the group, that. */
export const groupError = (kafka: Kafka, error: unknown): KarnamaError => {
  const refusal = groupRefusals.get(kafka);
  const known = translated(error);
  if (refusal === undefined || !(known instanceof Unavailable)) return known;
  groupRefusals.delete(kafka);
  return new KarnamaError(
    'not-authorized',
    `Kafka: ${refusal}`,
    'give the principal access to the group: karnama topics apply',
  );
};

const KEEP_ALIVE_MS = 60_000;

/** The driver listens more than ten times to a socket that many requests wait for, which Node takes for a leak. */
const socketFactory: ISocketFactory = ({ host, port, ssl, onConnect }) => {
  const socket =
    // without TLS it is false or null, whatever the types say
    (ssl as typeof ssl | false | null)
      ? tls.connect({ host, port, ...(net.isIP(host) === 0 ? { servername: host } : {}), ...ssl }, onConnect)
      : net.connect({ host, port }, onConnect);
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  socket.setMaxListeners(1_000);
  return socket;
};

/** The driver, configured; nothing is connected yet. */
export const clientOf = (options: ConnectionOptions): Kafka => {
  registerCodecs();
  const { brokers, clientId = 'karnama', tls, login, requestTimeoutMs = 30_000, log } = options;
  const kafka: Kafka = new kafkajs.Kafka({
    brokers: [...brokers],
    clientId,
    requestTimeout: requestTimeoutMs,
    connectionTimeout: Math.min(10_000, requestTimeoutMs),
    socketFactory,
    retry: RETRY,
    logLevel: log === undefined ? kafkajs.logLevel.ERROR : kafkajs.logLevel.INFO,
    logCreator: () => (entry) => {
      const refusal = refusalIn(entry);
      if (refusal !== undefined) groupRefusals.set(kafka, refusal);
      if (log !== undefined) logged(log, entry);
    },
    ...(tls === undefined ? {} : { ssl: tls === true ? true : { ...tls } }),
    ...(login === undefined ? {} : { sasl: saslOf(login) }),
  });
  return kafka;
};
