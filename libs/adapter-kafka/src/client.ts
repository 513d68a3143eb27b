import kafkajs, { type Kafka, type KafkaConfig, type LogEntry, type logLevel } from 'kafkajs';
import { registerCodecs } from './codecs.js';

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
  | { readonly mechanism: 'oauthbearer'; readonly token: () => Promise<string> };

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
      return {
        mechanism: 'oauthbearer',
        oauthBearerProvider: async () => ({ value: await login.token() }),
      };
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

const logCreator = (log: Log) => () => (entry: LogEntry) => {
  const { message, timestamp: _timestamp, logger: _logger, stack: _stack, ...details } = entry.log;
  log(levelOf(entry.level), message, { component: entry.namespace, ...details });
};

/** The driver, configured; nothing is connected yet. */
export const clientOf = (options: ConnectionOptions): Kafka => {
  registerCodecs();
  const { brokers, clientId = 'karnama', tls, login, requestTimeoutMs = 30_000, log } = options;
  return new kafkajs.Kafka({
    brokers: [...brokers],
    clientId,
    requestTimeout: requestTimeoutMs,
    connectionTimeout: Math.min(10_000, requestTimeoutMs),
    retry: RETRY,
    logLevel: log === undefined ? kafkajs.logLevel.NOTHING : kafkajs.logLevel.INFO,
    ...(log === undefined ? {} : { logCreator: logCreator(log) }),
    ...(tls === undefined ? {} : { ssl: tls === true ? true : { ...tls } }),
    ...(login === undefined ? {} : { sasl: saslOf(login) }),
  });
};
