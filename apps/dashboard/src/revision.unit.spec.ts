import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changesIn, compareSeries } from './revision.js';
import type { Point } from './series.js';

const at = (month: string, value: bigint | null): Point => ({ month, value });

const series = fc.uniqueArray(
  fc.record({
    month: fc.integer({ min: 1, max: 12 }).map((n) => `1404-${String(n).padStart(2, '0')}`),
    value: fc.option(fc.bigInt({ min: -99n, max: 99n })),
  }),
  { selector: (point) => point.month },
);

describe('two positions of knowledge', () => {
  it('tell apart what was revised, added, withdrawn and left alone', () => {
    const then = [at('1404-01', 10n), at('1404-02', 5n), at('1404-03', 7n)];
    const today = [at('1404-01', 10n), at('1404-02', 8n), at('1404-04', 1n)];
    expect(compareSeries(then, today)).toEqual([
      { month: '1404-01', known: 10n, now: 10n, difference: 0n, fate: 'same' },
      { month: '1404-02', known: 5n, now: 8n, difference: 3n, fate: 'revised' },
      { month: '1404-03', known: 7n, now: null, difference: null, fate: 'withdrawn' },
      { month: '1404-04', known: null, now: 1n, difference: null, fate: 'added' },
    ]);
    expect(changesIn(compareSeries(then, today))).toEqual({ revised: 2, added: 1 });
  });

  it('treat a figure that is not defined like one that is not there', () => {
    expect(compareSeries([at('1404-01', null)], [])).toMatchObject([{ fate: 'same', difference: null }]);
    expect(compareSeries([at('1404-01', null)], [at('1404-01', 0n)])).toMatchObject([{ fate: 'added' }]);
  });

  it('agree with themselves', () => {
    fc.assert(
      fc.property(series, (points) => {
        expect(compareSeries(points, points).every((revision) => revision.fate === 'same')).toBe(true);
      }),
    );
  });

  it('lead from then to now by the difference, for every month of either', () => {
    fc.assert(
      fc.property(series, series, (then, today) => {
        const compared = compareSeries(then, today);
        expect(new Set(compared.map(({ month }) => month))).toEqual(
          new Set([...then, ...today].map(({ month }) => month)),
        );
        for (const { known, now, difference, fate } of compared) {
          if (known !== null && now !== null) expect(known + (difference ?? 0n)).toBe(now);
          expect(fate === 'same').toBe(known === now);
        }
      }),
    );
  });
});
