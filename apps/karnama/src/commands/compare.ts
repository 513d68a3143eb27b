import type { Command } from 'commander';
import {
  compareKnowledge,
  type ComparedFigure,
  type Delivery,
  type Frequency,
  type IndicatorComparison,
  type KnowledgeComparison,
} from '@karnama/statistics';
import { json, print, table } from '../output.js';
import { runCommand, withCommonOptions, type CommonOptions } from '../run-command.js';
import { filtersOf, frequencyOf } from './indicator.js';

type CompareOptions = CommonOptions & {
  readonly area?: string;
  readonly where?: readonly string[];
  readonly indicator?: string;
};

const askedOf = (typed: string): readonly { readonly code: string; readonly freq?: Frequency }[] =>
  typed
    .split(',')
    .filter((word) => word !== '')
    .map((word) => {
      const [code = '', freq] = word.split('@');
      return { code, ...(freq === undefined ? {} : { freq: frequencyOf(freq, undefined) }) };
    });

/** The parts of a difference, in the order in which they add up to it. */
const parts = ['definition', 'late', 'corrections'] as const;

const headlineLine = ({ indicator, freq, headline }: IndicatorComparison): string[] => {
  const effects = headline?.effects;
  return [
    `${indicator}@${freq}`,
    headline?.old?.period ?? '',
    headline?.old?.value ?? '',
    headline?.new?.period ?? '',
    headline?.new?.value ?? '',
    headline?.difference ?? '',
    ...parts.map((part) => effects?.[part] ?? ''),
    effects?.newPeriod ?? '',
  ];
};

const figureLine = ({
  period,
  codes,
  fate,
  old,
  new: now,
  difference,
  effects,
}: ComparedFigure): string[] => [
  period,
  ...codes,
  fate,
  old ?? '',
  now ?? '',
  difference ?? '',
  ...parts.map((part) => effects?.[part] ?? ''),
];

const deliveryLine = ({ agency, contract, onTime, late, corrections, withdrawals }: Delivery): string[] => [
  agency,
  contract,
  ...[onTime, late, corrections, withdrawals].map(String),
];

/** What differs of the newest figures; of a single indicator every figure; and the records that came in between. */
const inTables = ({ from, to, indicators, deliveries }: KnowledgeComparison): string => {
  const changed = indicators.filter(({ figures }) => figures.length > 0);
  const [only] = indicators;
  const redefined = indicators.filter((one) => one.redefined).map(({ indicator }) => indicator);
  return [
    `${from.name} and ${to.name}: ${changed.length} of ${indicators.length} indicators differ`,
    redefined.length === 0
      ? 'no definition was changed between the two'
      : `another definition was in force then: ${redefined.join(', ')}`,
    '',
    table(
      ['indicator', 'period', 'old', 'period', 'new', 'difference', ...parts, 'new period'],
      changed.filter(({ headline }) => headline !== null).map(headlineLine),
    ),
    ...(only === undefined || indicators.length > 1
      ? []
      : [
          table(
            ['period', ...only.by, 'what', 'old', 'new', 'difference', ...parts],
            only.figures.map(figureLine),
          ),
        ]),
    table(
      ['agency', 'contract', 'on time', 'late', 'corrections', 'withdrawals'],
      deliveries.map(deliveryLine),
    ),
  ].join('\n');
};

/** `karnama compare`: what one position of knowledge tells otherwise than another, and why. */
export const addCompare = (program: Command): void => {
  withCommonOptions(program.command('compare'))
    .summary('what changed between two releases, and why')
    .description(
      'What two releases, days or now tell differently: a changed definition, late records, corrections and new periods apart, with the records that came in between by agency.',
    )
    .argument('<from>', 'a release, a day such as 1404-02-11, or latest')
    .argument('[to]', 'likewise', 'latest')
    .option('--indicator <codes>', 'indicators, comma between them, each at its first frequency or JC@Q')
    .option('--area <codes>', 'areas, comma between them')
    .option('--where <condition...>', 'filter, e.g. sex=F; may stand several times')
    .addHelpText(
      'after',
      '\nExamples:\n  karnama compare 1404-05 1404-06\n  karnama compare 1404-06 --indicator HIRES,JC@Q --area IR-23 --json',
    )
    .action((from: string, to: string, options: CompareOptions) =>
      runCommand(options, 'compare: compares two releases', async ({ footing: { indicators } }) => {
        const compared = await compareKnowledge(indicators, {
          from,
          to,
          where: filtersOf(options.area, options.where),
          ...(options.indicator === undefined ? {} : { indicators: askedOf(options.indicator) }),
        });
        return print(options.json === true ? json(compared) : inTables(compared));
      }),
    );
};
