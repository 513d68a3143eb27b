/**
 * From the acknowledgement of the broker to the published figures: for each record the time until a
 * question to the cells answers with it in. Cells become visible together with their checkpoint, so a
 * record is in every answer from the moment at which the checkpoint has passed its event.
 */
import { eventually, pause } from '../tools/faults/wait.mjs';
import { inLedger, LEDGERS, makeTopic, openProducer, startFooting, topicOf } from './kafka-footing.mjs';
import { askMeanwhile, publishAt } from './kafka-load.mjs';
import { memoryOf } from './kafka-memory.mjs';
import { percentile, printTable, whole } from './measure.mjs';

const LOOK_MS = 20;
const NAMES = ['intake-1', 'projector-1', 'api-1'];
const LIMIT_MS = 120_000;

/** Publishes at a rate; tells where and when each record was acknowledged. */
const publishNoted = async ({ topic, ...load }) => {
  const acknowledged = new Map();
  const stored = ({ partition, from, size, at }) => {
    for (let n = 0; n < size; n++) acknowledged.set(`${topic}/${partition}/${from + BigInt(n)}`, at);
  };
  return { acknowledged, ...(await publishAt({ ...load, stored })) };
};

/** Looks again and again how far the figures are. */
const watchFigures = (stores) => {
  const seen = [];
  let stopping = false;
  const work = (async () => {
    while (!stopping) {
      const position = (await stores.checkpoints()).get('movements');
      const at = performance.now();
      if (seen.at(-1)?.position !== position) seen.push({ at, position });
      await pause(LOOK_MS);
    }
  })();
  return {
    until: (position) =>
      eventually('everything counted', async () => (seen.at(-1)?.position ?? 0n) >= position, LIMIT_MS),
    stop: async () => {
      stopping = true;
      await work;
      return seen;
    },
  };
};

/** Positions of all records, once the ledger has them: `topic/partition/offset` → position. */
const tookIn = async (stores, prefix, count) => {
  const complete = async () => (await inLedger(stores, prefix)) >= count;
  await eventually('everything in the ledger', complete, LIMIT_MS);
  return new Map([...(await stores.eventsBySource())].map(([place, [{ position }]]) => [place, position]));
};

/** Milliseconds of each record, from acknowledged to seen; one that was seen before counts as 0. */
const delaysOf = (acknowledged, positions, seen) => {
  const records = [...acknowledged]
    .map(([place, at]) => ({ at, position: positions.get(place) }))
    .sort((a, b) => (a.position < b.position ? -1 : 1));
  let index = 0;
  return records.map(({ at, position }) => {
    while (seen[index].position < position) index++;
    return Math.max(0, seen[index].at - at);
  });
};

const milliseconds = (values, p) => Math.round(percentile(values, p));

const measure = async ({ footing, producer, prefix, rate, seconds, first }) => {
  const figures = watchFigures(footing.stores);
  const asked = askMeanwhile(footing.apps);
  const published = await publishNoted({ producer, topic: topicOf(prefix), rate, seconds, first });
  const positions = await tookIn(footing.stores, prefix, first + published.sent);
  const last = [...published.acknowledged.keys()].map((place) => positions.get(place));
  await figures.until(last.reduce((most, one) => (one > most ? one : most), 0n));
  const answers = await asked();
  const delays = delaysOf(published.acknowledged, positions, await figures.stop());
  return {
    sent: published.sent,
    row: {
      'records/s asked for': whole(rate),
      published: whole(published.sent / published.seconds),
      records: whole(delays.length),
      'p50 ms': milliseconds(delays, 50),
      'p95 ms': milliseconds(delays, 95),
      'p99 ms': milliseconds(delays, 99),
      'longest ms': milliseconds(delays, 100),
      'API answer p99 ms': milliseconds(answers, 99),
    },
  };
};

const overLedger = async ({ broker, ledger, prefix, seconds, minutes, ...parts }) => {
  await makeTopic(broker.brokers, topicOf(prefix));
  const footing = await startFooting({ broker, ledger, prefix, names: NAMES, ...parts });
  const producer = await openProducer(broker.brokers, topicOf(prefix));
  const rows = [];
  try {
    await footing.apps.allReady();
    const memory = memoryOf(footing.apps);
    let next = 0;
    const plan = [
      { rate: 500, seconds: 3, unseen: true }, // everything compiled and planned
      { rate: 1_000, seconds },
      { rate: 5_000, seconds },
      ...(minutes > 0 ? [{ rate: 1_000, seconds: minutes * 60 }] : []),
    ];
    for (const { unseen = false, ...step } of plan) {
      const { row, sent } = await measure({ footing, producer, prefix, first: next, ...step });
      next += sent;
      if (!unseen) rows.push({ ledger, ...row });
    }
    return { rows, memory: memory.stop() };
  } finally {
    await producer.close();
    await footing.close();
  }
};

export const benchDelay = async ({ smoke, minutes, ...parts }) => {
  const results = [];
  for (const [index, ledger] of LEDGERS.entries()) {
    const step = { ledger, prefix: `delay${index}.`, seconds: smoke ? 3 : 20, minutes };
    results.push({ ledger, ...(await overLedger({ ...parts, ...step })) });
  }
  printTable(
    'from acknowledged to visible, one process of each kind',
    results.flatMap(({ rows }) => rows),
  );
  printTable(
    `resident memory, MB${minutes > 0 ? `, over ${minutes} minutes and more` : ''}`,
    results.flatMap(({ ledger, memory }) =>
      Object.entries(memory).map(([name, { highest, first, last }]) => ({
        ledger,
        process: name,
        'median of the first third': first,
        'median of the last third': last,
        highest,
      })),
    ),
  );
};
