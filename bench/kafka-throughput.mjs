/** Records a second from a full topic into the ledger, by one intake worker, beside the two raw limits. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { ROOT } from '../tools/root.mjs';
import { pause } from '../tools/faults/wait.mjs';
import {
  inLedger,
  LEDGERS,
  makeTopic,
  message,
  openProducer,
  PARTITIONS,
  startFooting,
  topicOf,
} from './kafka-footing.mjs';
import { memoryOf } from './kafka-memory.mjs';
import { median, printTable, whole } from './measure.mjs';

const PREFIX = 'full.';

const run = promisify(execFile);

/** Runs one of the raw limits as a process of its own; answers its records a second. */
const rateOf = async (program, ...args) => {
  const { stdout } = await run(process.execPath, [join(ROOT, 'bench', program), ...args.map(String)], {
    timeout: 300_000,
  });
  const { records, seconds } = JSON.parse(stdout);
  return records / seconds;
};

const fillTopic = async (brokers, count) => {
  await makeTopic(brokers, topicOf(PREFIX));
  const producer = await openProducer(brokers, topicOf(PREFIX));
  for (let at = 0; at < count; at += 2_000)
    await producer.send(Array.from({ length: Math.min(2_000, count - at) }, (_, n) => message(at + n)));
  await producer.close();
};

/** From the first records in the ledger to nearly the last: neither its start nor the emptying of the queue. */
const takeIn = async (stores, count) => {
  let first;
  for (;;) {
    const [at, taken] = [performance.now(), await inLedger(stores, PREFIX)];
    if (taken > 0) first ??= { at, taken };
    if (taken >= count * 0.9 && taken > first.taken) return ((taken - first.taken) * 1000) / (at - first.at);
    await pause(100);
  }
};

const measure = async (parts, ledger, count) => {
  const footing = await startFooting({ ...parts, ledger, prefix: PREFIX, names: [] });
  const raw = await rateOf('kafka-append.mjs', footing.url, footing.eventStoreUrl ?? '-', count);
  await footing.close();
  const working = await startFooting({ ...parts, ledger, prefix: PREFIX, names: ['intake-1'] });
  const memory = memoryOf(working.apps);
  try {
    return { raw, rate: await takeIn(working.stores, count), memory: memory.stop()['intake-1'].highest };
  } finally {
    memory.stop();
    await working.close();
  }
};

export const benchThroughput = async ({ broker, server, directory, smoke }) => {
  const count = smoke ? 24_000 : 240_000;
  const rounds = smoke ? 1 : 3;
  await fillTopic(broker.brokers, count);
  const parts = { broker, server, directory };
  const consumed = [];
  const measured = new Map(LEDGERS.map((ledger) => [ledger, []]));
  for (let round = 0; round < rounds; round++) {
    consumed.push(
      await rateOf('kafka-consume.mjs', broker.brokers.join(','), topicOf(PREFIX), `raw-${round}`, count),
    );
    for (const ledger of round % 2 === 0 ? LEDGERS : LEDGERS.toReversed())
      measured.get(ledger).push({ ...(await measure(parts, ledger, count)), consumed: consumed.at(-1) });
  }
  printTable(
    `Kafka → ledger, one intake worker, ${whole(count)} records in ${PARTITIONS} partitions, median of ${rounds} (kafkajs doing nothing: ${whole(median(consumed))} records/s)`,
    LEDGERS.map((ledger) => {
      const runs = measured.get(ledger);
      const of = (value) => median(runs.map(value));
      return {
        ledger,
        'records/s': whole(of(({ rate }) => rate)),
        'of kafkajs doing nothing': of(({ rate, consumed: raw }) => rate / raw).toFixed(2),
        'raw appends/s': whole(of(({ raw }) => raw)),
        'of raw appends': of(({ rate, raw }) => rate / raw).toFixed(2),
        'highest memory MB': of(({ memory }) => memory),
      };
    }),
  );
};
