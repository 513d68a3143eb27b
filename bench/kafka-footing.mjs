/** What the Kafka benchmarks run on: topics, stores, and processes with their environment. */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { feedOf } from '@karnama/intake';
import { startApps } from '../tools/faults/apps.mjs';
import { driverOf, driverPackage, kafkajs } from '../tools/faults/driver.mjs';
import { startEventStore } from '../tools/faults/event-store.mjs';
import { createTopic, openStores } from '../tools/faults/stores.mjs';
import { movementRecord, numbers } from './movements.mjs';

/** Topics are told apart by their prefix. */
export const topicOf = (prefix) => `${prefix}br-mte.movements`;
export const PARTITIONS = 6;

export const LEDGERS = ['PostgreSQL', 'EventStoreDB (stand-in)'];

const { CompressionCodecs, CompressionTypes } = kafkajs;
const { compressFrame, decompressFrame } = driverPackage('lz4-napi');
CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: ({ buffer }) => compressFrame(buffer),
  decompress: (buffer) => decompressFrame(buffer),
});

const random = numbers(5);

/** Record `n` as its agency sends it. */
export const message = (n) => ({
  partition: n % PARTITIONS,
  key: String(n),
  value: JSON.stringify(movementRecord(n, random)),
  headers: {
    contract: 'movements',
    'contract-version': '1',
    'record-id': `0123456789abcdef0123456789abcdef:${n}`,
    submission: '0123456789abcdef',
    file: 'f.csv',
    line: String(n + 2),
  },
});

export const openProducer = async (brokers, topic) => {
  const producer = driverOf(brokers, 'bench').producer({ allowAutoTopicCreation: false });
  await producer.connect();
  return {
    /** @returns where each partition's records begin */
    send: (messages) =>
      producer.send({
        topic,
        acks: -1,
        timeout: 30_000,
        compression: CompressionTypes.LZ4,
        messages,
      }),
    close: () => producer.disconnect(),
  };
};

export const makeTopic = (brokers, topic) => createTopic(brokers, topic, PARTITIONS, {});

/** How many records of a topic the ledger has. */
export const inLedger = async (stores, prefix) => {
  const taken = [];
  for (let partition = 0; partition < PARTITIONS; partition++)
    taken.push(await stores.takenIn(feedOf(topicOf(prefix), partition, prefix).stream));
  return taken.reduce((sum, one) => sum + one, 0);
};

let made = 0;

/** Fresh stores of a kind, and the processes over them; `more`: variables of all processes. */
export const startFooting = async ({ broker, server, directory, ledger, prefix, names, more = {} }) => {
  const name = `bench${(made += 1)}`;
  const logs = join(directory, name);
  mkdirSync(logs);
  const address = await server.createDatabase(name);
  const eventStore = ledger === 'PostgreSQL' ? undefined : await startEventStore();
  const stores = await openStores(address, eventStore?.url);
  const environment = {
    // without the proxy
    KARNAMA_DATABASE_URL: address.direct(),
    KARNAMA_KAFKA_BROKERS: broker.brokers.join(','),
    KARNAMA_KAFKA_GROUP: name,
    KARNAMA_TOPIC_PREFIX: prefix,
    KARNAMA_QUARANTINE_KEY: randomBytes(32).toString('hex'),
    KARNAMA_PSEUDONYM_KEY: `1:${randomBytes(32).toString('base64')}`,
    KARNAMA_LOG_LEVEL: 'warn',
    ...(eventStore === undefined ? {} : { KARNAMA_EVENTSTOREDB_URL: eventStore.url }),
    ...more,
  };
  const apps = startApps(() => environment, logs, names);
  return {
    stores,
    apps,
    url: address.direct(),
    eventStoreUrl: eventStore?.url,
    /** Ends everything; throws when a process ended by itself meanwhile: the figures would mean nothing. */
    close: async () => {
      const ends = apps.ownEnds();
      await apps.stop();
      await stores.close();
      await eventStore?.close();
      const [end] = ends;
      if (end !== undefined) throw new Error(`${end.name} ended by itself (${end.how}): ${end.words}`);
    },
  };
};
