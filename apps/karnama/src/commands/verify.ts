import type { Command } from 'commander';
import {
  checkIdentities,
  forEachProjection,
  rebuild,
  verify,
  type Projection,
  type RebuildProgress,
} from '@karnama/cells';
import { count, exitCodes, json, print, progressLine } from '../output.js';
import { runCommand, withCommonOptions, type CommonOptions } from '../run-command.js';

type VerifyOptions = CommonOptions & { readonly limit: string };

const withProgress = async <T>(
  verb: string,
  projection: Projection,
  work: (onProgress: RebuildProgress) => Promise<T>,
): Promise<T> => {
  const line = progressLine();
  const began = performance.now();
  try {
    return await work((percent, events) => {
      const rate = Number(events) / ((performance.now() - began) / 1000);
      line.show(
        `${verb} ${projection.name}: ${percent} %, ${count(events)} events, ${count(Math.round(rate))}/s`,
      );
    });
  } finally {
    line.end();
  }
};

export const addVerify = (program: Command): void => {
  withCommonOptions(program.command('verify'))
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
      runCommand(
        options,
        'verify: recounts the figures',
        async ({ footing: { cells, ledger, projections } }) => {
          const results = await forEachProjection(projections, async (projection) => {
            const result = await withProgress('recounting', projection, (onProgress) =>
              verify(cells, ledger, projection, Number(options.limit), onProgress),
            );
            const kept = await cells.open(projection);
            const identities = await checkIdentities(cells, kept, Number(options.limit));
            return { projection: projection.name, ...result, identities };
          });
          const compared = results.reduce((sum, result) => sum + result.compared, 0n);
          const differing = results.reduce((sum, result) => sum + result.differing, 0n);
          const identities = results.reduce((sum, result) => sum + result.identities.checked, 0n);
          const broken = results.flatMap((result) => result.identities.broken);
          if (options.json === true)
            await print(
              json({ compared, differing, identities, broken: broken.length, projections: results }),
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
                `${count(compared)} cells compared, ${count(differing)} differing cells\n`,
            );
          }
          if (differing > 0n || broken.length > 0) process.exitCode = exitCodes.differs;
        },
      ),
    );
};

export const addRebuild = (program: Command): void => {
  withCommonOptions(program.command('rebuild'))
    .summary('count everything anew and switch to it')
    .description(
      'Counts every projection anew from the ledger, beside the one in use, then switches to it at one moment. Questions are answered all the while.',
    )
    .addHelpText(
      'after',
      '\nNeeded after an upgrade that changes a definition.\n\nExamples:\n  karnama rebuild\n  karnama rebuild --json',
    )
    .action((options: CommonOptions) =>
      runCommand(
        options,
        'rebuild: counts the figures anew',
        async ({ footing: { cells, ledger, projections } }) => {
          const rebuilt = await forEachProjection(projections, async (projection) => {
            const began = performance.now();
            const generation = await withProgress('counting', projection, (onProgress) =>
              rebuild(cells, ledger, projection, onProgress),
            );
            const { events } = await cells.checkpoint(generation);
            const seconds = (performance.now() - began) / 1000;
            return {
              projection: projection.name,
              generation: generation.number,
              events,
              seconds: Math.round(seconds * 10) / 10,
            };
          });
          if (options.json === true) return print(json({ rebuilt }));
          for (const { projection, generation, events, seconds } of rebuilt)
            await print(
              `${projection}: ${count(events)} events counted in ${seconds} s, generation ${generation} is in use\n`,
            );
          return undefined;
        },
      ),
    );
};
