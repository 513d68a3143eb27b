import type { Command } from 'commander';
import { triangleOf } from '@karnama/statistics';
import { revisionsOf, type RevisionSummary } from '@karnama/vintages';
import { json, print, table } from '../output.js';
import { runCommand, withCommonOptions, type CommonOptions } from '../run-command.js';
import { filtersOf, frequencyOf } from './indicator.js';

type RevisionOptions = CommonOptions & {
  readonly area?: string;
  readonly where?: readonly string[];
  readonly freq?: string;
  readonly from?: string;
  readonly to?: string;
};

const inWords = (summary: RevisionSummary): string => {
  if (summary.suppressed) return `${summary.n} revised periods: too few to tell of\n`;
  const { n, meanRevision, meanAbsoluteRevision, relativeMeanAbsoluteRevision, signChanges } = summary;
  return `${n} revised periods: mean ${meanRevision}, mean absolute ${meanAbsoluteRevision}, relative ${relativeMeanAbsoluteRevision ?? '–'} %, turned around ${signChanges ?? '–'} %\n`;
};

/** `karnama revisions`: what every release told of one series. */
export const addRevisions = (program: Command): void => {
  withCommonOptions(program.command('revisions'))
    .summary('how the figures of an indicator were revised')
    .description(
      'The triangle of periods and releases of one series, and how far first figures lie from last ones.',
    )
    .argument('<code>', 'an indicator')
    .option('--area <codes>', 'areas, comma between them')
    .option('--where <condition...>', 'filter, e.g. sex=F; may stand several times')
    .option('--freq <frequency>', 'M, Q or A (default: the first one of the indicator)')
    .option('--from <month>', 'a month of the first period')
    .option('--to <month>', 'a month of the last period')
    .addHelpText(
      'after',
      '\nExamples:\n  karnama revisions HIRES --area IR-23\n  karnama revisions EMP_JOBS --freq Q --json',
    )
    .action((code: string, options: RevisionOptions) =>
      runCommand(options, 'revisions: compares releases', async ({ footing: { indicators } }) => {
        const first = indicators.list().find((indicator) => indicator.code === code)?.frequencies[0];
        const { from, to } = options;
        const triangle = await triangleOf(indicators, {
          indicator: code,
          where: filtersOf(options.area, options.where),
          freq: frequencyOf(options.freq, first),
          ...(from === undefined ? {} : { from }),
          ...(to === undefined ? {} : { to }),
        });
        const summary = revisionsOf(triangle.periods, triangle.decimals);
        if (options.json === true) return print(json({ ...triangle, summary }));
        await print(
          table(
            ['period', ...triangle.releases],
            triangle.periods.map(({ period, values }) => [period, ...values.map((value) => value ?? '')]),
          ),
        );
        return print(inWords(summary));
      }),
    );
};
