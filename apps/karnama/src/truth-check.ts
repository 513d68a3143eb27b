import type { IndicatorRow, IndicatorService } from '@karnama/statistics';
import type { CountryTruth, KnowledgeTruth } from '@karnama/simulator';

export type Difference = {
  readonly knowledge: string;
  readonly indicator: string;
  /** `*`, an area, an agency, or `<area>|<skill>`. */
  readonly group: string;
  readonly period: string;
  readonly truth: string | null;
  readonly figure: string | null;
};

export type KnowledgeCheck = {
  readonly knowledge: string;
  readonly compared: number;
  readonly differing: number;
};

export type TruthCheck = {
  readonly checks: readonly KnowledgeCheck[];
  /** The first of them. */
  readonly differences: readonly Difference[];
};

const mostDifferences = 50;

type Groups = Readonly<Record<string, Readonly<Record<string, string | null>>>>;

type Grouping = { readonly by: readonly string[]; readonly named: (codes: readonly string[]) => string };

/** The questions whose answers hold all groups of an indicator: the nation, then its parts. */
const groupings = (indicator: string): readonly Grouping[] => {
  if (indicator === 'SKILL_GAP')
    return [
      { by: ['skill'], named: ([skill = '']) => `*|${skill}` },
      { by: ['area', 'skill'], named: ([area = '', skill = '']) => `${area}|${skill}` },
    ];
  const part = /^DQ_(LAG|CORR)/.test(indicator) ? 'agency' : 'area';
  return [
    { by: [], named: () => '*' },
    { by: [part], named: ([code = '']) => code },
  ];
};

/** A group that nothing is known of has no row: its counts are 0, its shares undefined. */
const isNothing = (value: string | null): boolean => value === null || /^-?0(\.0+)?$/.test(value);

/** As text of six decimals: what the service leaves off of whole numbers is put back. */
const sixDecimals = (value: string | null): string | null => {
  if (value === null) return null;
  const [whole = '', decimals = ''] = value.split('.');
  return `${whole}.${decimals.padEnd(6, '0')}`;
};

const figuresOf = async (
  service: IndicatorService,
  indicator: string,
  freq: 'M' | 'Q' | 'A',
  asKnownAt: string,
): Promise<ReadonlyMap<string, string | null>> => {
  const figures = new Map<string, string | null>();
  for (const { by, named } of groupings(indicator)) {
    const { rows } = await service.data({ indicator, by, where: {}, freq, asKnownAt, decimals: 6 });
    for (const { codes, period, value } of rows as Iterable<IndicatorRow>)
      figures.set(`${named(codes)} ${period}`, sixDecimals(value));
  }
  return figures;
};

const compareGroups = (
  truth: Groups,
  figures: ReadonlyMap<string, string | null>,
  found: (group: string, period: string, truth: string | null, figure: string | null) => void,
): number => {
  let compared = 0;
  const open = new Set(figures.keys());
  for (const [group, periods] of Object.entries(truth))
    for (const [period, value] of Object.entries(periods)) {
      const key = `${group} ${period}`;
      const figure = figures.get(key);
      compared += 1;
      open.delete(key);
      if (figure === undefined ? !isNothing(value) : figure !== value)
        found(group, period, value, figure ?? null);
    }
  // figures of groups or periods that the truth does not know of
  for (const key of open) {
    const figure = figures.get(key) ?? null;
    const at = key.lastIndexOf(' ');
    if (!isNothing(figure)) found(key.slice(0, at), key.slice(at + 1), null, figure);
  }
  return compared;
};

const checkKnowledge = async (
  service: IndicatorService,
  { release, values }: KnowledgeTruth,
  differences: Difference[],
): Promise<KnowledgeCheck> => {
  let [compared, differing] = [0, 0];
  for (const [indicator, byFreq] of Object.entries(values))
    for (const [freq, groups] of Object.entries(byFreq)) {
      const figures = await figuresOf(service, indicator, freq as 'M' | 'Q' | 'A', release);
      compared += compareGroups(groups, figures, (group, period, truth, figure) => {
        differing += 1;
        if (differences.length < mostDifferences)
          differences.push({ knowledge: release, indicator, group, period, truth, figure });
      });
    }
  return { knowledge: release, compared, differing };
};

/**
 * Asks for every indicator, frequency, group and period of a truth as known at each of its times of
 * knowledge, and compares text for text at six decimals.
 * @throws KarnamaError as `IndicatorService.data`
 */
export const checkTruth = async (
  service: IndicatorService,
  truth: CountryTruth,
  onKnowledge?: (check: KnowledgeCheck) => void,
): Promise<TruthCheck> => {
  const differences: Difference[] = [];
  const checks: KnowledgeCheck[] = [];
  for (const knowledge of truth.knowledge) {
    const check = await checkKnowledge(service, knowledge, differences);
    checks.push(check);
    onKnowledge?.(check);
  }
  return { checks, differences };
};
