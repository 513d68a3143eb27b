import { describe, expect, it } from '@jest/globals';
import { formatsFor } from './formats.js';
import { frequencyOf, lies, monthsOfPeriod } from './periods.js';

describe('a period', () => {
  it('tells its frequency and its months by its code', () => {
    expect(['1403-01', '1403-Q2', '1403'].map(frequencyOf)).toEqual(['M', 'Q', 'A']);
    expect(monthsOfPeriod('1403-07')).toEqual(['1403-07', '1403-07']);
    expect(monthsOfPeriod('1403-Q4')).toEqual(['1403-10', '1403-12']);
    expect(monthsOfPeriod('1403')).toEqual(['1403-01', '1403-12']);
  });

  it('lies in a range as soon as one of its months does', () => {
    expect(lies('1403-Q2', '1403-06', undefined)).toBe(true);
    expect(lies('1403-Q2', '1403-07', undefined)).toBe(false);
    expect(lies('1403', undefined, '1403-01')).toBe(true);
    expect(lies('1404', undefined, '1403-12')).toBe(false);
    expect(lies('1403-05', undefined, undefined)).toBe(true);
  });

  it('is named name first and year second, a Jalali quarter by its season', () => {
    const [fa, en] = [formatsFor('fa'), formatsFor('en')];
    expect(['1404-01', '1404-Q4', '1404', '2026-Q1'].map(fa.period)).toEqual([
      'فروردین ۱۴۰۴',
      'زمستان ۱۴۰۴',
      '۱۴۰۴',
      'سه‌ماههٔ نخست ۲۰۲۶',
    ]);
    expect(['1404-01', '1404-Q4', '1404'].map(en.period)).toEqual(['Farvardin 1404', 'Winter 1404', '1404']);
  });

  it('gives its name to a release of that name; any other name is kept as it is', () => {
    expect(formatsFor('fa').release('1404-12')).toBe('اسفند ۱۴۰۴');
    expect(formatsFor('en').release('2026-01-final')).toContain('2026-01-final');
  });
});

describe('an exact figure', () => {
  it('keeps every digit and its decimals, in the digits and signs of the language', () => {
    const [fa, en] = [formatsFor('fa'), formatsFor('en')];
    const bare = (text: string) => text.replaceAll('\u200e', '');
    expect(bare(fa.decimal('12345678901234567890.50', 2))).toBe('۱۲٬۳۴۵٬۶۷۸٬۹۰۱٬۲۳۴٬۵۶۷٬۸۹۰٫۵۰');
    expect(en.decimal('-0.164', 3)).toBe('\u22120.164');
    expect(bare(fa.signedDecimal('-7.20', 2))).toBe('\u2212۷٫۲۰');
    expect(bare(fa.signedDecimal('7.20', 2))).toBe('+۷٫۲۰');
    expect(en.signedDecimal('0.00', 2)).toBe('0.00');
  });
});
