import { describe, expect, it } from '@jest/globals';
import { incidence, medianStep } from './cohort.js';
import { compare } from './rational.js';

const steps = (...counts: readonly number[]): readonly bigint[] => counts.map(BigInt);

describe('the Kaplan–Meier median', () => {
  it('is the first step at whose end half of the cohort have met the event', () => {
    expect(medianStep(10n, steps(2, 2, 1), steps(), 3)).toBe(2);
    expect(medianStep(10n, steps(2, 2, 0, 1), steps(), 4)).toBe(3);
    expect(medianStep(10n, steps(5), steps(), 4)).toBe(0);
  });

  it('is not there when half are not reached in the steps that can be seen', () => {
    expect(medianStep(10n, steps(2, 2, 1), steps(), 2)).toBeNull();
    expect(medianStep(10n, steps(4, 0, 0), steps(), 3)).toBeNull();
    expect(medianStep(10n, steps(10), steps(), 0)).toBeNull();
  });

  it('counts the censored as at risk in their step and not after it', () => {
    // S = 8/10, then 8 − 4 censored = 4 at risk: 8/10 · 2/4 = 4/10
    expect(medianStep(10n, steps(2, 2), steps(4, 0), 2)).toBe(1);
    // censored only after the step: 8/10 · 6/8 = 6/10, above half
    expect(medianStep(10n, steps(2, 2), steps(0, 4), 2)).toBeNull();
  });

  it('takes exactly half as reached, by exact fractions', () => {
    // 2/3 · 3/4 = 1/2 exactly
    expect(medianStep(12n, steps(4, 2), steps(), 2)).toBe(1);
    expect(medianStep(12n, steps(4, 1), steps(), 2)).toBeNull();
  });

  it('stays where it is when none is left at risk', () => {
    expect(medianStep(4n, steps(1), steps(3, 0, 0), 5)).toBeNull();
  });
});

describe('the Aalen–Johansen share', () => {
  it('counts what met the event first, before the step', () => {
    const share = incidence(10n, steps(1, 2, 3, 4), steps(), 3);
    expect(compare(share, { n: 6n, d: 10n })).toBe(0);
  });

  it('takes those out that met the competing event', () => {
    // d0 = 1/10; S(0) = 1 − 3/10 = 7/10; d1 = 2 of 7 at risk: 7/10 · 2/7 = 2/10
    const share = incidence(10n, steps(1, 2), steps(2, 1), 2);
    expect(compare(share, { n: 3n, d: 10n })).toBe(0);
    // d2 = 4 of 4 at risk with S(1) = 7/10 · 4/7 = 4/10
    expect(compare(incidence(10n, steps(1, 2, 4), steps(2, 1), 3), { n: 7n, d: 10n })).toBe(0);
  });

  it('is 0 of no steps, and stops when none is left at risk', () => {
    expect(incidence(10n, steps(1), steps(), 0).n).toBe(0n);
    expect(compare(incidence(4n, steps(1, 5), steps(3), 9), { n: 1n, d: 4n })).toBe(0);
  });
});
