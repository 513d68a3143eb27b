/** A look at ledger, cells and topics beside the processes, around every proxy. */
import { openDatabase, postgresCellStore, postgresLedger } from '@karnama/adapter-postgres';
import { eventStoreLedger } from '@karnama/adapter-eventstoredb';
import { split, verifyAll } from '@karnama/cells';
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

const projectionOf = (name) => projections.find((projection) => projection.name === name);

/** @param {{ direct: () => string }} address @param {string | undefined} eventStoreUrl */
export const openStores = async (address, eventStoreUrl) => {
  const database = await openDatabase(address.direct(), { poolSize: 3, applicationName: 'judge' });
  const eventStore = eventStoreUrl === undefined ? undefined : eventStoreLedger({ url: eventStoreUrl });
  const ledger = eventStore ?? postgresLedger(database);
  const cells = postgresCellStore(database);
  const checkpoint = async (name) => cells.checkpoint(await cells.open(projectionOf(name)));
  return {
    database,
    head: () => ledger.head(),
    eventsBySource: () => eventsBySource(ledger),
    /** The offset behind the last record that a feed stream holds. */
    takenIn: async (stream) => Number((await ledger.lastEvent(stream))?.metadata.source.offset ?? -1) + 1,
    checkpoint,
    /** Position of every projection; of each of its parts where it has several. */
    checkpoints: async () => {
      const positions = new Map();
      for (const { name } of projections) {
        const { position, parts = [position] } = await checkpoint(name);
        for (const [part, at] of parts.entries())
          positions.set(parts.length === 1 ? name : `${name} ${part}/${parts.length}`, at);
      }
      return positions;
    },
    /** As `karnama split` does. */
    split: (name, parts) => split(cells, ledger, projectionOf(name), parts),
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
