/** Everything that runs while something is broken: stores, processes, and an agency that publishes. */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startApps } from './apps.mjs';
import { startEventStore } from './event-store.mjs';
import { startProducer } from './producer.mjs';
import { SPLIT } from './splitting.mjs';
import { createTopic, endsOf, openStores } from './stores.mjs';
import { projections } from '@karnama/statistics';

const PARTITIONS = 4;
/** Far above the 1 MiB that a record may have, so that a far too large one gets into the topic. */
const LARGEST_MESSAGE = String(60 * 1024 * 1024);

let made = 0;

/**
 * @param {object} parts
 * @param {Awaited<ReturnType<import('./broker.mjs').startBroker>>} parts.broker
 * @param {Awaited<ReturnType<import('./postgres.mjs').startServer>>} parts.server
 * @param {boolean} parts.withEventStore the ledger is EventStoreDB instead of PostgreSQL
 * @param {string} parts.directory for logs
 * @param {() => Promise<void>} [parts.end] for what was started for this stack alone
 */
export const startStack = async ({
  broker,
  server,
  withEventStore,
  directory,
  end = async () => undefined,
}) => {
  const name = `stack${(made += 1)}`;
  // of its own for each stack, because all share the broker
  const prefix = `${name}.`;
  const topic = `${prefix}labour-ministry.movements`;
  const { brokers } = broker;
  const logs = join(directory, name);
  mkdirSync(logs, { recursive: true });
  await createTopic(brokers, topic, PARTITIONS, { 'max.message.bytes': LARGEST_MESSAGE });
  const address = await server.createDatabase(name);
  const eventStore = withEventStore ? await startEventStore() : undefined;
  const shared = {
    KARNAMA_DATABASE_URL: address.url,
    KARNAMA_DATABASE_POOL: '3',
    KARNAMA_KAFKA_BROKERS: brokers.join(','),
    KARNAMA_KAFKA_GROUP: name,
    KARNAMA_KAFKA_SESSION_MS: '6000',
    KARNAMA_TOPIC_PREFIX: prefix,
    KARNAMA_QUARANTINE_KEY: randomBytes(32).toString('hex'),
    KARNAMA_PSEUDONYM_KEY: `1:${randomBytes(32).toString('base64')}`,
    KARNAMA_LOG_LEVEL: 'warn',
    ...(eventStore === undefined ? {} : { KARNAMA_EVENTSTOREDB_URL: eventStore.url }),
  };
  // each projector seeks another projection first, so that they share them; but both soon seek the one that is split
  const others = projections.map(({ name }) => name).filter((name) => name !== SPLIT);
  const [last, ...before] = [...others].reverse();
  const orders = {
    'projector-1': [SPLIT, ...others].join(),
    'projector-2': [last, SPLIT, ...before].join(),
  };
  const environmentOf = (app) =>
    app in orders ? { ...shared, KARNAMA_PROJECTIONS: orders[app] } : { ...shared };
  const apps = startApps(environmentOf, logs);

  let open;
  const stores = async () => {
    if (open?.url === address.direct()) return open.stores;
    await open?.stores.close().catch(() => undefined);
    open = undefined;
    const fresh = await openStores(address, eventStore?.url);
    open = { url: address.direct(), stores: fresh };
    return fresh;
  };
  const stack = {
    logs,
    prefix,
    topic,
    brokers,
    partitions: PARTITIONS,
    broker,
    server,
    eventStore,
    apps,
    stores,
    acknowledged: new Map(),
    /** Records 0 … published − 1 were acknowledged. */
    published: 0,
    ends: () => endsOf(brokers, prefix),
    api: () => {
      const url = apps.urlOf('api-1', 'dashboard');
      if (url === undefined) throw new Error('the API does not run');
      return url;
    },
    /** Publishes while `work` goes on, and until what was begun is acknowledged. */
    whilePublishing: async (rate, work) => {
      const { acknowledged, published: first } = stack;
      const options = { brokers, topic, partitions: PARTITIONS, first, rate, acknowledged };
      const producer = await startProducer(options);
      try {
        await work(producer);
      } finally {
        stack.published = (await producer.stop()).count;
      }
    },
    close: async () => {
      const bad = await apps.stop();
      await open?.stores.close().catch(() => undefined);
      await eventStore?.close();
      await end();
      return bad;
    },
  };
  try {
    await apps.allReady(90_000);
  } catch (error) {
    await stack.close();
    throw error;
  }
  return stack;
};
