import { describe, expect, it } from '@jest/globals';
import { along, commonBase, indexedAt, runsOf, scaleOf } from './mini.js';

const box = { width: 100, height: 20, margin: 0 };

describe('a small chart', () => {
  it('puts all its lines on one scale', () => {
    expect(scaleOf([[1, null, 3], [-2]])).toEqual({ low: -2, high: 3 });
    expect(scaleOf([[4, 4]])).toEqual({ low: 3, high: 5 });
    expect(scaleOf([[null]])).toEqual({ low: 0, high: 1 });
  });

  it('goes from the lowest at the bottom to the highest at the top, oldest left, and breaks at gaps', () => {
    expect(runsOf([0, 10, null, 5], { low: 0, high: 10 }, { ...box, width: 90 })).toEqual([
      [
        { x: 0, y: 20 },
        { x: 30, y: 0 },
      ],
      [{ x: 90, y: 10 }],
    ]);
    expect(runsOf([7], { low: 0, high: 10 }, box)[0]?.[0]?.x).toBe(100);
  });

  it('reads the figures along an axis of periods, a period that is not told as a gap', () => {
    const rows = [
      { period: '1404-02', value: '2.50' },
      { period: '1404-03', value: null },
    ];
    expect(along(['1404-01', '1404-02', '1404-03'], rows)).toEqual([null, 2.5, null]);
  });
});

describe('levels of different size', () => {
  it('are compared from the first period of which both have a figure', () => {
    const [a, b] = [
      [null, 0, 20, 30],
      [5, 50, 100, 50],
    ];
    expect(commonBase(a, b)).toBe(2);
    expect(indexedAt(a, 2)).toEqual([null, 0, 100, 150]);
    expect(indexedAt(b, 2)).toEqual([5, 50, 100, 50]);
  });

  it('cannot be compared when one of them is nothing, or below it', () => {
    expect(commonBase([0, null], [1, 1])).toBe(-1);
    expect(indexedAt([0, 3], 0)).toBeUndefined();
    expect(indexedAt([-1, 3], 0)).toBeUndefined();
    expect(indexedAt([1], -1)).toBeUndefined();
  });
});
