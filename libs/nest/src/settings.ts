import { hostname } from 'node:os';
import { pid } from 'node:process';
import { KarnamaError } from '@karnama/kernel';
import { auditTokenFrom } from './audit-token.js';
import { address, choice, flag, integer, optional, text, type Config } from './config.js';
import { allowedFor, neededFor } from './dependent-setting.js';
import { list } from './list-setting.js';
import { logLevels } from './log.js';
import { keyRingFrom } from './pseudonym-key.js';
import { keyFrom } from './quarantine-key.js';
import { neededWith, optionalSecret, secret } from './secret-setting.js';

const postgresUrl = (url: string): string => {
  if (URL.canParse(url) && ['postgres:', 'postgresql:'].includes(new URL(url).protocol)) return url;
  throw new KarnamaError('bad-address', 'must be an address that starts with postgres:// or postgresql://');
};

const port = { least: 0, most: 65535 };

/** Settings of every process. Port 0 = any free one; the log tells which. */
export const processSettings = {
  httpHost: text('KARNAMA_HTTP_HOST', '127.0.0.1'),
  httpPort: integer('KARNAMA_HTTP_PORT', port, 0),
  logLevel: choice('KARNAMA_LOG_LEVEL', logLevels, 'info'),
  /** Names the process in its log lines and at the database. */
  workerId: text('KARNAMA_WORKER_ID', `${hostname()}-${pid}`),
};

/** A second port, for health and metrics, of a process whose first one is public. */
export const metricsSettings = {
  metricsHost: text('KARNAMA_METRICS_HOST', '127.0.0.1'),
  metricsPort: integer('KARNAMA_METRICS_PORT', port, 0),
};

/** A PostgreSQL server where none need be named, since there is an embedded one. */
export const ownDatabaseSettings = {
  databaseUrl: optionalSecret('KARNAMA_DATABASE_URL', postgresUrl),
};

export const databaseSettings = {
  databaseUrl: secret('KARNAMA_DATABASE_URL', postgresUrl),
  databasePool: integer('KARNAMA_DATABASE_POOL', { least: 2, most: 200 }, 10),
};

const eventStoreUrl = (url: string): string => {
  if (/^(esdb|kurrent|kurrentdb)(\+discover)?:\/\/./.test(url)) return url;
  throw new KarnamaError('bad-address', 'must be an address that starts with esdb:// or esdb+discover://');
};

/** What the figures are made in: the whole installation has one statistical calendar. */
export const statisticsSettings = {
  /** Another calendar is another definition of every figure of the registers: change it only with a rebuild. */
  calendar: choice('KARNAMA_CALENDAR', ['jalali', 'gregorian'], 'jalali'),
};

export const ledgerSettings = {
  /** Set: the ledger is EventStoreDB; otherwise it is in PostgreSQL. */
  eventStoreUrl: optionalSecret('KARNAMA_EVENTSTOREDB_URL', eventStoreUrl),
};

const passwordMechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

export const saslMechanisms = [...passwordMechanisms, 'oauthbearer'] as const;

const MECHANISM = 'KARNAMA_KAFKA_SASL_MECHANISM';
const TOKEN = ['oauthbearer'];

export const channelSettings = {
  /** Set: the channel is Kafka; otherwise it is in PostgreSQL. */
  kafkaBrokers: optional(list('KARNAMA_KAFKA_BROKERS', /^(\[[0-9a-f:]+\]|[\w.-]+):\d{1,5}$/i, 'host:port')),
  kafkaGroup: text('KARNAMA_KAFKA_GROUP', 'karnama-intake'),
  /** How long the group waits for a worker that gives no sign of life before others take its partitions. */
  kafkaSessionMs: integer('KARNAMA_KAFKA_SESSION_MS', { least: 6_000, most: 300_000 }, 10_000),
  saslMechanism: optional(choice('KARNAMA_KAFKA_SASL_MECHANISM', saslMechanisms)),
  saslUsername: neededFor(MECHANISM, passwordMechanisms, optional(text('KARNAMA_KAFKA_SASL_USERNAME'))),
  saslPassword: neededFor(MECHANISM, passwordMechanisms, optionalSecret('KARNAMA_KAFKA_SASL_PASSWORD')),
  /** With OAUTHBEARER: where tokens come from, by client credentials; the scope is as the server names it. */
  oauthTokenUrl: neededFor(
    MECHANISM,
    TOKEN,
    optional(address('KARNAMA_KAFKA_OAUTH_TOKEN_URL', ['https', 'http'])),
  ),
  oauthClientId: neededFor(MECHANISM, TOKEN, optional(text('KARNAMA_KAFKA_OAUTH_CLIENT_ID'))),
  oauthClientSecret: neededFor(MECHANISM, TOKEN, optionalSecret('KARNAMA_KAFKA_OAUTH_CLIENT_SECRET')),
  oauthScope: allowedFor(MECHANISM, TOKEN, optional(text('KARNAMA_KAFKA_OAUTH_SCOPE'))),
  /** TLS with the system's authorities; a CA of its own or a client certificate (PEM) switches it on too. */
  kafkaTls: flag('KARNAMA_KAFKA_TLS', false),
  tlsCa: optionalSecret('KARNAMA_KAFKA_TLS_CA'),
  tlsCert: neededWith('KARNAMA_KAFKA_TLS_KEY', optionalSecret('KARNAMA_KAFKA_TLS_CERT')),
  tlsKey: neededWith('KARNAMA_KAFKA_TLS_CERT', optionalSecret('KARNAMA_KAFKA_TLS_KEY')),
};

export const quarantineSettings = {
  quarantineKey: secret('KARNAMA_QUARANTINE_KEY', keyFrom),
};

export const pseudonymSettings = {
  /** Every version of the master key of pseudonyms, newest first. */
  pseudonymKeys: secret('KARNAMA_PSEUDONYM_KEY', keyRingFrom),
};

export const auditSettings = {
  /** Who has it may follow figures back to entities and ledger events; without one nobody may. */
  auditToken: optionalSecret('KARNAMA_AUDIT_TOKEN', auditTokenFrom),
};

export type ProcessConfig = Config<typeof processSettings>;
export type DatabaseConfig = Config<typeof databaseSettings>;
export type LedgerConfig = Config<typeof ledgerSettings>;
export type ChannelConfig = Config<typeof channelSettings>;
export type QuarantineConfig = Config<typeof quarantineSettings>;
