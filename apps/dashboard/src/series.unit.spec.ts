import { describe, expect, it } from '@jest/globals';
import type { Answer } from './api.js';
import { changeAt, extremesOf, figureOf, seriesOf } from './series.js';

const answer = (rows: Answer['rows']): Answer => ({
  dataflow: 'MOVEMENTS',
  version: 1,
  view: 'effective',
  knowledge: { release: 'latest', epoch: 1 },
  by: ['month'],
  measures: ['net'],
  notes: [],
  rows,
});

describe('a figure', () => {
  it('stays exact when it came as text because a JSON number could not hold it', () => {
    expect(figureOf('9007199254740993')).toBe(9007199254740993n);
    expect(figureOf(-5)).toBe(-5n);
  });

  it('is null where it is not defined', () => {
    expect(figureOf(null)).toBeNull();
    expect(figureOf(undefined)).toBeNull();
  });
});

describe('a series', () => {
  const points = seriesOf(
    answer([
      { month: '1404-01', net: 50 },
      { month: '1403-01', net: 40 },
      { month: '1403-12', net: -10 },
      { month: '1404-03', net: null },
    ]),
    'net',
  );

  it('runs from the oldest month to the newest', () => {
    expect(points.map((point) => point.month)).toEqual(['1403-01', '1403-12', '1404-01', '1404-03']);
  });

  it('compares with the month before and the same month a year before, by the calendar', () => {
    expect(changeAt(points, '1404-01', 12)).toEqual({ difference: 10n, share: 0.25 });
    expect(changeAt(points, '1404-01', 1)).toEqual({ difference: 60n, share: null });
  });

  it('has no change where either month has no figure', () => {
    expect(changeAt(points, '1404-03', 1)).toBeNull();
    expect(changeAt(points, '1403-12', 1)).toBeNull();
  });

  it('finds its extremes among the months that have figures', () => {
    expect(extremesOf(points)).toEqual({
      highest: { month: '1404-01', value: 50n },
      lowest: { month: '1403-12', value: -10n },
      latest: { month: '1404-01', value: 50n },
    });
    expect(extremesOf([{ month: '1404-01', value: null }])).toBeUndefined();
  });
});
