import type { Command } from 'commander';
import { KarnamaError } from '@karnama/kernel';
import type {
  Comparison,
  Frequency,
  IndicatorAnswer,
  IndicatorDescription,
  IndicatorRequest,
} from '@karnama/statistics';
import { json, print, table } from '../output.js';
import { runCommand, withCommonOptions, type CommonOptions } from '../run-command.js';

type IndicatorOptions = CommonOptions & {
  readonly by?: string;
  readonly area?: string;
  readonly where?: readonly string[];
  readonly freq?: string;
  readonly from?: string;
  readonly to?: string;
  readonly asKnownAt: string;
  readonly definition: string;
  readonly change?: string;
  readonly decimals?: string;
  readonly csv?: boolean;
};

const listOf = (text: string | undefined): string[] => (text ?? '').split(',').filter((word) => word !== '');

const refuse = (message: string, mend: string): never => {
  throw new KarnamaError('bad-request', message, mend);
};

/** Filters as a person types them: `--area IR-23`, `--where sex=F`. */
export const filtersOf = (
  area: string | undefined,
  where: readonly string[] = [],
): Record<string, readonly string[]> => {
  const filters: Record<string, readonly string[]> = area === undefined ? {} : { area: listOf(area) };
  for (const condition of where) {
    const [dimension = '', codes = ''] = condition.split('=');
    if (dimension === '' || codes === '')
      refuse(`"${condition}" is no condition`, 'write it as area=IR-23 or industry=C,G');
    filters[dimension] = [...(filters[dimension] ?? []), ...listOf(codes)];
  }
  return filters;
};

/** The frequency that a person typed, or the first one of the indicator. */
export const frequencyOf = (typed: string | undefined, first: Frequency | undefined): Frequency => {
  const found = (['M', 'Q', 'A'] as const).find((frequency) => frequency === (typed ?? first ?? 'M'));
  return found ?? refuse(`"${typed}" is no frequency`, 'M, Q or A');
};

const comparisons: readonly Comparison[] = ['previous', 'year'];

const comparisonsOf = (typed: string | undefined): readonly Comparison[] =>
  listOf(typed).map(
    (word) =>
      comparisons.find((comparison) => comparison === word) ??
      refuse(`"${word}" is no comparison`, comparisons.join(', ')),
  );

const definitions = ['today', 'then'] as const;

const definitionOf = (typed: string): (typeof definitions)[number] =>
  definitions.find((definition) => definition === typed) ??
  refuse(`"${typed}" is no definition`, definitions.join(' or '));

const decimalsOf = (typed: string): number => {
  const decimals = Number(typed);
  return Number.isInteger(decimals) && decimals >= 0 && decimals <= 20
    ? decimals
    : refuse(`"${typed}" is no number of decimals`, 'a whole number from 0 to 20');
};

const requestOf = (
  code: string,
  first: Frequency | undefined,
  options: IndicatorOptions,
): IndicatorRequest => ({
  indicator: code,
  by: listOf(options.by),
  where: filtersOf(options.area, options.where),
  freq: frequencyOf(options.freq, first),
  ...(options.from === undefined ? {} : { from: options.from }),
  ...(options.to === undefined ? {} : { to: options.to }),
  asKnownAt: options.asKnownAt,
  ...(definitionOf(options.definition) === 'then' ? { definedAt: options.asKnownAt } : {}),
  change: comparisonsOf(options.change),
  ...(options.decimals === undefined ? {} : { decimals: decimalsOf(options.decimals) }),
});

/** Header and lines of an answer as text. */
const linesOf = ({ by, kind, change, rows }: IndicatorAnswer): { header: string[]; lines: string[][] } => ({
  header: [
    'period',
    ...by,
    'value',
    'remark',
    ...change.flatMap((against) => [
      `change_${against}`,
      ...(kind === 'level' ? [`change_${against}_percent`] : []),
    ]),
  ],
  lines: rows.map(({ period, codes, value, reason, status, note, changes }) => [
    period,
    ...codes,
    value ?? '',
    [reason, status, note].filter((remark) => remark !== undefined).join(' '),
    ...change.flatMap((against) => [
      changes?.[against]?.absolute ?? '',
      ...(kind === 'level' ? [changes?.[against]?.percent ?? ''] : []),
    ]),
  ]),
});

const csv = (lines: readonly (readonly string[])[]): string =>
  lines
    .map((line) => line.map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)))
    .map((line) => `${line.join(',')}\r\n`)
    .join('');

const printAnswer = (
  answer: IndicatorAnswer,
  { json: asJson, csv: asCsv }: IndicatorOptions,
): Promise<void> => {
  if (asJson === true) return print(json(answer));
  const { header, lines } = linesOf(answer);
  return print(asCsv === true ? csv([header, ...lines]) : table(header, lines));
};

/** `karnama indicator`: figures of one indicator; `karnama indicators`: all there are. */
export const addIndicator = (program: Command): void => {
  withCommonOptions(program.command('indicator'))
    .summary('ask an indicator')
    .description('Figures of an indicator by period, grouped and filtered, as known at any release.')
    .argument('<code>', 'an indicator, for example EMP_JOBS or HIRE_R')
    .option('--by <dimensions>', 'group by at most three dimensions, or area@country')
    .option('--area <codes>', 'areas, comma between them, e.g. IR-23')
    .option('--where <condition...>', 'filter, e.g. sex=F or industry=C,G; may stand several times')
    .option('--freq <frequency>', 'M, Q or A (default: the first one of the indicator)')
    .option('--from <month>', 'a month of the first period, e.g. 1403-01')
    .option('--to <month>', 'a month of the last period')
    .option('--as-known-at <release>', 'a release, a day such as 1404-02-11, or latest', 'latest')
    .option('--definition <which>', 'told by the definition of today, or by the one in force then', 'today')
    .option('--change <against>', 'changes: previous, year, or both with a comma')
    .option('--decimals <n>', 'instead of those it is published with')
    .option('--csv', 'answer in CSV')
    .addHelpText(
      'after',
      `
Examples:
  karnama indicator EMP_JOBS --by area --freq Q --from 1403-01 --to 1404-12
  karnama indicator HIRE_R --area IR-23 --change previous,year
  karnama indicator GRAD_EMP_12 --by area,sex --as-known-at 1404-06 --csv`,
    )
    .action((code: string, options: IndicatorOptions) =>
      runCommand(options, 'indicator: asks for figures', async ({ footing: { indicators } }) => {
        const first = indicators.list().find((indicator) => indicator.code === code)?.frequencies[0];
        await printAnswer(await indicators.data(requestOf(code, first, options)), options);
      }),
    );
  withCommonOptions(program.command('indicators'))
    .summary('list the indicators')
    .description('All indicators, theme by theme; with a code its definition, formula and sources.')
    .argument('[code]', 'an indicator')
    .action((code: string | undefined, options: CommonOptions) =>
      runCommand(options, 'indicators: lists them', async ({ footing: { indicators } }) => {
        if (code !== undefined) return describe(await indicators.describe(code), options);
        const all = indicators.list();
        if (options.json === true) return print(json({ indicators: all }));
        return print(
          table(
            ['code', 'name', 'unit', 'freq', 'dimensions'],
            all.map(({ code: own, name, unit, frequencies, dimensions }) => [
              own,
              name.en,
              unit.en,
              frequencies.join(' '),
              dimensions.join(' '),
            ]),
          ),
        );
      }),
    );
};

const describe = (described: IndicatorDescription, { json: asJson }: CommonOptions): Promise<void> => {
  if (asJson === true) return print(json(described));
  const { code, name, definition, formula, unit, sources, caveats, reference, coverage, freshness } =
    described;
  const lines = [
    `${code}  ${name.en}  ${name.fa}`,
    `definition  ${definition.en}`,
    `formula     ${formula.en}`,
    ...described.versions.map(
      ({ through, definition: then, formula: formerly }) => `through ${through}: ${then.en} (${formerly.en})`,
    ),
    `unit        ${unit.en}`,
    `dimensions  ${described.dimensions.join(', ')}`,
    `sources     ${sources.join(', ')}`,
    ...(caveats === undefined ? [] : [`mind        ${caveats.en}`]),
    `reference   ${reference}`,
    `months      ${coverage === null ? 'none' : `${coverage.first} to ${coverage.last}`}`,
    `counted     up to position ${freshness.position}, epoch ${freshness.epoch}, ${freshness.lag ?? '?'} behind`,
  ];
  return print(`${lines.join('\n')}\n`);
};
