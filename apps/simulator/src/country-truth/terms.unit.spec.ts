import { describe, expect, it } from '@jest/globals';
import { sixDecimals } from './rational.js';
import { incidence, quantile, survivalMedian } from './terms.js';

const text = (value: ReturnType<typeof quantile>): string | null =>
  value === null ? null : sixDecimals(value);

const hazards = (cohort: bigint, events: readonly number[], others: readonly number[] = []) => ({
  cohort,
  events: (step: number) => BigInt(events[step] ?? 0),
  others: (step: number) => BigInt(others[step] ?? 0),
});

describe('a median from bands', () => {
  const edges = [0, 3, 6, 12];

  it('lies where half of the counts are below it, linear inside its band', () =>
    // of 8, four are below: one in [0, 3), three of the four in [3, 6)
    expect(text(quantile(edges, [1n, 4n, 2n, 1n], 50n))).toBe('5.250000'));

  it('lies at the upper edge of a band that holds exactly the half', () =>
    expect(text(quantile(edges, [2n, 2n, 0n, 0n], 50n))).toBe('3.000000'));

  it('is the lower edge of an open last band', () =>
    expect(text(quantile(edges, [1n, 0n, 0n, 9n], 50n))).toBe('12.000000'));

  it('passes over empty bands, and is null without counts', () => {
    expect(text(quantile(edges, [0n, 0n, 4n, 0n], 10n))).toBe('6.600000');
    expect(quantile(edges, [0n, 0n, 0n, 0n], 50n)).toBeNull();
  });
});

describe('a median of durations', () => {
  it('is the end of the first step after which no more than half are left', () => {
    expect(survivalMedian(hazards(10n, [2, 2, 1]), 3)).toBe(3);
    expect(survivalMedian(hazards(10n, [2, 2, 1]), 2)).toBeNull();
    expect(survivalMedian(hazards(10n, [2, 2, 0, 0]), 4)).toBeNull();
  });

  it('takes those who leave otherwise out of those at risk', () =>
    // 10 → 8 of 10; then 4 at risk, 2 leave: 0.8 · 0.5 = 0.4
    expect(survivalMedian(hazards(10n, [2, 2], [4, 0]), 2)).toBe(2));

  it('stays where nobody is at risk any more', () =>
    expect(survivalMedian(hazards(2n, [0, 1], [2, 0]), 5)).toBeNull());

  it('is null without a cohort', () => expect(survivalMedian(hazards(0n, []), 5)).toBeNull());
});

describe('a share with a competing end', () => {
  it('adds up each step’s events among those that are left', () =>
    // step 0: 2/10; left 0.5 (2 + 3 of 10); step 1: 0.5 · 1/5
    expect(text(incidence(hazards(10n, [2, 1], [3, 0]), 2))).toBe('0.300000'));

  it('counts the steps before n only', () =>
    expect(text(incidence(hazards(10n, [2, 1], [3, 0]), 1))).toBe('0.200000'));

  it('is null without a cohort', () => expect(incidence(hazards(0n, [1]), 3)).toBeNull());
});
