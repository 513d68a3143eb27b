import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  openDatabase,
  postgresCellStore,
  postgresQuarantine,
  postgresWebhooks,
  type Database,
  type WebhookStore,
} from '@karnama/adapter-postgres';
import type { CellStore, Projection } from '@karnama/cells';
import { loadContracts, type Contracts, type PseudonymOf } from '@karnama/contracts';
import { openDataDir } from '@karnama/embedded-postgres';
import { newestPseudonyms, type Channel, type QuarantineStore } from '@karnama/intake';
import { messageOf, type Calendar } from '@karnama/kernel';
import type { Ledger } from '@karnama/ledger';
import {
  auditTokenInFile,
  createLog,
  ensureKeyFile,
  keyFrom,
  keyRingInFile,
  openChannel,
  openLedger,
  trailOf,
} from '@karnama/nest';
import {
  createIndicators,
  createLineage,
  createStatistics,
  createSupply,
  projectionsIn,
  type IndicatorService,
  type LineageService,
  type StatisticsService,
  type SupplyService,
} from '@karnama/statistics';
import { readEpochs } from '@karnama/vintages';
import { configOf, installation, pathOf, type ProgramConfig } from './config.js';

export type FootingOptions = {
  readonly dataDir: string | undefined;
  /** What this process does, in words for people who find the directory in use. */
  readonly role: string;
  /** True for the server: no second one on the same directory. */
  readonly exclusive: boolean;
  /** Overrides what the environment says of the channel: brokers, or none for the PostgreSQL channel. */
  readonly kafkaBrokers?: readonly string[] | 'none';
  readonly log: (line: string) => void;
};

/** Everything the commands work with: the embedded stores, or those that the environment names. */
export type Footing = {
  readonly dataDir: string;
  readonly database: Database;
  readonly channel: Channel;
  /** Kafka is worked off by intake processes of its own; the PostgreSQL channel by whoever runs. */
  readonly channelKind: 'postgresql' | 'kafka';
  readonly ledger: Ledger;
  readonly cells: CellStore;
  readonly quarantine: QuarantineStore;
  /** Addresses that are told of releases. */
  readonly webhooks: WebhookStore;
  readonly contracts: Contracts;
  /** Pseudonyms for what is taken in, under the newest key. */
  readonly pseudonymOf: PseudonymOf;
  /** The statistical calendar of the installation. */
  readonly calendar: Calendar;
  /** Every projection that is kept up here. */
  readonly projections: readonly Projection[];
  readonly statistics: StatisticsService;
  readonly indicators: IndicatorService;
  readonly lineage: LineageService;
  readonly supply: SupplyService;
  /** What auditors show to see entities and events; made once and kept in the data directory unless configured. */
  readonly auditToken: { readonly where: string; readonly read: () => Promise<string> };
  /** Fulfilled with a reason when the database went away by itself. */
  readonly lost: Promise<string>;
  /** Ends connections, then the database if this process runs it. `hurry`: do not wait for guests. */
  close(options?: { readonly hurry?: boolean }): Promise<void>;
};

type Server = { url: string; lost: Promise<string>; release: (hurry: boolean) => Promise<void> };

const never = new Promise<string>(() => undefined);

const serverOf = async (
  dataDir: string,
  options: FootingOptions,
  external: string | undefined,
): Promise<Server> => {
  if (external !== undefined) return { url: external, lost: never, release: async () => undefined };
  const opened = await openDataDir(dataDir, options);
  const lost = opened.exited.then(({ asked }) =>
    asked ? never : 'the embedded PostgreSQL ended; see postgres.log in the data directory',
  );
  return { url: opened.url, lost, release: (hurry) => opened.release({ evenWithGuests: hurry }) };
};

/** The configured key, or one that is made once and kept in the data directory. */
const quarantineKeyOf = async (dataDir: string, configured: Buffer | undefined): Promise<Buffer> => {
  if (configured !== undefined) return configured;
  const file = join(dataDir, 'keys', 'quarantine.key');
  await ensureKeyFile(file);
  return keyFrom(await readFile(file, 'utf8'));
};

/** The configured token, or one that is made once and kept in the data directory; and how to come by it. */
const auditTokenOf = (dataDir: string, configured: string | undefined): Footing['auditToken'] => {
  if (configured !== undefined) return { where: 'of KARNAMA_AUDIT_TOKEN', read: async () => configured };
  const file = join(dataDir, 'keys', 'audit.token');
  return { where: `in ${file}`, read: () => auditTokenInFile(file) };
};

/** The configured keys, or one that is made once and kept in the data directory. */
const pseudonymsOf = async (
  dataDir: string,
  configured: ProgramConfig['pseudonymKeys'],
): Promise<PseudonymOf> =>
  newestPseudonyms(configured ?? (await keyRingInFile(join(dataDir, 'keys', 'pseudonym.key'))));

const withBrokers = (config: ProgramConfig, brokers: FootingOptions['kafkaBrokers']): ProgramConfig =>
  brokers === undefined ? config : { ...config, kafkaBrokers: brokers === 'none' ? undefined : brokers };

/** Another process is at work on the partition: that is what it was given up for, and nothing to tell. */
const isTaken = (error: unknown): boolean => (error as { code?: string }).code === 'partition-taken';

/** Starts or joins the database of a data directory (or the one in KARNAMA_DATABASE_URL) and opens every port. */
export const openFooting = async (options: FootingOptions): Promise<Footing> => {
  const config = withBrokers(configOf(), options.kafkaBrokers);
  const dataDir = pathOf(options.dataDir ?? config.dataDir);
  const contracts = await loadContracts(join(installation, 'schemas', 'contracts'));
  const server = await serverOf(dataDir, options, config.databaseUrl);
  const closing: (() => Promise<void>)[] = [];
  const close = async (hurry: boolean): Promise<void> => {
    for (const end of closing.splice(0).reverse()) await end();
    await server.release(hurry);
  };
  try {
    const database = await openDatabase(server.url, {
      applicationName: `karnama ${options.role}`.slice(0, 60),
    });
    closing.push(() => database.close());
    const log = createLog({ app: 'karnama', worker: String(process.pid), level: 'silent' });
    const ledger = await openLedger(config, database, log);
    closing.push(ledger.close);
    const onGivenUp = (topic: string, partition: number, error: unknown): void => {
      if (!isTaken(error))
        options.log(`intake of ${topic}/${partition} stopped and is tried again: ${messageOf(error)}`);
    };
    const channel = await openChannel(config, database, { log, onGivenUp });
    closing.push(channel.close);
    const cells = postgresCellStore(database);
    const { calendar } = config;
    const releases = async () => (await readEpochs(ledger.port)).releases;
    const closings = async () => (await readEpochs(ledger.port)).closings;
    const indicators = createIndicators({
      store: cells,
      releases,
      closings,
      calendar,
      head: () => ledger.port.head(),
    });
    return {
      dataDir,
      database,
      contracts,
      pseudonymOf: await pseudonymsOf(dataDir, config.pseudonymKeys),
      cells,
      ledger: ledger.port,
      channel: channel.port,
      channelKind: channel.kind === 'kafka' ? 'kafka' : 'postgresql',
      webhooks: postgresWebhooks(database),
      quarantine: postgresQuarantine(database, await quarantineKeyOf(dataDir, config.quarantineKey)),
      calendar,
      projections: projectionsIn(calendar),
      statistics: createStatistics({ store: cells, releases, closings, calendar }),
      indicators,
      lineage: createLineage({ store: cells, indicators, calendar, trail: trailOf(ledger.port) }),
      supply: createSupply({ store: cells, releases, closings, calendar }),
      auditToken: auditTokenOf(dataDir, config.auditToken),
      lost: server.lost,
      close: ({ hurry = false } = {}) => close(hurry),
    };
  } catch (error) {
    await close(true);
    throw error;
  }
};
