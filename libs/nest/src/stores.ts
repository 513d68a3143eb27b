import type { Database } from '@karnama/adapter-postgres';
import type { CellStore } from '@karnama/cells';
import type { Channel, QuarantineStore } from '@karnama/intake';
import type { Ledger } from '@karnama/ledger';
import type { Log } from './log.js';
import { driverLog, kafkaOptions } from './kafka-options.js';
import { persistently } from './persistently.js';
import type { Life } from './process-life.js';
import type { ChannelConfig, DatabaseConfig, LedgerConfig, QuarantineConfig } from './settings.js';

// Adapters are imported when they are asked for: no process loads the drivers of stores it does not use.

/** A port, what it stands on, and how its connections are closed. */
export type Opened<T> = {
  readonly port: T;
  readonly kind: 'postgresql' | 'kafka' | 'eventstoredb';
  readonly close: () => Promise<void>;
};

/** True for the first of a kind, and again when so much time has passed since the last that was true. */
const seldom = (ms: number): ((kind: string) => boolean) => {
  const last = new Map<string, number>();
  return (kind) => {
    const now = performance.now();
    if (now - (last.get(kind) ?? Number.NEGATIVE_INFINITY) < ms) return false;
    last.set(kind, now);
    return true;
  };
};

const nothingToClose = async (): Promise<void> => undefined;

/** @throws Unavailable while the server cannot be reached, KarnamaError `database-refused` */
export const openPostgres = async (config: DatabaseConfig, applicationName: string): Promise<Database> => {
  const { openDatabase } = await import('@karnama/adapter-postgres');
  return openDatabase(config.databaseUrl, {
    poolSize: config.databasePool,
    applicationName: applicationName.slice(0, 60),
  });
};

/** The ledger that the configuration names: EventStoreDB when it has an address, else PostgreSQL. */
export const openLedger = async (
  { eventStoreUrl }: LedgerConfig,
  database: Database,
  log: Log,
): Promise<Opened<Ledger>> => {
  if (eventStoreUrl === undefined) {
    const { postgresLedger } = await import('@karnama/adapter-postgres');
    return { port: postgresLedger(database), kind: 'postgresql', close: nothingToClose };
  }
  const { eventStoreLedger } = await import('@karnama/adapter-eventstoredb');
  const told = seldom(10_000);
  const ledger = eventStoreLedger({
    url: eventStoreUrl,
    onTrouble: ({ kind, during, attempt }) =>
      log[told(`${kind} ${during}`) ? 'warn' : 'debug']('trouble with the event store', {
        code: kind,
        context: during,
        attempt,
      }),
  });
  return { port: ledger, kind: 'eventstoredb', close: () => ledger.close() };
};

/** What a channel tells beside its records. */
export type ChannelEvents = {
  readonly log: Log;
  /** An error for which a consumer gave a partition up; it is sought again later. */
  readonly onGivenUp?: (topic: string, partition: number, error: unknown) => void;
  /** A consumer has ended for good. */
  readonly onDead?: (error: unknown) => void;
};

/** The channel that the configuration names: Kafka when it has brokers, else PostgreSQL. */
export const openChannel = async (
  config: ChannelConfig,
  database: Database,
  { log, onGivenUp = () => undefined, onDead = () => undefined }: ChannelEvents,
): Promise<Opened<Channel>> => {
  if (config.kafkaBrokers === undefined) {
    const { postgresChannel } = await import('@karnama/adapter-postgres');
    return { port: postgresChannel(database, { onGivenUp }), kind: 'postgresql', close: nothingToClose };
  }
  const { kafkaChannel } = await import('@karnama/adapter-kafka');
  const options = kafkaOptions(config, config.kafkaBrokers);
  const channel = kafkaChannel({ ...options, log: driverLog(log), onGivenUp, onDead });
  return { port: channel, kind: 'kafka', close: () => channel.close() };
};

export const openQuarantine = async (
  { quarantineKey }: QuarantineConfig,
  database: Database,
): Promise<QuarantineStore> => {
  const { postgresQuarantine } = await import('@karnama/adapter-postgres');
  return postgresQuarantine(database, quarantineKey);
};

export const openCells = async (database: Database): Promise<CellStore> => {
  const { postgresCellStore } = await import('@karnama/adapter-postgres');
  return postgresCellStore(database);
};

/**
 * What `open` gives, tried until the store answers, and closed at the end of the process. Undefined when
 * the process was told to stop before.
 */
export const whenThere = <T>(
  { signal, log, atEnd }: Pick<Life, 'signal' | 'log' | 'atEnd'>,
  what: 'database' | 'ledger' | 'channel',
  open: () => Promise<T & { close(): Promise<void> }>,
): Promise<T | undefined> =>
  persistently(
    signal,
    async () => {
      const opened = await open();
      atEnd(() => opened.close());
      return opened;
    },
    tellUnavailable(log, `the ${what} is away`),
  );

/** For `persistently`: a warning for the first attempts and then for every tenth, about once in 50 seconds. */
export const tellUnavailable =
  (log: Log, message: string) =>
  (error: unknown, attempt: number): void => {
    if (attempt <= 3 || attempt % 10 === 0) log.warn(message, { attempt, error });
  };
