import type { Whole } from '@karnama/cells';
import { compare, half, one, times, type Rational } from './rational.js';
import { added, negated } from './whole-sums.js';

/** How many of a cohort met something at each step of time since it began; none where nothing stands. */
export type BySteps = readonly (Whole | undefined)[];

const at = (steps: BySteps, step: number): Whole => steps[step] ?? 0;

const less = (a: Whole, b: Whole): Whole => added(a, negated(b));

/**
 * The first step at whose end no more than half of the cohort are still without the event, by the
 * product-limit estimator of Kaplan and Meier: those censored at a step count as at risk in it and not
 * after. Null when there is none among the first `steps` steps.
 */
export const medianStep = (
  cohort: Whole,
  events: BySteps,
  censored: BySteps,
  steps: number,
): number | null => {
  const factors: Factor[] = [];
  let [atRisk, survival] = [cohort, 1];
  for (let step = 0; step < steps; step++) {
    const met = at(events, step);
    const left = less(atRisk, met);
    if (atRisk > 0 && left !== atRisk) {
      factors.push({ left, atRisk });
      survival *= Number(left) / Number(atRisk);
    }
    if (survival < 0.5 - doubt || (survival < 0.5 + doubt && isHalfGone(factors))) return step;
    atRisk = less(left, at(censored, step));
  }
  return null;
};

/** Of so many at risk, so many went on without the event. */
type Factor = { readonly left: Whole; readonly atRisk: Whole };

/** Far above what doubles lose over some dozens of factors: nearer to one half than this is decided exactly. */
const doubt = 1e-9;

const isHalfGone = (factors: readonly Factor[]): boolean => {
  const exact = factors.map(({ left, atRisk }) => ({ n: BigInt(left), d: BigInt(atRisk) }));
  return compare(exact.reduce<Rational>(times, one), half) <= 0;
};

/**
 * The share of the cohort that met the event before step `before`, by the estimator of Aalen and
 * Johansen: Σ S(t − 1) · d_t / r_t, where S falls by both events. Nobody is censored, so that S(t − 1) is
 * r_t / cohort and each term comes to d_t / cohort.
 */
export const incidence = (cohort: Whole, events: BySteps, competing: BySteps, before: number): Rational => {
  let [atRisk, met]: [Whole, Whole] = [cohort, 0];
  for (let step = 0; step < before && atRisk > 0; step++) {
    met = added(met, at(events, step));
    atRisk = less(atRisk, added(at(events, step), at(competing, step)));
  }
  return { n: BigInt(met), d: BigInt(cohort) };
};
