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
  /** The sign of the figure itself turned. */
  readonly flips: boolean;
  readonly changes: Readonly<Record<Comparison, ComparedChange>>;
};

/**
 * What a difference between the newest figures of two positions is made of; the effects add up to it.
 * A revision is told apart into `late` and `corrections` where only one of the two kinds of records came in.
 */
export type Effects = {
  /** From the newest period of the earlier position to that of the later one, as the later one tells both. */
  readonly newPeriod: string;
  /** What the later position tells otherwise of the earlier one's newest period. */
  readonly revision: string;
  readonly late: string | null;
  readonly corrections: string | null;
  /** Both positions are told by the present definition, so that a change of it is in neither. */
  readonly definition: string;
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
 * What the later of two positions tells otherwise than the earlier one: every figure that differs, and for
 * the newest ones how far a new period, late records and corrections, and the definition made the difference.
 * @throws KarnamaError `unknown-indicator`, and as `IndicatorService.data`
 */
export const compareKnowledge = async (
  service: IndicatorService,
  request: ComparisonRequest,
): Promise<KnowledgeComparison> => {
  const [from, to] = inOrder(await service.position(request.from), await service.position(request.to));
  const asked = questionsOf(service.list(), request);
  const questions = asked.flatMap(({ question }) =>
    [from, to].map(({ name }): IndicatorRequest => ({ ...question, asKnownAt: name, change: comparisons })),
  );
  const answers = await service.dataOf(questions);
  const through = to.epoch ?? Math.max(0, ...answers.map(({ knowledge }) => knowledge.epoch));
  const deliveries = from.epoch === null ? [] : await service.deliveries(from.epoch, through);
  const indicators = asked.map(({ summary }, i) =>
    comparisonOf(
      summary,
      answers[2 * i] as IndicatorAnswer,
      answers[2 * i + 1] as IndicatorAnswer,
      recordsOf(deliveries, summary.sources),
    ),
  );
  return { from, to, indicators, deliveries };
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

const comparisonOf = (
  { code, decimals }: IndicatorSummary,
  before: IndicatorAnswer,
  after: IndicatorAnswer,
  records: Records,
): IndicatorComparison => ({
  indicator: code,
  freq: after.freq,
  by: after.by,
  decimals,
  headline: after.by.length > 0 ? null : headlineOf(before.rows, after.rows, decimals, records),
  figures: figuresOf(before.rows, after.rows, decimals),
  records,
});

const keyOf = ({ period, codes }: IndicatorRow): string => [period, ...codes].join('|');

const figuresOf = (
  before: readonly IndicatorRow[],
  after: readonly IndicatorRow[],
  decimals: number,
): readonly ComparedFigure[] => {
  const old = new Map(before.map((row) => [keyOf(row), row]));
  const now = new Map(after.map((row) => [keyOf(row), row]));
  const keys = [...new Set([...old.keys(), ...now.keys()])].sort();
  return keys.flatMap((key) => {
    const [then, next] = [old.get(key), now.get(key)];
    const figure = figureOf(then, next, decimals);
    return figure === undefined ? [] : [figure];
  });
};

const figureOf = (
  then: IndicatorRow | undefined,
  next: IndicatorRow | undefined,
  decimals: number,
): ComparedFigure | undefined => {
  const [old, value] = [then?.value ?? null, next?.value ?? null];
  const { period, codes } = (next ?? then) as IndicatorRow;
  if (old === value) return undefined;
  return {
    period,
    codes,
    fate: old === null ? 'new' : value === null ? 'gone' : 'revised',
    old,
    new: value,
    difference: old === null || value === null ? null : lessOf(value, old, decimals),
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
  records: Records,
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
    effects:
      old === undefined || now === undefined || again?.value === null || again === undefined
        ? null
        : effectsOf(old.value, again.value, now.value, decimals, records),
    changes: old === undefined || now === undefined ? null : changesOf(shared[0], shared[1]),
  };
};

const effectsOf = (old: string, again: string, now: string, decimals: number, records: Records): Effects => {
  const none = lessOf('0', '0', decimals);
  const revision = lessOf(again, old, decimals);
  const [added, amended] = [records.onTime + records.late, records.corrections + records.withdrawals];
  const unrevised = !/[1-9]/.test(revision);
  const apart = unrevised || added > 0 !== amended > 0;
  return {
    newPeriod: lessOf(now, again, decimals),
    revision,
    late: apart ? (amended === 0 ? revision : none) : null,
    corrections: apart ? (amended === 0 ? none : revision) : null,
    definition: none,
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
