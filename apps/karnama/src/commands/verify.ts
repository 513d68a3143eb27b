import type { Command } from 'commander';
import {
  checkIdentities,
  rebuildAll,
  verifyAll,
  type Comparison,
  type Projection,
  type RecountOptions,
  type RecountProgress,
} from '@karnama/cells';
import { KarnamaError } from '@karnama/kernel';
import { usualThreads, withCountingThreads } from '../counting/threads.js';
import { count, exitCodes, json, megabytes, print, progressLine } from '../output.js';
import { projectionNamed } from '../projection-named.js';
import { runCommand, withCommonOptions, type CommonOptions, type Session } from '../run-command.js';

type RecountingOptions = CommonOptions & { readonly threads: string; readonly projection?: string };
type VerifyOptions = RecountingOptions & { readonly limit: string };

const withRecounting = (command: Command): Command =>
  withCommonOptions(command)
    .option('--threads <n>', 'threads that share the counting', String(usualThreads))
    .option('--projection <names>', 'only these, separated by commas (default: all)');

const threadsIn = ({ threads }: RecountingOptions): number => {
  const number = Number(threads);
  if (Number.isInteger(number) && number >= 1 && number <= 64) return number;
  throw new KarnamaError('bad-option', `--threads is "${threads}"`, 'give a number from 1 to 64');
};

const chosenOf = (all: readonly Projection[], { projection }: RecountingOptions): readonly Projection[] => {
  if (projection === undefined) return all;
  const chosen = projection.split(',').map((name) => projectionNamed(all, name.trim()));
  return all.filter((one) => chosen.includes(one));
};

/** Recounts by threads, and shows how far it has come. */
const recounting = async <T>(
  verb: string,
  { footing, signal }: Session,
  options: RecountingOptions,
  work: (recount: RecountOptions) => Promise<T>,
): Promise<T> => {
  const line = progressLine();
  const began = performance.now();
  const onProgress: RecountProgress = (percent, events) => {
    const rate = Number(events) / ((performance.now() - began) / 1000);
    line.show(`${verb}: ${percent} %, ${count(Math.round(rate))} events/s`);
  };
  try {
    return await withCountingThreads(footing, threadsIn(options), (lanes) =>
      work({ lanes, signal, onProgress }),
    );
  } finally {
    line.end();
  }
};

export const addVerify = (program: Command): void => {
  withRecounting(program.command('verify'))
    .summary('recount everything from the ledger and compare')
    .description(
      'Recounts every projection from the ledger and compares it with what is kept, cell by cell, roll-ups included, and checks in every cell that a stock changed by its flows. Changes nothing.',
    )
    .option('--limit <n>', 'show at most so many differing cells', '20')
    .addHelpText(
      'after',
      `\nExit code ${exitCodes.differs} when a cell differs.\n\nExamples:\n  karnama verify\n  karnama verify --json`,
    )
    .action((options: VerifyOptions) =>
      runCommand(options, 'verify: recounts the figures', async (session) => {
        const { cells, ledger } = session.footing;
        const projections = chosenOf(session.footing.projections, options);
        const limit = Number(options.limit);
        const compared = await recounting('recounting', session, options, (recount) =>
          verifyAll(cells, ledger, projections, limit, recount),
        );
        const results = [];
        for (const [i, projection] of projections.entries()) {
          const identities = await checkIdentities(cells, await cells.open(projection), limit);
          results.push({ projection: projection.name, ...(compared[i] as Comparison), identities });
        }
        const cellsCompared = results.reduce((sum, result) => sum + result.compared, 0n);
        const differing = results.reduce((sum, result) => sum + result.differing, 0n);
        const identities = results.reduce((sum, result) => sum + result.identities.checked, 0n);
        const broken = results.flatMap((result) => result.identities.broken);
        if (options.json === true)
          await print(
            json({
              compared: cellsCompared,
              differing,
              identities,
              broken: broken.length,
              projections: results,
            }),
          );
        else {
          for (const { differences } of results)
            for (const { dataflow, table, cell, left, right } of differences)
              await print(
                `${dataflow} ${table} [${cell}]: kept ${left?.join(' ') ?? 'nothing'}, recounted ${right?.join(' ') ?? 'nothing'}\n`,
              );
          for (const { dataflow, identity, cell, change, flows } of broken)
            await print(
              `${dataflow} [${cell}]: ${identity.stock} changed by ${change}, its flows come to ${flows}\n`,
            );
          await print(
            `${count(identities)} stock identities checked, ${count(broken.length)} broken\n` +
              `${count(cellsCompared)} cells compared, ${count(differing)} differing cells\n`,
          );
        }
        if (differing > 0n || broken.length > 0) process.exitCode = exitCodes.differs;
      }),
    );
};

export const addRebuild = (program: Command): void => {
  withRecounting(program.command('rebuild'))
    .summary('count everything anew and switch to it')
    .description(
      'Counts every projection anew from the ledger, beside the one in use, then switches to it at one moment. Questions are answered all the while.',
    )
    .addHelpText(
      'after',
      '\nNeeded after an upgrade that changes a definition.\n\nExamples:\n  karnama rebuild\n  karnama rebuild --json',
    )
    .action((options: RecountingOptions) =>
      runCommand(options, 'rebuild: counts the figures anew', async (session) => {
        const { cells, ledger } = session.footing;
        const projections = chosenOf(session.footing.projections, options);
        const began = performance.now();
        const generations = await recounting('counting', session, options, (recount) =>
          rebuildAll(cells, ledger, projections, recount),
        );
        const seconds = (performance.now() - began) / 1000;
        const events = await ledger.head();
        const rebuilt = [];
        for (const generation of generations) {
          const { events: counted } = await cells.checkpoint(generation);
          const { projection, number } = generation;
          rebuilt.push({ projection: projection.name, generation: number, events: counted });
        }
        const outcome = {
          rebuilt,
          seconds: Math.round(seconds * 10) / 10,
          perSecond: Math.round(Number(events) / seconds),
          megabytes: megabytes(),
        };
        if (options.json === true) return print(json(outcome));
        for (const { projection, generation, events: counted } of rebuilt)
          await print(
            `${projection}: ${count(counted)} events counted, generation ${generation} is in use\n`,
          );
        return print(
          `${count(events)} events of the ledger in ${outcome.seconds} s (${count(outcome.perSecond)}/s), at most ${count(outcome.megabytes)} MB of memory\n`,
        );
      }),
    );
};
