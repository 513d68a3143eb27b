/**
 * The Kafka driver as any program of an agency would use it, in the version that the adapter pins: nothing
 * of the adapter's own code is between a fault and what it is judged by.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../root.mjs';

const fromAdapter = createRequire(join(ROOT, 'libs/adapter-kafka/package.json'));

export const kafkajs = fromAdapter('kafkajs');

/** A package of the adapter, such as those of its codecs. */
export const driverPackage = (name) => fromAdapter(name);

/** Silent, and soon tired of what does not answer: who calls tries again by itself. */
export const driverOf = (brokers, clientId) =>
  new kafkajs.Kafka({
    brokers,
    clientId,
    logLevel: kafkajs.logLevel.NOTHING,
    requestTimeout: 5_000,
    connectionTimeout: 2_000,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 3 },
  });
