import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { risenBetween, runningTotals, type Changes } from './running-totals.js';

const changes: fc.Arbitrary<Changes> = fc
  .uniqueArray(fc.integer({ min: 100, max: 130 }), { minLength: 1 })
  .chain((months) => {
    const sorted = [...months].sort((a, b) => a - b);
    const most = Number.MAX_SAFE_INTEGER;
    return fc
      .array(fc.oneof(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -most, max: most })), {
        minLength: sorted.length,
        maxLength: sorted.length,
      })
      .map((values) => ({ months: sorted, changes: values }));
  });

describe('running totals', () => {
  it('come to the sum of all changes between two months, of all series together', () => {
    const month = fc.integer({ min: 95, max: 135 });
    fc.assert(
      fc.property(fc.array(changes), fc.option(month), month, (all, after, through) => {
        let expected = 0n;
        for (const { months, changes: values } of all)
          months.forEach((own, i) => {
            const change = BigInt(values[i] ?? 0);
            if (own <= through) expected += change;
            if (after !== null && own <= after) expected -= change;
          });
        expect(BigInt(risenBetween(runningTotals(all), after, through))).toBe(expected);
      }),
    );
  });

  it('of nothing are nothing', () => {
    expect(runningTotals([])).toEqual({ first: 0, totals: [] });
    expect(risenBetween(runningTotals([{ months: [], changes: [] }]), null, 100)).toBe(0);
  });

  it('stand for every month from the first change to the last', () => {
    const one = { months: [100, 103], changes: [5, -2] };
    expect(runningTotals([one, { months: [101], changes: [1] }])).toEqual({
      first: 100,
      totals: [5, 6, 6, 4],
    });
  });
});
