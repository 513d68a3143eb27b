import { compare, half, one, over, plus, reduced, times, whole, zero, type Rational } from './rational.js';

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
  let [atRisk, survival] = [cohort, one];
  for (let step = 0; step < steps; step++) {
    const met = at(events, step);
    if (atRisk > 0n) survival = reduced(times(survival, { n: atRisk - met, d: atRisk }));
    if (compare(survival, half) <= 0) return step;
    atRisk -= met + at(censored, step);
  }
  return null;
};

/**
 * The share of the cohort that met the event before step `before`, by the estimator of Aalen and
 * Johansen: what meets the competing event first is no longer at risk.
 */
export const incidence = (cohort: bigint, events: BySteps, competing: BySteps, before: number): Rational => {
  let [atRisk, survival, share] = [cohort, one, zero];
  for (let step = 0; step < before && atRisk > 0n; step++) {
    const [met, other] = [at(events, step), at(competing, step)];
    share = reduced(plus(share, times(survival, over(whole(met), whole(atRisk)))));
    survival = reduced(times(survival, { n: atRisk - met - other, d: atRisk }));
    atRisk -= met + other;
  }
  return share;
};
