import { describe, expect, it } from '@jest/globals';
import { isNamed, pairsOf } from './pairs.js';

const row = (period: string, value: string | null) => ({ period, value });

describe('the path of two indicators', () => {
  it('goes through the periods of which both have a figure, in the order of time', () => {
    const xs = [row('1404-01', '3.1'), row('1404-02', null), row('1404-03', '3.0'), row('1404-04', '2.9')];
    const ys = [row('1404-01', '0.5'), row('1404-02', '0.6'), row('1404-03', null), row('1404-04', '0.0')];
    expect(pairsOf(xs, ys)).toEqual([
      { period: '1404-01', x: '3.1', y: '0.5' },
      { period: '1404-04', x: '2.9', y: '0.0' },
    ]);
    expect(pairsOf(xs, [])).toEqual([]);
  });

  it('names its first and last point and where a year begins, unless they stand too close', () => {
    const months = Array.from({ length: 16 }, (_, i) => ({
      period: i < 8 ? `1403-${String(i + 5).padStart(2, '0')}` : `1404-${String(i - 7).padStart(2, '0')}`,
      x: '1',
      y: '1',
    }));
    expect(months.filter((_, at) => isNamed(months, at)).map(({ period }) => period)).toEqual([
      '1403-05',
      '1404-01',
      '1404-08',
    ]);
    const turn = months.slice(7, 10);
    expect(turn.filter((_, at) => isNamed(turn, at)).map(({ period }) => period)).toEqual([
      '1403-12',
      '1404-02',
    ]);
  });
});
