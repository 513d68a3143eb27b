import type { Month } from '@karnama/kernel';
import type { Counters } from './counters.js';
import { fraction, type Fraction } from './rational.js';

/** A month, quarter or year of the truth, with its months. */
export type Period = {
  readonly label: string;
  readonly freq: Freq;
  readonly from: Month;
  readonly to: Month;
};

export type Freq = 'M' | 'Q' | 'A';

/** What formulas are made of: the counters of one group as seen from one period. */
export type Terms = {
  readonly period: Period;
  readonly first: Month;
  readonly horizon: Month;
  /** Sum over the months of the period. */
  readonly flow: (name: string) => bigint;
  /** Standing at the end of the period. */
  readonly end: (name: string) => bigint;
  /** Standing at the end of the month before the period. */
  readonly opening: (name: string) => bigint;
  readonly at: (name: string, month: Month) => bigint;
};

export const termsOf = (
  counters: Counters,
  group: string,
  period: Period,
  { first, horizon }: { readonly first: Month; readonly horizon: Month },
): Terms => {
  const at = (name: string, month: Month): bigint => counters.at(name, group, month);
  return {
    period,
    first,
    horizon,
    at,
    end: (name) => at(name, period.to),
    opening: (name) => at(name, period.from - 1),
    flow: (name) => {
      let sum = 0n;
      for (let month = period.from; month <= period.to; month += 1) sum += at(name, month);
      return sum;
    },
  };
};

/** The flow over the twelve months up to the period's end; null when they begin before the first month. */
export const yearOf = ({ at, period, first }: Terms, name: string): bigint | null => {
  if (period.to - 11 < first) return null;
  let sum = 0n;
  for (let month = period.to - 11; month <= period.to; month += 1) sum += at(name, month);
  return sum;
};

export const percent = (top: bigint, bottom: bigint): Fraction | null => fraction(100n * top, bottom);

/** The value below which `q` percent of the counts lie, by counts of bands [edge, next edge). */
export const quantile = (edges: readonly number[], counts: readonly bigint[], q: bigint): Fraction | null => {
  const total = counts.reduce((sum, count) => sum + count, 0n);
  if (total === 0n) return null;
  let below = 0n;
  for (const [i, count] of counts.entries()) {
    if (count > 0n && 100n * (below + count) >= total * q) {
      const [from, to] = [BigInt(edges[i] ?? 0), edges[i + 1]];
      if (to === undefined) return fraction(from);
      // from + (to − from) · (total · q/100 − below) / count
      return fraction(from * 100n * count + (BigInt(to) - from) * (total * q - 100n * below), 100n * count);
    }
    below += count;
  }
  return null;
};

type Hazards = {
  readonly cohort: bigint;
  /** Events of each step, and those who left otherwise. */
  readonly events: (step: number) => bigint;
  readonly others: (step: number) => bigint;
};

/** Kaplan and Meier: the first step at whose end no more than half are left. */
export const survivalMedian = ({ cohort, events, others }: Hazards, steps: number): number | null => {
  let [top, bottom, atRisk] = [1n, 1n, cohort];
  if (cohort === 0n) return null;
  for (let step = 0; step < steps; step += 1) {
    const d = events(step);
    if (atRisk > 0n) [top, bottom] = [top * (atRisk - d), bottom * atRisk];
    if (2n * top <= bottom) return step + 1;
    atRisk -= d + others(step);
  }
  return null;
};

/** Aalen and Johansen: the share that has the event within so many steps, the others being a competing end. */
export const incidence = ({ cohort, events, others }: Hazards, steps: number): Fraction | null => {
  if (cohort === 0n) return null;
  let [left, atRisk]: [Fraction, bigint] = [{ top: 1n, bottom: 1n }, cohort];
  let sum: Fraction = { top: 0n, bottom: 1n };
  for (let step = 0; step < steps && atRisk > 0n; step += 1) {
    const [d, c] = [events(step), others(step)];
    const part = { top: left.top * d, bottom: left.bottom * atRisk };
    sum = { top: sum.top * part.bottom + part.top * sum.bottom, bottom: sum.bottom * part.bottom };
    left = { top: left.top * (atRisk - d - c), bottom: left.bottom * atRisk };
    atRisk -= d + c;
  }
  return sum;
};
