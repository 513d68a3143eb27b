import { KarnamaError } from '@karnama/kernel';
import type { Position } from '../knowledge.js';
import type { Frequency } from './evaluate.js';
import { decimalText } from './rational.js';
import type {
  Comparison,
  Delivery,
  IndicatorAnswer,
  IndicatorRequest,
  IndicatorRow,
  IndicatorService,
  IndicatorSummary,
} from './request.js';

/** Records that came in between two times of knowledge. */
export type Records = Pick<Delivery, 'onTime' | 'late' | 'corrections' | 'withdrawals'>;

/** A change on an earlier period, as told at each of the two positions. */
export type ComparedChange = {
  readonly old: string | null;
  readonly new: string | null;
  /** Growth at one position is decline at the other. */
  readonly flips: boolean;
};

/**
 * What a figure that both positions tell was revised by; the parts add up to the revision. A figure need not
 * be a sum of what its records bring, so how large each part is hangs together with the order in which they
 * are told: the definition first, as the earlier position knew the period; then late records; then
 * corrections. The order is a convention (stepwise decompositions depend on it: Shorrocks, "Decomposition
 * procedures for distributional analysis", Journal of Economic Inequality 11, 2013); of a count, or any
 * other sum, the parts of late records and of corrections are the same in either order.
 */
export type RevisionEffects = {
  /** From the definition in force at the earlier position to that at the later one. */
  readonly definition: string;
  /**
   * Records told for the first time, and what of a followed cohort has come to pass since: every record that
   * came in between and is no correction.
   */
  readonly late: string;
  /** Later versions, withdrawals and annulments of records. */
  readonly corrections: string;
};

/** A figure that the two positions tell differently. */
export type ComparedFigure = {
  readonly period: string;
  /** One code for each column of `by`. */
  readonly codes: readonly string[];
  /** `new`: only the later position has one; `gone`: only the earlier one has. */
  readonly fate: 'new' | 'revised' | 'gone';
  readonly old: string | null;
  readonly new: string | null;
  /** New less old, exact; null unless both are there. */
  readonly difference: string | null;
  /** What it was revised by; null unless both are there, and where a step between them has no figure. */
  readonly effects: RevisionEffects | null;
  /** The sign of the figure itself turned. */
  readonly flips: boolean;
  readonly changes: Readonly<Record<Comparison, ComparedChange>>;
};

/**
 * What a difference between the newest figures of two positions is made of. The parts add up to it: those
 * of the revision of the earlier position's newest period, and the new period last.
 */
export type Effects = RevisionEffects & {
  /** From the newest period of the earlier position to that of the later one, as the later one tells both. */
  readonly newPeriod: string;
  /** What the later position tells otherwise of the earlier one's newest period: late records and corrections. */
  readonly revision: string;
};

export type Headline = {
  readonly old: { readonly period: string; readonly value: string } | null;
  readonly new: { readonly period: string; readonly value: string } | null;
  readonly difference: string | null;
  /** Null where one of the figures that are needed is not there. */
  readonly effects: Effects | null;
  /** Changes of the newest period that both positions tell. */
  readonly changes: Readonly<Record<Comparison, ComparedChange>> | null;
};

export type IndicatorComparison = {
  readonly indicator: string;
  readonly freq: Frequency;
  readonly by: readonly string[];
  readonly decimals: number;
  /** Whether another definition was in force at the earlier position than at the later one. */
  readonly redefined: boolean;
  /** The newest figures; null for an indicator that is only told in parts. */
  readonly headline: Headline | null;
  /** Figures that are new, revised or gone: by period, then by code. */
  readonly figures: readonly ComparedFigure[];
  /** Records of its contracts that came in between. */
  readonly records: Records;
};

export type KnowledgeComparison = {
  /** The earlier and the later position. */
  readonly from: Position;
  readonly to: Position;
  readonly indicators: readonly IndicatorComparison[];
  /** Records that came in between, by agency and contract. */
  readonly deliveries: readonly Delivery[];
};

export type ComparisonRequest = {
  /** Two positions of knowledge, in either order. */
  readonly from: string;
  readonly to: string;
  /** Filters; of all indicators only those that have these dimensions are compared. */
  readonly where: IndicatorRequest['where'];
  /** Indicators, each at a frequency or its first one; without: all of them. */
  readonly indicators?: readonly { readonly code: string; readonly freq?: Frequency }[];
};

const comparisons: readonly Comparison[] = ['previous', 'year'];

/**
 * What the later of two positions tells otherwise than the earlier one, each by the definitions in force then:
 * every figure that differs, and how far the definition, late records, corrections and, for the newest
 * figures, a new period made the difference.
 * @throws KarnamaError `unknown-indicator`, and as `IndicatorService.data`
 */
export const compareKnowledge = async (
  service: IndicatorService,
  request: ComparisonRequest,
): Promise<KnowledgeComparison> => {
  const [from, to] = inOrder(await service.position(request.from), await service.position(request.to));
  const asked = questionsOf(service.list(), request);
  const answers = await service.dataOf(
    asked.flatMap(({ question }): IndicatorRequest[] => [
      { ...question, asKnownAt: from.name, definedAt: from.name, change: comparisons },
      { ...question, asKnownAt: to.name, definedAt: to.name, change: comparisons },
      {
        ...question,
        asKnownAt: to.name,
        definedAt: to.name,
        withoutCorrectionsSince: from.name,
      },
    ]),
  );
  const told = asked.map(({ summary, question }, i): Told => {
    const [before, after, uncorrected] = answers.slice(3 * i) as [
      IndicatorAnswer,
      IndicatorAnswer,
      IndicatorAnswer,
    ];
    return { summary, question, before, after, uncorrected, redefined: before };
  });
  const redefined = await toldAnew(service, told, from, to);
  const through = to.epoch ?? Math.max(0, ...answers.map(({ knowledge }) => knowledge.epoch));
  const deliveries = from.epoch === null ? [] : await service.deliveries(from.epoch, through);
  const indicators = redefined.map((one) => comparisonOf(one, recordsOf(deliveries, one.summary.sources)));
  return { from, to, indicators, deliveries };
};

/** What two positions tell of an indicator, and what lies between. */
type Told = Asked & {
  /** What the earlier position tells, and the same by the definition of the later one. */
  readonly before: IndicatorAnswer;
  readonly redefined: IndicatorAnswer;
  /** What the later position tells, and the same without the corrections that came in between. */
  readonly after: IndicatorAnswer;
  readonly uncorrected: IndicatorAnswer;
};

/** What was redefined in between is asked again as the earlier position knew it: hardly ever anything is. */
const toldAnew = async (
  service: IndicatorService,
  told: readonly Told[],
  from: Position,
  to: Position,
): Promise<readonly Told[]> => {
  const redefined = told.filter(({ before, after }) => before.definedThrough !== after.definedThrough);
  if (redefined.length === 0) return told;
  const answers = await service.dataOf(
    redefined.map(({ question }) => ({ ...question, asKnownAt: from.name, definedAt: to.name })),
  );
  return told.map((one) => ({ ...one, redefined: answers[redefined.indexOf(one)] ?? one.redefined }));
};

/** The earlier position first; what is known now is later than any other. */
const inOrder = (a: Position, b: Position): readonly [Position, Position] =>
  (a.epoch ?? Infinity) <= (b.epoch ?? Infinity) ? [a, b] : [b, a];

type Asked = {
  readonly summary: IndicatorSummary;
  readonly question: Omit<IndicatorRequest, 'asKnownAt'>;
};

const questionsOf = (
  catalogue: readonly IndicatorSummary[],
  { indicators, where }: ComparisonRequest,
): readonly Asked[] => {
  const questionOf = (summary: IndicatorSummary, freq: Frequency | undefined): Asked => {
    const own = Object.fromEntries(
      Object.entries(where).filter(([dimension]) => summary.dimensions.includes(dimension)),
    );
    const by = (summary.requiredDimensions ?? []).filter((dimension) => own[dimension] === undefined);
    return {
      summary,
      question: { indicator: summary.code, by, where: own, freq: freq ?? summary.frequencies[0] ?? 'M' },
    };
  };
  if (indicators === undefined)
    return catalogue
      .filter(({ dimensions }) => Object.keys(where).every((dimension) => dimensions.includes(dimension)))
      .map((summary) => questionOf(summary, undefined));
  return indicators.map(({ code, freq }) => {
    const summary = catalogue.find((one) => one.code === code);
    if (summary === undefined)
      throw new KarnamaError(
        'unknown-indicator',
        `there is no indicator "${code}"`,
        'GET /api/indicators or karnama indicators lists them',
      );
    return questionOf(summary, freq);
  });
};

const recordsOf = (deliveries: readonly Delivery[], contracts: readonly string[]): Records =>
  deliveries
    .filter(({ contract }) => contracts.includes(contract))
    .reduce<Records>(
      (sum, one) => ({
        onTime: sum.onTime + one.onTime,
        late: sum.late + one.late,
        corrections: sum.corrections + one.corrections,
        withdrawals: sum.withdrawals + one.withdrawals,
      }),
      { onTime: 0, late: 0, corrections: 0, withdrawals: 0 },
    );

const comparisonOf = (told: Told, records: Records): IndicatorComparison => {
  const { summary, before, after } = told;
  const { code, decimals } = summary;
  const steps = stepsIn(told);
  return {
    indicator: code,
    freq: after.freq,
    by: after.by,
    decimals,
    redefined: before.definedThrough !== after.definedThrough,
    headline: after.by.length > 0 ? null : headlineOf(before.rows, after.rows, decimals, steps),
    figures: figuresOf(before.rows, after.rows, decimals, steps),
    records,
  };
};

const keyOf = ({ period, codes }: Pick<IndicatorRow, 'period' | 'codes'>): string =>
  [period, ...codes].join('|');

/** The values of a figure from the earlier position to the later one; null where one of them is none. */
type Steps = (
  row: Pick<IndicatorRow, 'period' | 'codes'>,
) => readonly [old: string, redefined: string, late: string, corrected: string] | null;

const stepsIn = ({ before, redefined, uncorrected, after }: Told): Steps => {
  const values = [before, redefined, uncorrected, after].map(
    ({ rows }) => new Map(rows.map((row) => [keyOf(row), row.value])),
  );
  return (row) => {
    const key = keyOf(row);
    const [old, anew, late, corrected] = values.map((known) => known.get(key) ?? null);
    if (!old || !anew || !late || !corrected) return null;
    return [old, anew, late, corrected];
  };
};

/** Each step less the one before it. */
const revisionEffectsOf = (steps: ReturnType<Steps>, decimals: number): RevisionEffects | null => {
  if (steps === null) return null;
  const [old, redefined, late, corrected] = steps;
  return {
    definition: lessOf(redefined, old, decimals),
    late: lessOf(late, redefined, decimals),
    corrections: lessOf(corrected, late, decimals),
  };
};

const figuresOf = (
  before: readonly IndicatorRow[],
  after: readonly IndicatorRow[],
  decimals: number,
  steps: Steps,
): readonly ComparedFigure[] => {
  const old = new Map(before.map((row) => [keyOf(row), row]));
  const now = new Map(after.map((row) => [keyOf(row), row]));
  const keys = [...new Set([...old.keys(), ...now.keys()])].sort();
  return keys.flatMap((key) => {
    const [then, next] = [old.get(key), now.get(key)];
    const figure = figureOf(then, next, decimals, steps);
    return figure === undefined ? [] : [figure];
  });
};

const figureOf = (
  then: IndicatorRow | undefined,
  next: IndicatorRow | undefined,
  decimals: number,
  steps: Steps,
): ComparedFigure | undefined => {
  const [old, value] = [then?.value ?? null, next?.value ?? null];
  const { period, codes } = (next ?? then) as IndicatorRow;
  if (old === value) return undefined;
  const revised = old !== null && value !== null;
  return {
    period,
    codes,
    fate: old === null ? 'new' : value === null ? 'gone' : 'revised',
    old,
    new: value,
    difference: revised ? lessOf(value, old, decimals) : null,
    effects: revised ? revisionEffectsOf(steps({ period, codes }), decimals) : null,
    flips: turns(old, value),
    changes: changesOf(then, next),
  };
};

const changesOf = (
  then: IndicatorRow | undefined,
  next: IndicatorRow | undefined,
): Readonly<Record<Comparison, ComparedChange>> => {
  const of = (against: Comparison): ComparedChange => {
    const old = then?.changes?.[against]?.absolute ?? null;
    const now = next?.changes?.[against]?.absolute ?? null;
    return { old, new: now, flips: turns(old, now) };
  };
  return { previous: of('previous'), year: of('year') };
};

const newest = (rows: readonly IndicatorRow[]): (IndicatorRow & { readonly value: string }) | undefined => {
  const row = rows.findLast(({ value }) => value !== null);
  return row === undefined || row.value === null ? undefined : { ...row, value: row.value };
};

const headlineOf = (
  before: readonly IndicatorRow[],
  after: readonly IndicatorRow[],
  decimals: number,
  steps: Steps,
): Headline => {
  const [old, now] = [newest(before), newest(after)];
  const point = (row: typeof old): Headline['old'] =>
    row === undefined ? null : { period: row.period, value: row.value };
  /** The earlier position's newest period, as the later one tells it. */
  const again = after.find(({ period }) => period === old?.period);
  const same = before.find(({ period }) => period === now?.period);
  const shared = same?.value === null || same === undefined ? [old, again] : [same, now];
  return {
    old: point(old),
    new: point(now),
    difference: old === undefined || now === undefined ? null : lessOf(now.value, old.value, decimals),
    effects: old === undefined || now === undefined ? null : effectsOf(steps(old), now.value, decimals),
    changes: old === undefined || now === undefined ? null : changesOf(shared[0], shared[1]),
  };
};

const effectsOf = (steps: ReturnType<Steps>, now: string, decimals: number): Effects | null => {
  const revised = revisionEffectsOf(steps, decimals);
  if (steps === null || revised === null) return null;
  const [, redefined, , again] = steps;
  return {
    newPeriod: lessOf(now, again, decimals),
    revision: lessOf(again, redefined, decimals),
    ...revised,
  };
};

/** Sign of a decimal text. */
const signOf = (text: string): number => (/[1-9]/.test(text) ? (text.startsWith('-') ? -1 : 1) : 0);

const turns = (old: string | null, now: string | null): boolean =>
  old !== null && now !== null && signOf(old) * signOf(now) < 0;

/** Whole number of units of 10^−decimals of a decimal text. */
const unitsOf = (text: string, decimals: number): bigint => {
  const [integer = '0', fraction = ''] = text.replace('-', '').split('.');
  const size = BigInt(`${integer}${fraction.padEnd(decimals, '0')}`);
  return text.startsWith('-') ? -size : size;
};

/** The exact difference of two decimal texts with so many decimals. */
const lessOf = (a: string, b: string, decimals: number): string =>
  decimalText(unitsOf(a, decimals) - unitsOf(b, decimals), decimals);
