import type { Whole } from '@karnama/cells';
import { lastDayOf, type Month } from '@karnama/kernel';
import { bandOf, stepOf, type Band } from './bands.js';
import { incidence, medianStep, type BySteps } from './cohort.js';
import type { Expression, Measure, Steps } from './expression.js';
import {
  abs,
  fromNumber,
  minus,
  over,
  plus,
  times,
  toNumber,
  whole,
  zero,
  type Rational,
} from './rational.js';
import { added, isPercentOf } from './whole-sums.js';

export type Frequency = 'M' | 'Q' | 'A';

/** A period of whole months, and the span of months that anything is known of. */
export type Moment = {
  /** m₀ + 1 and m₁. */
  readonly first: Month;
  readonly last: Month;
  /** F and H: the earliest and the latest month in which a record was reported. */
  readonly begin: Month;
  readonly horizon: Month;
};

/** Why there is no figure. `not-reached`: less than half of a cohort within the time that can be seen. */
export type Reason = 'no-denominator' | 'not-yet' | 'before-start' | 'not-reached' | 'no-data';

/** An exact figure (`atLeast`: it lies in an open band, at or above the value), or why there is none. */
export type Outcome =
  { readonly value: Rational; readonly atLeast: boolean } | { readonly value: null; readonly reason: Reason };

/** Counts apart by codes; the codes are the very same object as long as they are those of the same cells. */
export type Apart = { readonly codes: readonly string[]; readonly counts: readonly Whole[] };

/** The cells of one group, at the knowledge and of the frequency that were asked for. */
export type Cells = {
  /** What the measure's cells of the months above `after` (null: of all months) up to `through` come to. */
  sum(measure: Measure, after: Month | null, through: Month): bigint;
  /** The same, apart by the codes of a dimension. */
  apart(measure: Measure, dimension: string, after: Month | null, through: Month): Apart;
  /** The group that holds this one and all others that differ from it in the dimension only. */
  whole(dimension: string): Cells;
};

const found = (value: Rational, atLeast = false): Outcome => ({ value, atLeast });

const missing = (reason: Reason): Outcome => ({ value: null, reason });

const count = (value: bigint): Outcome => found(whole(value));

/** Works out one figure: the only place that knows what the nodes of a formula mean. */
export const evaluate = (expression: Expression, moment: Moment, cells: Cells): Outcome => {
  const { first, last, begin } = moment;
  const part = (inner: Expression): Outcome => evaluate(inner, moment, cells);
  switch (expression.op) {
    case 'flow':
      return count(cells.sum(expression.of, first - 1, last));
    case 'stock':
      return count(cells.sum(expression.of, null, last));
    case 'opening':
      return count(cells.sum(expression.of, null, first - 1));
    case 'sum': {
      const after = last - expression.months;
      return after + 1 < begin ? missing('before-start') : count(cells.sum(expression.of, after, last));
    }
    case 'mean':
      return meanStock(expression.of, expression.months, moment, cells);
    case 'lag': {
      const back = 12 * expression.years;
      if (first - back < begin) return missing('before-start');
      return evaluate(expression.of, { ...moment, first: first - back, last: last - back }, cells);
    }
    case 'overAll':
      return evaluate(expression.of, moment, cells.whole(expression.dimension));
    case 'plus':
      return expression.of.map(part).reduce((a, b) => both(a, b, plus), found(zero));
    case 'minus':
      return both(part(expression.of), part(expression.less), minus);
    case 'times':
      return one(part(expression.of), (value) => times(whole(expression.factor), value));
    case 'ratio': {
      const divisor = part(expression.over);
      if (divisor.value?.n === 0n) return missing('no-denominator');
      return both(part(expression.of), divisor, over);
    }
    case 'abs':
      return one(part(expression.of), abs);
    case 'ln': {
      const inner = part(expression.of);
      if (inner.value !== null && inner.value.n <= 0n) return missing('no-data');
      return one(inner, (value) => fromNumber(Math.log(toNumber(value))));
    }
    case 'percentile': {
      const after = expression.kind === 'stock' ? null : first - 1;
      const counts = cells.apart(expression.of, expression.bands, after, last);
      return percentile(counts, expression.percent);
    }
    case 'kaplanMeierMedian': {
      const { cohort, event, censored, steps } = expression;
      const stepsOf = (measure: Measure | undefined): BySteps =>
        bySteps(measure, steps.dimension, moment, cells);
      return medianTime(total(stepsOf(cohort)), stepsOf(event), stepsOf(censored), steps, moment);
    }
    case 'aalenJohansen': {
      const { cohort, event, competing, dimension, before } = expression;
      const stepsOf = (measure: Measure): BySteps => bySteps(measure, dimension, moment, cells);
      const entered = total(stepsOf(cohort));
      if (entered <= 0) return missing('no-denominator');
      return found(incidence(entered, stepsOf(event), stepsOf(competing), before));
    }
  }
};

const one = (a: Outcome, work: (value: Rational) => Rational): Outcome =>
  a.value === null ? a : found(work(a.value), a.atLeast);

const both = (a: Outcome, b: Outcome, work: (a: Rational, b: Rational) => Rational): Outcome => {
  if (a.value === null) return a;
  if (b.value === null) return b;
  return found(work(a.value, b.value), a.atLeast || b.atLeast);
};

const meanStock = (measure: Measure, months: number, { last, begin }: Moment, cells: Cells): Outcome => {
  if (last - months + 1 < begin) return missing('before-start');
  let stocks = 0n;
  for (let month = last - months + 1; month <= last; month++) stocks += cells.sum(measure, null, month);
  return found({ n: stocks, d: BigInt(months) });
};

const bySteps = (
  measure: Measure | undefined,
  dimension: string,
  { first, last }: Moment,
  cells: Cells,
): BySteps => {
  if (measure === undefined) return [];
  const { codes, counts } = cells.apart(measure, dimension, first - 1, last);
  const steps: Whole[] = [];
  for (let i = 0; i < codes.length; i++) {
    const count = counts[i] as Whole;
    if (count === 0) continue;
    const step = stepOf(codes[i] as string);
    steps[step] = added(steps[step] ?? 0, count);
  }
  return steps;
};

const total = (steps: BySteps): Whole => steps.reduce<Whole>((sum, count) => added(sum, count ?? 0), 0);

/** How many of the steps of the youngest of the cohort lie wholly within what is known. */
const coveredSteps = ({ unit, count }: Steps, { last, horizon }: Moment): number => {
  const covered =
    unit === 'month' ? horizon - last : Math.floor((lastDayOf(horizon) - lastDayOf(last) + 1) / 7);
  return Math.min(count, covered);
};

const medianTime = (
  entered: Whole,
  events: BySteps,
  censored: BySteps,
  steps: Steps,
  moment: Moment,
): Outcome => {
  if (entered <= 0) return missing('no-denominator');
  const step = medianStep(entered, events, censored, coveredSteps(steps, moment));
  return step === null ? missing('not-reached') : found(whole((step + 1) * (steps.unit === 'week' ? 7 : 1)));
};

/** A band and where its count stands among those of all codes. */
type Place = { readonly band: Band; readonly at: number };

/** By lists of codes, as long as they are held: a question comes with the same list for each period. */
const inOrder = new WeakMap<readonly string[], readonly Place[]>();

/** The bands that codes name, the lowest first. */
const bandsOf = (codes: readonly string[]): readonly Place[] => {
  const known = inOrder.get(codes);
  if (known !== undefined) return known;
  const places = codes
    .flatMap((code, at) => {
      const band = bandOf(code);
      return band === undefined ? [] : [{ band, at }];
    })
    .sort((a, b) => a.band.from - b.band.from);
  inOrder.set(codes, places);
  return places;
};

/**
 * The value below which `percent` of a hundred counts lie, linear inside its band; the lower edge of the
 * open last band when it lies there.
 */
const percentile = ({ codes, counts }: Apart, percent: number): Outcome => {
  const bands = bandsOf(codes);
  let all: Whole = 0;
  for (const { at } of bands) {
    const count = counts[at] as Whole;
    if (count > 0) all = added(all, count);
  }
  let below: Whole = 0;
  for (const { band, at } of bands) {
    const count = counts[at] as Whole;
    if (count <= 0) continue;
    const through = added(below, count);
    if (isPercentOf(through, percent, all)) return within(band, BigInt(count), BigInt(below), percent, all);
    below = through;
  }
  return missing('no-data');
};

/** In hundredths of a count, so that the aim is a whole number. */
const within = ({ from, to }: Band, count: bigint, below: bigint, percent: number, all: Whole): Outcome => {
  if (to === null) return found(whole(from), true);
  const aim = BigInt(percent) * BigInt(all) - 100n * below;
  return found({ n: BigInt(from) * 100n * count + BigInt(to - from) * aim, d: 100n * count });
};
