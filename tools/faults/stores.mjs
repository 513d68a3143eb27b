/** A look at ledger, cells and topics beside the processes, around every proxy. */
import { openDatabase, postgresCellStore, postgresLedger } from '@karnama/adapter-postgres';
import { eventStoreLedger } from '@karnama/adapter-eventstoredb';
import { verifyAll } from '@karnama/cells';
import { projections } from '@karnama/statistics';
import { driverOf } from './driver.mjs';

/** Ends of all partitions of the topics: `topic/partition` → the offset that the next record gets. */
export const endsOf = async (brokers, prefix) => {
  const admin = driverOf(brokers, 'judge').admin();
  await admin.connect();
  try {
    const ends = new Map();
    const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix));
    for (const topic of topics)
      for (const { partition, high } of await admin.fetchTopicOffsets(topic))
        ends.set(`${topic}/${partition}`, Number(high));
    return ends;
  } finally {
    await admin.disconnect();
  }
};

export const createTopic = async (brokers, topic, partitions, settings) => {
  const admin = driverOf(brokers, 'judge').admin();
  await admin.connect();
  try {
    const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value }));
    const made = { topic, numPartitions: partitions, replicationFactor: 1, configEntries };
    await admin.createTopics({ topics: [made], waitForLeaders: true });
  } finally {
    await admin.disconnect();
  }
};

/** Every event that comes from a channel: `topic/partition/offset` → the events of this record. */
const eventsBySource = async (ledger) => {
  const found = new Map();
  let page;
  do {
    page = await ledger.readAll(page?.position ?? 0n, {}, 2_000);
    for (const { type, stream, metadata, position } of page.events) {
      const { source, recordId, recordVersion } = metadata;
      if (source === undefined) continue;
      const key = `${source.topic}/${source.partition}/${source.offset}`;
      found.set(key, [...(found.get(key) ?? []), { type, stream, position, recordId, recordVersion }]);
    }
  } while (!page.caughtUp);
  return found;
};

/** @param {{ direct: () => string }} address @param {string | undefined} eventStoreUrl */
export const openStores = async (address, eventStoreUrl) => {
  const database = await openDatabase(address.direct(), { poolSize: 3, applicationName: 'judge' });
  const eventStore = eventStoreUrl === undefined ? undefined : eventStoreLedger({ url: eventStoreUrl });
  const ledger = eventStore ?? postgresLedger(database);
  const cells = postgresCellStore(database);
  return {
    database,
    head: () => ledger.head(),
    eventsBySource: () => eventsBySource(ledger),
    /** The offset behind the last record that a feed stream holds. */
    takenIn: async (stream) => Number((await ledger.lastEvent(stream))?.metadata.source.offset ?? -1) + 1,
    checkpoints: async () => {
      const positions = new Map();
      for (const projection of projections)
        positions.set(projection.name, (await cells.checkpoint(await cells.open(projection))).position);
      return positions;
    },
    /** Compares every projection with a recount: the first cells that differ, and how many do. */
    recount: async () => {
      const compared = await verifyAll(cells, ledger, projections, 3);
      const differing = compared.reduce((sum, one) => sum + one.differing, 0n);
      return {
        differing: Number(differing),
        differences: compared.flatMap(({ differences }) => differences),
      };
    },
    close: async () => {
      await eventStore?.close();
      await database.close();
    },
  };
};
