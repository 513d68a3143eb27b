import { describe, expect, it } from '@jest/globals';
import { leastPeriods, revisionsOf, type PublishedPeriod } from './revisions.js';

const period = (i: number, ...values: readonly (string | null)[]): PublishedPeriod => ({
  period: `1403-${String(i + 1).padStart(2, '0')}`,
  values,
});

const steady = (n: number): PublishedPeriod[] =>
  Array.from({ length: n }, (_, i) => period(i, '10.0', '10.0'));

describe('revisions of a series', () => {
  it('are told of eight periods and more', () => {
    expect(leastPeriods).toBe(8);
    expect(revisionsOf(steady(7), 1)).toEqual({
      n: 7,
      suppressed: true,
      meanRevision: null,
      meanAbsoluteRevision: null,
      relativeMeanAbsoluteRevision: null,
      signChanges: null,
    });
    expect(revisionsOf(steady(8), 1)).toEqual({
      n: 8,
      suppressed: false,
      meanRevision: '0.000',
      meanAbsoluteRevision: '0.000',
      relativeMeanAbsoluteRevision: '0.00',
      signChanges: '0.00',
    });
  });

  it('compare the first figure of a period with its last one, whatever lies between', () => {
    const periods = [
      period(0, '10.0', '99.0', '11.0'),
      period(1, null, '10.0', '8.0'),
      ...steady(6).map(({ values }, i) => period(i + 2, ...values, null)),
    ];
    // +1 and −2 over 8; 3 over 8; 3 over 11 + 8 + 6 · 10
    expect(revisionsOf(periods, 1)).toMatchObject({
      n: 8,
      meanRevision: '-0.125',
      meanAbsoluteRevision: '0.375',
      relativeMeanAbsoluteRevision: '3.80',
    });
  });

  it('leave out periods that were told once or never', () => {
    const periods = [...steady(8), period(8, null, '50.0'), period(9, null, null), period(10, '7.0', null)];
    expect(revisionsOf(periods, 1)).toMatchObject({ n: 8, meanRevision: '0.000' });
  });

  it('have no relative size where all last figures are 0, and round half away from zero', () => {
    const periods = Array.from({ length: 8 }, (_, i) => period(i, i === 0 ? '1' : '0', '0'));
    expect(revisionsOf(periods, 0)).toMatchObject({
      meanRevision: '-0.13',
      meanAbsoluteRevision: '0.13',
      relativeMeanAbsoluteRevision: null,
    });
    const below = Array.from({ length: 8 }, (_, i) => period(i, '-0.05', '-0.10'));
    expect(revisionsOf(below, 2)).toMatchObject({
      meanRevision: '-0.0500',
      meanAbsoluteRevision: '0.0500',
      relativeMeanAbsoluteRevision: '50.00',
    });
  });

  it('tell how often the change from one period to the next turned around', () => {
    const periods = [
      period(0, '10', '10'),
      period(1, '12', '9'), // up at first, down at last
      period(2, '11', '10'), // down at first, up at last
      period(3, '12', '12'), // up, up
      period(4, '12', '11'), // no change at first: no turn
      period(5, null, '13'), // told once
      period(6, '14', '15'), // nothing to compare with at first
      period(7, '13', '14'), // down, down
      period(8, '12', '16'), // down, up
      period(9, '12', '12'),
    ];
    // compared: 1, 2, 3, 4, 7, 8, 9; turned: 1, 2, 8
    expect(revisionsOf(periods, 0)).toMatchObject({ n: 9, signChanges: '42.86' });
  });

  it('of changes compare figures of one and the same release', () => {
    const late = Array.from({ length: 9 }, (_, i) =>
      i === 1 ? period(i, null, '20', '5') : period(i, '30', '10', '10'),
    );
    // period 1: 20 − 10 up at its first release, 5 − 10 down at the last; the others go down, then up
    expect(revisionsOf(late, 0).signChanges).toBe('14.29');
  });
});
