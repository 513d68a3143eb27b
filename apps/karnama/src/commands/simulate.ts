import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { bringUp } from '@karnama/cells';
import { KarnamaError } from '@karnama/kernel';
import { countryMonths, countryTruth, simulateMovements, type Shipment } from '@karnama/simulator';
import { pathOf } from '../config.js';
import { usualThreads, withCountingThreads } from '../counting/threads.js';
import type { Footing } from '../footing.js';
import {
  count,
  exitCodes,
  json,
  megabytes,
  print,
  progressLine,
  reportError,
  type ProgressLine,
} from '../output.js';
import { runCommand, withCommonOptions, type CommonOptions } from '../run-command.js';
import { playSimulation, sampleOptions, type PlayOptions } from '../sample.js';
import { settleIntake } from '../settle.js';
import { lendAHand } from '../workers.js';

type SimulateOptions = CommonOptions & {
  readonly seed: string;
  readonly from: string;
  readonly months: string;
  readonly scale: string;
  readonly movements: string;
  readonly wages: string;
  readonly redelivery?: string;
  readonly rate?: string;
  readonly out?: string;
  readonly truth?: string;
};

const numberOf = (name: string, text: string, least: number): number => {
  const value = Number(text);
  if (!Number.isFinite(value) || value < least)
    throw new KarnamaError('bad-request', `--${name} "${text}" is no number from ${least} on`);
  return value;
};

const wagesOf = (text: string): 'monthly' | 'quarterly' => {
  if (text === 'monthly' || text === 'quarterly') return text;
  throw new KarnamaError('bad-request', `--wages "${text}" is neither monthly nor quarterly`);
};

const simulationOf = (options: SimulateOptions): PlayOptions => ({
  seed: numberOf('seed', options.seed, 0),
  from: options.from,
  months: numberOf('months', options.months, 1),
  scale: numberOf('scale', options.scale, 0.00001),
  movements: numberOf('movements', options.movements, 0),
  wages: wagesOf(options.wages),
  ...(options.redelivery === undefined ? {} : { redelivery: numberOf('redelivery', options.redelivery, 0) }),
  ...(options.rate === undefined ? {} : { rate: numberOf('rate', options.rate, 1) }),
});

/** A line of a file: the headers and the value of a channel record, which may be no JSON. */
const lineOf = ({ headers, value }: Shipment): string => `${JSON.stringify({ headers, value })}\n`;

/** Adds to files of a directory; what a file held before this run is written over. */
type Files = (name: string, text: string) => Promise<void>;

const filesIn = (directory: string): Files => {
  const begun = new Set<string>();
  return async (name, text) => {
    const file = join(directory, name);
    await (begun.has(name) ? appendFile(file, text) : writeFile(file, text));
    begun.add(name);
  };
};

/** NDJSON files, one for each contract of each agency: what agencies without a connection would deliver. */
const writeCountry = async (add: Files, options: PlayOptions): Promise<number> => {
  let records = 0;
  for await (const { batches } of countryMonths(options))
    for (const shipments of batches()) {
      const files = new Map<string, string>();
      for (const shipment of shipments) {
        const name = `${shipment.agency}.${shipment.contract}.ndjson`;
        files.set(name, (files.get(name) ?? '') + lineOf(shipment));
      }
      for (const [name, lines] of files) await add(name, lines);
      records += shipments.length;
    }
  return records;
};

/** Movements have no identity: each line is one. */
const writeMovements = async (add: Files, options: PlayOptions): Promise<number> => {
  const { seed, from, months, movements = 1 } = options;
  if (movements === 0) return 0;
  const world = simulateMovements({ seed, from, months, scale: movements });
  const write = (name: string, values: readonly string[]): Promise<void> =>
    add(name, values.map((value) => `${value.replaceAll('\n', ' ')}\n`).join(''));
  const texts = (list: readonly object[]): string[] => list.map((record) => JSON.stringify(record));
  await write('movement-totals.ndjson', texts(world.openingStock));
  let records = world.openingStock.length;
  for (const { movements: sound, retractions, broken } of world) {
    await write('movements.ndjson', [...texts(sound), ...broken]);
    await write('movement-retractions.ndjson', texts(retractions));
    records += sound.length + retractions.length + broken.length;
  }
  return records;
};

const writeFiles = async (out: string, options: PlayOptions): Promise<number> => {
  const directory = pathOf(out);
  await mkdir(directory, { recursive: true });
  const add = filesIn(directory);
  return (await writeCountry(add, options)) + (await writeMovements(add, options));
};

type Pace = { readonly records: number; readonly seconds: number; readonly perSecond: number };

const paceOf = (records: number, began: number): Pace => {
  const seconds = (performance.now() - began) / 1000;
  return { records, seconds: Math.round(seconds), perSecond: Math.round(records / seconds) };
};

const writeTruth = async (file: string, options: PlayOptions): Promise<void> => {
  const line = progressLine();
  const truth = countryTruth(options, (done, of) => line.show(`counting the truth: ${done} of ${of} parts`));
  line.end();
  await writeFile(pathOf(file), JSON.stringify(truth));
};

/** Plays the country into the ledger, without counting it yet. */
const takeIn = async (
  footing: Footing,
  simulation: PlayOptions,
  signal: AbortSignal,
  line: ProgressLine,
): Promise<Pace> => {
  const workers = lendAHand(footing, []);
  const began = performance.now();
  let total = 0;
  try {
    const settled = (): Promise<void> => settleIntake(footing, workers, signal);
    await playSimulation(footing, settled, simulation, signal, (month, records) => {
      total += records;
      line.show(`${month}: ${count(total)} records, ${count(paceOf(total, began).perSecond)}/s`);
    });
  } finally {
    await workers.stop();
  }
  return paceOf(total, began);
};

/** Counts what is in the ledger. */
const countUp = async (footing: Footing, signal: AbortSignal, line: ProgressLine): Promise<Pace> => {
  const { cells, ledger, projections } = footing;
  const began = performance.now();
  await withCountingThreads(footing, usualThreads, (lanes) =>
    bringUp(cells, ledger, projections, {
      lanes,
      signal,
      onProgress: (percent) => line.show(`counting: ${percent} %`),
    }),
  );
  return paceOf(Number(await ledger.head()), began);
};

const playInto = (options: SimulateOptions, simulation: PlayOptions): Promise<void> =>
  runCommand(options, 'simulate: plays a country', async ({ footing, signal }) => {
    const line = progressLine();
    try {
      const taken = await takeIn(footing, simulation, signal, line);
      // over Kafka processes of their own take it in and count it
      const counted = footing.channelKind === 'kafka' ? null : await countUp(footing, signal, line);
      line.end();
      await print(outcomeOf(taken, counted, options.json === true));
    } finally {
      line.end();
    }
  });

const outcomeOf = (taken: Pace, counted: Pace | null, asJson: boolean): string => {
  const memory = megabytes();
  if (asJson) return json({ ...taken, ...(counted === null ? {} : { counted }), megabytes: memory });
  const pace = ({ records, seconds, perSecond }: Pace, what: string): string =>
    `${count(records)} ${what} in ${count(seconds)} s (${count(perSecond)}/s)\n`;
  return `${pace(taken, 'records taken in')}${counted === null ? '' : pace(counted, 'events counted by all projections')}at most ${count(memory)} MB of memory\n`;
};

export const addSimulate = (program: Command): void => {
  withCommonOptions(program.command('simulate'))
    .summary('play a reproducible country')
    .description(
      'Plays a reproducible country into the data directory (with a release each month), or into files. The same seed gives the same records; a run that was stopped goes on where it was.',
    )
    .option('--seed <n>', 'another seed, another country', String(sampleOptions.seed))
    .option('--from <month>', 'first month', sampleOptions.from)
    .option('--months <n>', 'how many months', String(sampleOptions.months))
    .option('--scale <factor>', 'size; 1 is about 24 million jobs', String(sampleOptions.scale))
    .option('--movements <factor>', 'size of the declared movements; 1 is about 2,000 a month, 0 none', '1')
    .option('--wages <when>', 'wages of every month (monthly) or of the last of a quarter', 'quarterly')
    .option('--redelivery <n>', 'deliver the same up to 12 months later, 1–5 times, in another order')
    .option('--rate <n>', 'records a second, at most')
    .option('--out <directory>', 'write NDJSON files, take nothing in')
    .option('--truth <file>', "write the world's own figures as JSON, for karnama check-truth")
    .addHelpText(
      'after',
      '\nExamples:\n  karnama simulate --seed 7 --scale 0.01 --months 36 --truth truth.json\n  karnama check-truth truth.json\n  karnama simulate --out files/',
    )
    .action(async (options: SimulateOptions) => {
      try {
        const simulation = simulationOf(options);
        if (options.truth !== undefined) await writeTruth(options.truth, simulation);
        if (options.out === undefined) return await playInto(options, simulation);
        const records = await writeFiles(options.out, simulation);
        return await print(
          options.json === true ? json({ records }) : `${count(records)} records written to ${options.out}\n`,
        );
      } catch (error) {
        reportError(error, options.json === true);
        process.exitCode = exitCodes.failed;
        return undefined;
      }
    });
};
