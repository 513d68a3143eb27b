import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { KarnamaError, messageOf } from '@karnama/kernel';
import type { CountryTruth } from '@karnama/simulator';
import { pathOf } from '../config.js';
import { count, exitCodes, json, print, progressLine, table } from '../output.js';
import { runCommand, withCommonOptions, type CommonOptions } from '../run-command.js';
import { settle } from '../settle.js';
import { checkTruth, type TruthCheck } from '../truth-check.js';
import { lendAHand } from '../workers.js';

const readTruth = async (file: string): Promise<CountryTruth> => {
  try {
    const truth = JSON.parse(await readFile(pathOf(file), 'utf8')) as Partial<CountryTruth>;
    if (!Array.isArray(truth.knowledge)) throw new Error('it has no "knowledge"');
    return truth as CountryTruth;
  } catch (cause) {
    throw new KarnamaError(
      'unreadable-file',
      `${file} holds no truth: ${messageOf(cause)}`,
      'write one with karnama simulate --truth',
      { cause },
    );
  }
};

const inWords = ({ checks, differences }: TruthCheck): string => {
  const totals = table(
    ['known at', 'compared', 'differing'],
    checks.map(({ knowledge, compared, differing }) => [knowledge, count(compared), count(differing)]),
  );
  if (differences.length === 0) return totals;
  const list = table(
    ['known at', 'indicator', 'group', 'period', 'truth', 'figure'],
    differences.map(({ knowledge, indicator, group, period, truth, figure }) => [
      knowledge,
      indicator,
      group,
      period,
      truth ?? 'null',
      figure ?? 'null',
    ]),
  );
  return `${totals}\nThe first differences:\n${list}`;
};

export const addCheckTruth = (program: Command): void => {
  withCommonOptions(program.command('check-truth'))
    .summary("compare every indicator with a simulated country's own counts")
    .description(
      'Compares every indicator × frequency × area × period, as known at the end and at three earlier releases, with the truth that `karnama simulate --truth` wrote. Exit code 1 on any difference.',
    )
    .argument('<file>', 'the truth')
    .addHelpText(
      'after',
      '\nExamples:\n  karnama simulate --seed 7 --truth truth.json\n  karnama check-truth truth.json',
    )
    .action((file: string, options: CommonOptions) =>
      runCommand(options, 'check-truth: compares', async ({ footing, signal }) => {
        const truth = await readTruth(file);
        const workers = lendAHand(footing);
        const line = progressLine();
        try {
          await settle(footing, workers, signal);
          const check = await checkTruth(footing.indicators, truth, ({ knowledge, compared }) =>
            line.show(`${knowledge}: ${count(compared)} figures compared`),
          );
          line.end();
          await print(options.json === true ? json(check) : inWords(check));
          if (check.checks.some(({ differing }) => differing > 0)) process.exitCode = exitCodes.failed;
        } finally {
          line.end();
          await workers.stop();
        }
      }),
    );
};
