import { describe, expect, it } from '@jest/globals';
import { calendarOf, isWithin, monthsBetween, periodOf, shiftMonth } from './months.js';

describe('months', () => {
  it('follow each other across a year’s end in either calendar', () => {
    expect(shiftMonth('1403-12', 1)).toBe('1404-01');
    expect(shiftMonth('2026-01', -1)).toBe('2025-12');
    expect(shiftMonth('1404-05', -12)).toBe('1403-05');
  });

  it('between two bounds leave no gap', () => {
    expect(monthsBetween('1403-11', '1404-02')).toEqual(['1403-11', '1403-12', '1404-01', '1404-02']);
    expect(monthsBetween('1404-02', '1404-01')).toEqual([]);
  });

  it('tell their calendar by their year', () => {
    expect(calendarOf('1404-01')).toBe('jalali');
    expect(calendarOf('2026-01')).toBe('gregorian');
  });
});

describe('the period', () => {
  const months = ['2025-03', '2025-04', '2025-06'];

  it('is the whole of the data unless a bound is given', () => {
    expect(periodOf(months, undefined, undefined)).toEqual({ from: '2025-03', to: '2025-06' });
    expect(periodOf(months, '2025-04', undefined)).toEqual({ from: '2025-04', to: '2025-06' });
  });

  it('sets aside a bound of the other calendar', () => {
    expect(periodOf(months, '1403-01', '2025-04')).toEqual({ from: '2025-03', to: '2025-04' });
  });

  it('keeps a bound outside the data, so that the page shows nothing rather than something else', () => {
    const period = periodOf(months, '2027-01', '2027-02');
    expect(period).toEqual({ from: '2027-01', to: '2027-02' });
    expect(period && months.some((month) => isWithin(month, period))).toBe(false);
  });

  it('does not exist without months', () => {
    expect(periodOf([], '2025-01', '2025-02')).toBeUndefined();
  });
});
