/**
 * The memory of each process over time, at 1,000 records/s: resident as the system sees it, and the heap that
 * is left after a full collection. A straight line through each tells whether it grows.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, pause } from '../tools/faults/wait.mjs';
import { inLedger, LEDGERS, makeTopic, openProducer, startFooting, topicOf } from './kafka-footing.mjs';
import { askMeanwhile, publishAt } from './kafka-load.mjs';
import { percentile, printTable, whole } from './measure.mjs';
import { lineThrough } from './slope.mjs';

const NAMES = ['intake-1', 'projector-1', 'api-1'];
const RATE = 1_000;
/** What is compiled, cached and pooled in the first while is no growth. */
const WARM_MINUTES = 1;
const LIMIT_MS = 300_000;
/** Who is further behind at the end did not keep up, and holds what waits. */
const KEPT_UP_SECONDS = 5;
/** So long after the last record a process is at rest, and the probe has looked again. */
const REST_MS = 35_000;
/** The goal: resident memory of a process. */
const MOST_MB = 400;
/** As the images start their processes. */
const FLAGS = '--max-semi-space-size=64 --max-old-space-size=320';

const megabytes = (bytes) => bytes / 1e6;

/** What the probe of a process wrote down in a while: minutes, and megabytes. */
const samplesOf = (directory, name, since, until) => {
  const file = join(directory, `${name}.jsonl`);
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  return lines
    .map((line) => JSON.parse(line))
    .filter(({ at }) => at >= since && at <= until)
    .map(({ at, rss, heap, external }) => ({
      minute: (at - since) / 60_000,
      rss: megabytes(rss),
      heap: megabytes(heap),
      external: megabytes(external),
    }));
};

/** By minute: the last sample of each. */
const overTime = (ledger, name, samples) => {
  const byMinute = new Map(samples.map((sample) => [Math.floor(sample.minute), sample]));
  return [...byMinute].map(([minute, { rss, heap, external }]) => ({
    ledger,
    process: name,
    minute: minute + 1,
    'RSS MB': Math.round(rss),
    'heap after GC MB': heap.toFixed(1),
    'outside of the heap MB': external.toFixed(1),
  }));
};

const rounded = (value) => Number(value.toFixed(2));

/** Grows: the line rises by more than twice its error, and by more than a hundredth of the mean in a minute. */
const verdictOf = ({ slope, error, mean }) =>
  slope > 2 * error && slope > mean / 100 ? 'grows' : slope > 2 * error && slope > 0 ? 'nearly flat' : 'flat';

const linesOf = (ledger, name, samples, rest) => {
  const points = samples.filter(({ minute }) => minute >= WARM_MINUTES);
  const line = (of) => lineThrough(points.map((sample) => ({ x: sample.minute, y: of(sample) })));
  const [rss, heap] = [line(({ rss }) => rss), line(({ heap }) => heap)];
  return {
    ledger,
    process: name,
    samples: points.length,
    'RSS highest MB': Math.round(Math.max(...samples.map(({ rss }) => rss))),
    'RSS MB/min': `${rounded(rss.slope)} ± ${rounded(rss.error)}`,
    RSS: verdictOf(rss),
    'heap MB': rounded(heap.mean),
    'heap MB/min': `${rounded(heap.slope)} ± ${rounded(heap.error)}`,
    heap: verdictOf(heap),
    'heap at rest MB': rest === undefined ? '' : rounded(rest.heap),
  };
};

const overLedger = async ({ broker, server, directory, ledger, prefix, minutes }) => {
  const probes = join(directory, `memory-${prefix}`);
  mkdirSync(probes);
  const topic = topicOf(prefix);
  await makeTopic(broker.brokers, topic);
  const probe = new URL('memory-probe.mjs', import.meta.url).href;
  const more = { NODE_OPTIONS: `${FLAGS} --import=${probe}`, KARNAMA_BENCH_MEMORY: probes };
  const footing = await startFooting({ broker, server, directory, ledger, prefix, names: NAMES, more });
  const producer = await openProducer(broker.brokers, topic);
  try {
    await footing.apps.allReady();
    const since = Date.now();
    const asked = askMeanwhile(footing.apps);
    const published = await publishAt({ producer, rate: RATE, seconds: minutes * 60, first: 0 });
    const until = Date.now();
    const counted = async () =>
      (await inLedger(footing.stores, prefix)) >= published.sent &&
      (await footing.stores.checkpoints()).get('movements') >= (await footing.stores.head());
    await eventually('everything in the ledger and counted', counted, LIMIT_MS);
    const behindSeconds = (Date.now() - until) / 1000;
    const answers = await asked();
    const calm = Date.now();
    await pause(REST_MS);
    const all = NAMES.map((name) => ({
      name,
      samples: samplesOf(probes, name, since, until),
      rest: samplesOf(probes, name, calm, Infinity).at(-1),
    }));
    return {
      load: {
        ledger,
        minutes,
        'records published and counted': whole(published.sent),
        'records/s': whole(published.sent / published.seconds),
        's behind at the end': rounded(behindSeconds),
        'questions asked': answers.length,
        'API answer p99 ms': Math.round(percentile(answers, 99)),
      },
      time: all.flatMap(({ name, samples }) => overTime(ledger, name, samples)),
      lines: all.map(({ name, samples, rest }) => linesOf(ledger, name, samples, rest)),
      keptUp: behindSeconds <= KEPT_UP_SECONDS,
    };
  } finally {
    await producer.close();
    await footing.close();
  }
};

const chosen = (ledger) =>
  LEDGERS.filter((name) => ledger === undefined || name.toLowerCase().startsWith(ledger));

const printRun = ({ time, load, lines, keptUp }) => {
  printTable('memory over time, one process of each kind', time);
  printTable('the load', [load]);
  printTable(
    `growth behind the first minute, by least squares ± standard error; the goal is flat, below ${MOST_MB} MB`,
    lines,
  );
  if (!keptUp)
    console.log(
      'The machine was too busy: the processes fell behind, and what grew under way is what waited. The heap at rest counts.',
    );
};

export const benchMemory = async ({ minutes, ledger, ...parts }) => {
  for (const [index, name] of chosen(ledger).entries())
    printRun(await overLedger({ ...parts, ledger: name, minutes, prefix: `memory${index}.` }));
};
