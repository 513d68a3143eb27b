import { compare, half, one, times, type Rational } from './rational.js';

/** How many of a cohort met something at each step of time since it began. */
export type BySteps = ReadonlyMap<number, bigint>;

const at = (steps: BySteps, step: number): bigint => steps.get(step) ?? 0n;

/**
 * The first step at whose end no more than half of the cohort are still without the event, by the
 * product-limit estimator of Kaplan and Meier: those censored at a step count as at risk in it and not
 * after. Null when there is none among the first `steps` steps.
 */
export const medianStep = (
  cohort: bigint,
  events: BySteps,
  censored: BySteps,
  steps: number,
): number | null => {
  const factors: Rational[] = [];
  let [atRisk, survival] = [cohort, 1];
  for (let step = 0; step < steps; step++) {
    const met = at(events, step);
    if (atRisk > 0n && met !== 0n) {
      factors.push({ n: atRisk - met, d: atRisk });
      survival *= Number(atRisk - met) / Number(atRisk);
    }
    if (survival < 0.5 - doubt || (survival < 0.5 + doubt && isHalfGone(factors))) return step;
    atRisk -= met + at(censored, step);
  }
  return null;
};

/** Far above what doubles lose over some dozens of factors: nearer to one half than this is decided exactly. */
const doubt = 1e-9;

const isHalfGone = (factors: readonly Rational[]): boolean => compare(factors.reduce(times, one), half) <= 0;

/**
 * The share of the cohort that met the event before step `before`, by the estimator of Aalen and
 * Johansen: Σ S(t − 1) · d_t / r_t, where S falls by both events. Nobody is censored, so that S(t − 1) is
 * r_t / cohort and each term comes to d_t / cohort.
 */
export const incidence = (cohort: bigint, events: BySteps, competing: BySteps, before: number): Rational => {
  let [atRisk, met] = [cohort, 0n];
  for (let step = 0; step < before && atRisk > 0n; step++) {
    met += at(events, step);
    atRisk -= at(events, step) + at(competing, step);
  }
  return { n: met, d: cohort };
};
