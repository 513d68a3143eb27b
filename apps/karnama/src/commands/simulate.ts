import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { KarnamaError } from '@karnama/kernel';
import { simulateMovements, type SimulationOptions } from '@karnama/simulator';
import { pathOf } from '../config.js';
import { count, json, print, progressLine, reportError, exitCodes } from '../output.js';
import { runCommand, withCommonOptions, type CommonOptions } from '../run-command.js';
import { playSimulation, sampleOptions } from '../sample.js';
import { lendAHand } from '../workers.js';

type SimulateOptions = CommonOptions & {
  readonly seed: string;
  readonly from: string;
  readonly months: string;
  readonly scale: string;
  readonly out?: string;
  readonly truth?: string;
};

const numberOf = (name: string, text: string, least: number): number => {
  const value = Number(text);
  if (!Number.isFinite(value) || value < least)
    throw new KarnamaError('bad-request', `--${name} "${text}" is no number from ${least} on`);
  return value;
};

const simulationOf = ({ seed, from, months, scale }: SimulateOptions): SimulationOptions => ({
  seed: numberOf('seed', seed, 0),
  from,
  months: numberOf('months', months, 1),
  scale: numberOf('scale', scale, 0.001),
});

/** NDJSON files, one per contract: what an agency without a connection would deliver. */
const writeFiles = async (directory: string, options: SimulationOptions): Promise<number> => {
  await mkdir(directory, { recursive: true });
  const world = simulateMovements(options);
  let records = 0;
  const lines = (of: 'movements' | 'retractions') =>
    function* (): Iterable<string> {
      for (const month of world) {
        for (const record of month[of]) yield `${JSON.stringify(record)}\n`;
        if (of === 'movements') for (const line of month.broken) yield `${line.replaceAll('\n', ' ')}\n`;
        records += month[of].length + (of === 'movements' ? month.broken.length : 0);
      }
    };
  const write = (name: string, content: Iterable<string>): Promise<void> =>
    pipeline(Readable.from(content), createWriteStream(join(directory, name)));
  await write(
    'movement-totals.ndjson',
    world.openingStock.map((record) => `${JSON.stringify(record)}\n`),
  );
  await write('movements.ndjson', lines('movements')());
  await write('movement-retractions.ndjson', lines('retractions')());
  return records + world.openingStock.length;
};

export const addSimulate = (program: Command): void => {
  withCommonOptions(program.command('simulate'))
    .summary('play a reproducible country')
    .description(
      'Plays a reproducible country into the data directory (with a release each month), or into files. The same seed gives the same records.',
    )
    .option('--seed <n>', 'another seed, another country', String(sampleOptions.seed))
    .option('--from <month>', 'first month', sampleOptions.from)
    .option('--months <n>', 'how many months', String(sampleOptions.months))
    .option('--scale <factor>', 'size; 1 is about two thousand records a month', '1')
    .option('--out <directory>', 'write NDJSON files, take nothing in')
    .option('--truth <file>', "write the world's own totals as JSON, to check figures against")
    .addHelpText(
      'after',
      '\nExamples:\n  karnama simulate --seed 7 --months 36\n  karnama simulate --out files/ --truth truth.json',
    )
    .action(async (options: SimulateOptions) => {
      try {
        const simulation = simulationOf(options);
        if (options.truth !== undefined)
          await writeFile(pathOf(options.truth), json(simulateMovements(simulation).truth().final));
        if (options.out !== undefined) {
          const records = await writeFiles(pathOf(options.out), simulation);
          return await print(
            options.json === true
              ? json({ records })
              : `${count(records)} records written to ${options.out}\n`,
          );
        }
        return await runCommand(options, 'simulate: plays a country', async ({ footing, signal }) => {
          const workers = lendAHand(footing);
          const line = progressLine();
          let total = 0;
          try {
            await playSimulation(footing, workers, simulation, signal, (month, records) => {
              total += records;
              line.show(`${month}: ${count(total)} records`);
            });
          } finally {
            line.end();
            await workers.stop();
          }
          await print(options.json === true ? json({ records: total }) : `${count(total)} records played\n`);
        });
      } catch (error) {
        reportError(error, options.json === true);
        process.exitCode = exitCodes.failed;
        return undefined;
      }
    });
};
