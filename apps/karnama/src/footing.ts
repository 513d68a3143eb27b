import { join } from 'node:path';
import {
  openDatabase,
  postgresCellStore,
  postgresChannel,
  postgresLedger,
  postgresQuarantine,
  type Database,
} from '@karnama/adapter-postgres';
import type { CellStore } from '@karnama/cells';
import { loadContracts, type Contracts } from '@karnama/contracts';
import { openDataDir } from '@karnama/embedded-postgres';
import type { Channel, QuarantineStore } from '@karnama/intake';
import { messageOf } from '@karnama/kernel';
import type { Ledger } from '@karnama/ledger';
import { createStatistics, type StatisticsService } from '@karnama/statistics';
import { readEpochs } from '@karnama/vintages';
import { configOf, installation, pathOf } from './config.js';
import { quarantineKey } from './quarantine-key.js';

export type FootingOptions = {
  readonly dataDir: string | undefined;
  /** What this process does, in words for people who find the directory in use. */
  readonly role: string;
  /** True for the server: no second one on the same directory. */
  readonly exclusive: boolean;
  readonly log: (line: string) => void;
};

/** Everything the commands work with, over one database. */
export type Footing = {
  readonly dataDir: string;
  readonly database: Database;
  readonly channel: Channel;
  readonly ledger: Ledger;
  readonly cells: CellStore;
  readonly quarantine: QuarantineStore;
  readonly contracts: Contracts;
  readonly statistics: StatisticsService;
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

/** Starts or joins the database of a data directory (or the one in KARNAMA_DATABASE_URL) and binds every port to it. */
export const openFooting = async (options: FootingOptions): Promise<Footing> => {
  const config = configOf();
  const dataDir = pathOf(options.dataDir ?? config.dataDir);
  const contracts = await loadContracts(join(installation, 'schemas', 'contracts'));
  const server = await serverOf(dataDir, options, config.databaseUrl);
  try {
    const key = await quarantineKey(dataDir, config.quarantineKey);
    const database = await openDatabase(server.url, {
      applicationName: `karnama ${options.role}`.slice(0, 60),
    });
    const ledger = postgresLedger(database);
    const cells = postgresCellStore(database);
    return {
      dataDir,
      database,
      ledger,
      cells,
      contracts,
      channel: postgresChannel(database, {
        onGivenUp: (topic, partition, error) => {
          // another process is at work there: that is what the partition was given up for
          if ((error as { code?: string }).code !== 'partition-taken')
            options.log(`intake of ${topic}/${partition} stopped and is tried again: ${messageOf(error)}`);
        },
      }),
      quarantine: postgresQuarantine(database, key),
      statistics: createStatistics({
        store: cells,
        releases: async () => (await readEpochs(ledger)).releases,
      }),
      lost: server.lost,
      close: async ({ hurry = false } = {}) => {
        await database.close();
        await server.release(hurry);
      },
    };
  } catch (error) {
    await server.release(true);
    throw error;
  }
};
