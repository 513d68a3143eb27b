import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ratioTicks, scalingOf } from './scale.js';

const told = (...values: (string | null)[]) =>
  values.map((value, i) => ({ period: `1403-${String(i + 1).padStart(2, '0')}`, value }));

describe('a scale', () => {
  it('of an index makes the first figure shown 100 and keeps all ratios', () => {
    const scaling = scalingOf(told(null, '50', '75', '0'), 'index');
    expect([scaling.used, scaling.base]).toEqual(['index', '1403-02']);
    expect(['50', '75', '0', null].map(scaling.plotted)).toEqual([100, 150, 0, null]);
  });

  it('is a plain one where figures have no index or no logarithm', () => {
    expect(scalingOf(told('0', '5'), 'index').used).toBe('linear');
    expect(scalingOf(told('-3', '5'), 'log').used).toBe('linear');
    expect(scalingOf(told('3', '0'), 'log').used).toBe('linear');
    expect(scalingOf(told(null), 'log').used).toBe('linear');
    expect(scalingOf([{ period: '1403-01', value: '3', before: '-1' }], 'log').used).toBe('linear');
  });

  it('of logarithms has a few round ticks that enclose all figures', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e12, noNaN: true }),
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        (low, ratio) => {
          const ticks = ratioTicks(low, low * ratio);
          expect(ticks[0]).toBeLessThanOrEqual(low * (1 + 1e-9));
          expect(ticks.at(-1)).toBeGreaterThanOrEqual(low * ratio * (1 - 1e-9));
          expect(ticks.length).toBeGreaterThanOrEqual(2);
          expect(ticks.length).toBeLessThanOrEqual(16);
          expect([...ticks].sort((a, b) => a - b)).toEqual([...ticks]);
        },
      ),
    );
  });
});
