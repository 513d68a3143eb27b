/** What the Kafka benchmarks run on: topics, stores, and processes with their environment. */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startApps } from '../tools/faults/apps.mjs';
import { driverOf, driverPackage, kafkajs } from '../tools/faults/driver.mjs';
import { startEventStore } from '../tools/faults/event-store.mjs';
import { createTopic, openStores } from '../tools/faults/stores.mjs';
import { movementRecord, numbers } from './movements.mjs';

export const PREFIX = 'karnama.';
export const TOPIC = `${PREFIX}br-mte.movements`;
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

export const openProducer = async (brokers) => {
  const producer = driverOf(brokers, 'bench').producer({ allowAutoTopicCreation: false });
  await producer.connect();
  return {
    /** @returns where each partition's records begin */
    send: (messages) =>
      producer.send({
        topic: TOPIC,
        acks: -1,
        timeout: 30_000,
        compression: CompressionTypes.LZ4,
        messages,
      }),
    close: () => producer.disconnect(),
  };
};

export const makeTopic = (brokers) => createTopic(brokers, TOPIC, PARTITIONS, {});

let made = 0;

/** Fresh stores of a kind, and the processes over them. */
export const startFooting = async ({ broker, server, directory, ledger, names }) => {
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
    KARNAMA_QUARANTINE_KEY: randomBytes(32).toString('hex'),
    KARNAMA_LOG_LEVEL: 'warn',
    ...(eventStore === undefined ? {} : { KARNAMA_EVENTSTOREDB_URL: eventStore.url }),
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
