import {
  openDatabase,
  postgresCellStore,
  postgresChannel,
  postgresLedger,
  type Database,
} from '@karnama/adapter-postgres';
import { verifyAll } from '@karnama/cells';
import { feedOf, type Channel, type ChannelRecord } from '@karnama/intake';
import type { Ledger } from '@karnama/ledger';
import { projections } from '@karnama/statistics';

export const topic = 'karnama.labour-ministry.movements';
export const partitions = 4;

/** Values that must not be found in any log: of good records, and of one that is refused. */
export const secrets = {
  wage: '7318642',
  occupation: 'CBO2002:519225',
  refused: 'PERSON-0012345679',
  recordId: 'declared-by-4711',
};

/** The n-th record of a delivery; every 20th is refused. */
export const declared = (n: number): ChannelRecord => {
  const common = {
    effective_month: n % 2 === 0 ? '2025-12' : '2026-01',
    declared_month: '2026-01',
    area: n % 20 === 7 ? secrets.refused : 'BR-MA',
  };
  const value = {
    ...common,
    direction: n % 3 === 0 ? 'separation' : 'hire',
    industry: 'ISIC4:C',
    occupation: secrets.occupation,
    age: 20 + (n % 40),
    sex: n % 2 === 0 ? 'F' : 'M',
    monthly_wage: `${secrets.wage}.05`,
  };
  const headers = { contract: 'movements', 'contract-version': '1', 'record-id': `${secrets.recordId}:${n}` };
  return { key: String(n), value: JSON.stringify(value), headers };
};

const numbers = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

/** What the first `count` records come to. */
export const truthOf = (count: number) => {
  const good = numbers(count).filter((n) => n % 20 !== 7);
  const separations = good.filter((n) => n % 3 === 0).length;
  return {
    received: count,
    accepted: good.length,
    quarantined: count - good.length,
    hires: good.length - separations,
    separations,
  };
};

/** A look at the stores beside the processes, through a database connection of the test's own. */
export type Stores = {
  readonly database: Database;
  publish(from: number, to: number): Promise<void>;
  head(): Promise<bigint>;
  /** Offsets of the records in the ledger, for each partition in the order of the stream. */
  offsets(): Promise<readonly (readonly number[])[]>;
  /** Ends of the partitions of the channel. */
  ends(): Promise<readonly number[]>;
  /** Positions of the projections' checkpoints. */
  checkpoints(): Promise<readonly bigint[]>;
  /** Cells that differ from a recount, over all projections. */
  differing(): Promise<bigint>;
};

export const openStores = async (
  url: string,
  channelOver: (database: Database) => Channel = (database) => postgresChannel(database, { partitions }),
  ledgerOver: (database: Database) => Ledger = postgresLedger,
): Promise<Stores> => {
  const database = await openDatabase(url, { poolSize: 3 });
  const channel = channelOver(database);
  const ledger = ledgerOver(database);
  const cells = postgresCellStore(database);
  const ends = async (): Promise<readonly number[]> =>
    ((await channel.topics(topic))[0]?.partitions ?? []).map(({ end }) => Number(end));
  return {
    database,
    ends,
    publish: async (from, to) => {
      for (let at = from; at < to; at += 500)
        await channel.publish(
          topic,
          numbers(Math.min(500, to - at)).map((n) => declared(at + n)),
        );
    },
    head: () => ledger.head(),
    offsets: () =>
      Promise.all(
        numbers(partitions).map(async (partition) => {
          const events = await ledger.readStream(feedOf(topic, partition, 'karnama.').stream, 0n, 100_000);
          return events.map(({ metadata }) => Number(metadata.source?.offset));
        }),
      ),
    checkpoints: async () => {
      const found = [];
      for (const projection of projections)
        found.push((await cells.checkpoint(await cells.open(projection))).position);
      return found;
    },
    differing: async () => {
      const compared = await verifyAll(cells, ledger, projections, 5);
      return compared.reduce((sum, { differing }) => sum + differing, 0n);
    },
  };
};

/** Offsets 0 … n−1 for each end n: every record once, in order. */
export const everyOffset = (ends: readonly number[]): readonly (readonly number[])[] => ends.map(numbers);
