import { describe, expect, it } from '@jest/globals';
import { parseMonth } from '@karnama/kernel';
import { bandOf, stepOf } from './bands.js';
import { formatPeriod, lastMonthOf, periodsBetween } from './period.js';

const month = parseMonth;

describe('periods', () => {
  it('end with the last month of the month, quarter or year that a month lies in', () => {
    expect(lastMonthOf(month('1403-05'), 'M')).toBe(month('1403-05'));
    expect(lastMonthOf(month('1403-04'), 'Q')).toBe(month('1403-06'));
    expect(lastMonthOf(month('1403-06'), 'Q')).toBe(month('1403-06'));
    expect(lastMonthOf(month('1403-07'), 'Q')).toBe(month('1403-09'));
    expect(lastMonthOf(month('1403-01'), 'A')).toBe(month('1403-12'));
    expect(lastMonthOf(month('1403-12'), 'A')).toBe(month('1403-12'));
  });

  it('are labelled', () => {
    expect(formatPeriod(month('1403-03'), 'M')).toBe('1403-03');
    expect(['03', '06', '09', '12'].map((m) => formatPeriod(month(`1403-${m}`), 'Q'))).toEqual([
      '1403-Q1',
      '1403-Q2',
      '1403-Q3',
      '1403-Q4',
    ]);
    expect(formatPeriod(month('2025-12'), 'A')).toBe('2025');
  });

  it('between two months are those that lie between or hold one of them', () => {
    const labels = (from: string, to: string, freq: 'M' | 'Q' | 'A'): string[] =>
      periodsBetween(month(from), month(to), freq).map((last) => formatPeriod(last, freq));
    expect(labels('1403-11', '1404-01', 'M')).toEqual(['1403-11', '1403-12', '1404-01']);
    expect(labels('1403-11', '1404-04', 'Q')).toEqual(['1403-Q4', '1404-Q1', '1404-Q2']);
    expect(labels('1403-11', '1404-04', 'A')).toEqual(['1403', '1404']);
    expect(labels('1403-11', '1403-11', 'A')).toEqual(['1403']);
    expect(labels('1403-11', '1403-10', 'M')).toEqual([]);
    expect(labels('1403-11', '1402-10', 'M')).toEqual([]);
  });

  it('are 1200 at most in one answer', () => {
    expect(periodsBetween(month('1300-01'), month('1399-12'), 'M')).toHaveLength(1200);
    expect(() => periodsBetween(month('1300-01'), month('1400-01'), 'M')).toThrow(
      expect.objectContaining({ code: 'bad-request' }),
    );
  });
});

describe('bands', () => {
  it('are read from their codes; the last one is open', () => {
    expect(bandOf('M0T2')).toEqual({ from: 0, to: 3 });
    expect(bandOf('D184T365')).toEqual({ from: 184, to: 366 });
    expect(bandOf('D_GE366')).toEqual({ from: 366, to: null });
    expect(bandOf('M_GE120')).toEqual({ from: 120, to: null });
  });

  it('of wages are in the currency, not its hundredths', () => {
    expect(bandOf('W0020')).toEqual({ from: 0, to: 20_000_000 });
    expect(bandOf('W0350')).toEqual({ from: 300_000_000, to: 350_000_000 });
    expect(bandOf('W_GE2000')).toEqual({ from: 2_000_000_000, to: null });
  });

  it('are none where nothing is known', () => {
    for (const code of ['_U', 'ACTIVE', 'xM0T2', 'M0T2x', 'M_GE', 'xM_GE3', 'M_GE3x'])
      expect(bandOf(code)).toBeUndefined();
  });

  it('of elapsed time are whole steps', () => {
    expect(stepOf('07')).toBe(7);
    expect(stepOf('36')).toBe(36);
    for (const code of ['_U', '7a', 'a7'])
      expect(() => stepOf(code)).toThrow(expect.objectContaining({ code: 'unknown-code' }));
  });
});
