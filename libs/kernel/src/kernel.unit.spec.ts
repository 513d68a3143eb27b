import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { minorUnits } from './decimal.js';
import { recordKey } from './key-hash.js';
import { calendarOf, formatMonth, monthOf, parseMonth } from './month.js';

describe('months', () => {
  it('are read and written in both calendars', () => {
    expect(monthOf('2026-01')).toBe(2026 * 12);
    expect(monthOf('1404-12')).toBe(1404 * 12 + 11);
    expect(formatMonth(2026 * 12)).toBe('2026-01');
    expect(calendarOf(parseMonth('1404-12'))).toBe('jalali');
    expect(calendarOf(parseMonth('2026-01'))).toBe('gregorian');
  });

  it.each([
    '',
    '2026-13',
    '2026-00',
    '2026-1',
    '2026/01',
    ' 2026-01',
    '2026-01 ',
    '1700-01',
    '2400-01',
    '۱۴۰۴-۰۱',
    '20x6-01',
    '2026-0x',
  ])('are not taken from %j', (text) => {
    expect(monthOf(text)).toBeUndefined();
    expect(() => parseMonth(text)).toThrow(/is not a month/);
  });

  it('come back as they were written', () => {
    const years = fc.oneof(fc.integer({ min: 1200, max: 1599 }), fc.integer({ min: 1800, max: 2399 }));
    fc.assert(
      fc.property(years, fc.integer({ min: 0, max: 11 }), (year, month) => {
        expect(monthOf(formatMonth(year * 12 + month))).toBe(year * 12 + month);
      }),
    );
  });
});

describe('exact amounts', () => {
  it.each([
    ['1717.2', 171_720],
    ['1717,2', undefined],
    ['2600000', 260_000_000],
    ['1e+05', 10_000_000],
    ['1.5e3', 150_000],
    ['12345e-2', 12_345],
    ['12345e-3', undefined],
    ['0.10', 10],
    ['0.105', undefined],
    ['0.1050', undefined],
    ['7.000', 700],
    ['-3.25', -325],
    ['-0', 0],
    ['90071992547409.91', Number.MAX_SAFE_INTEGER],
    ['90071992547409.92', undefined],
    ['1e400', undefined],
    ['', undefined],
    ['NaN', undefined],
    ['1.', undefined],
    ['.5', undefined],
  ])('%j in hundredths is %p', (text, value) => {
    expect(minorUnits(text, 2)).toBe(value);
  });

  it('are never rounded', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (cents) => {
        const sign = cents < 0 ? '-' : '';
        const digits = String(Math.abs(cents)).padStart(3, '0');
        expect(minorUnits(`${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`, 2)).toBe(
          cents === 0 ? 0 : cents,
        );
      }),
    );
  });
});

describe('record keys', () => {
  it('stay what they were for ever', () => {
    expect(recordKey('br-mte/movements/1')).toBe(3_527_316_911);
  });

  it('spread neighbouring ids evenly', () => {
    const buckets = new Array<number>(16).fill(0);
    for (let i = 0; i < 16_000; i++) {
      const bucket = recordKey(`agency/contract/${i}`) >>> 28;
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    for (const count of buckets) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
