import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatsFor } from './formats.js';
import { acrossCalendars } from './months.js';
import { figureIn } from '../test/read-page.js';

const fa = formatsFor('fa');
const en = formatsFor('en');

/** What the eye sees: direction marks carry no ink. */
const seen = (text: string): string => text.replace(/[\u200e\u200f\u2066-\u2069]/g, '');

describe('figures', () => {
  it('are written in Persian digits with the Persian separators and a true minus sign', () => {
    expect(seen(fa.whole(-1_234_567n))).toBe('−۱٬۲۳۴٬۵۶۷');
    expect(seen(fa.signed(1_727n))).toBe('+۱٬۷۲۷');
    expect(seen(fa.signedPercent(-0.0725))).toMatch(/^−۷٫[۲۳]$/);
  });

  it('are written in Latin digits with a true minus sign in English', () => {
    expect(en.whole(-1_234_567n)).toBe('−1,234,567');
    expect(en.signed(0n)).toBe('0');
    expect(en.signedPercent(0.031)).toBe('+3.1');
  });

  it('keep every digit, however large, in both scripts', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), (value) => {
        for (const formats of [fa, en]) {
          expect(figureIn(formats.whole(value))).toBe(value);
          expect(figureIn(formats.signed(value))).toBe(value);
        }
      }),
    );
  });

  it('hold no Latin digit in Persian and no Persian digit in English', () => {
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        expect(fa.whole(value)).not.toMatch(/[0-9,-]/);
        expect(en.whole(value)).not.toMatch(/[۰-۹٬-]/);
      }),
    );
  });
});

describe('months', () => {
  it('name the month before the year, in the calendar of the code', () => {
    expect(fa.month('1404-01')).toBe('فروردین ۱۴۰۴');
    expect(fa.month('1403-12')).toBe('اسفند ۱۴۰۳');
    expect(fa.month('2026-01')).toBe('ژانویه ۲۰۲۶');
    expect(en.month('1404-10')).toBe('Dey 1404');
    expect(en.month('2025-12')).toBe('December 2025');
  });

  it('give an instant its day in the reader’s calendar', () => {
    expect(fa.day('2026-03-25T12:00:00Z')).toBe('۵ فروردین ۱۴۰۵');
    expect(en.day('2026-03-25T12:00:00Z')).toBe('25 March 2026');
  });
});

describe('the way of reading', () => {
  const latin = formatsFor('fa', { digits: 'latin' });
  const persian = formatsFor('en', { digits: 'persian' });

  it('changes the digits and nothing else', () => {
    expect(seen(latin.whole(-1_234_567n))).toBe('−1,234,567');
    expect(latin.month('1404-01')).toBe('فروردین 1404');
    expect(seen(persian.decimal('-1234.5', 1))).toBe('−۱٬۲۳۴٫۵');
    expect(persian.month('1404-10')).toBe('Dey ۱۴۰۴');
  });

  it('keeps every digit of a figure in the other script', () => {
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        expect(figureIn(latin.whole(value))).toBe(value);
        expect(latin.whole(value)).not.toMatch(/[۰-۹٬-]/);
        expect(figureIn(persian.signed(value))).toBe(value);
        expect(persian.whole(value)).not.toMatch(/[0-9,-]/);
      }),
    );
  });

  it('names a month by those of the other calendar that it reaches into', () => {
    const [fa2, en2] = [
      formatsFor('fa', { calendar: 'gregorian' }),
      formatsFor('en', { calendar: 'gregorian' }),
    ];
    expect(fa2.month('1403-01')).toBe('مارس–آوریل ۲۰۲۴');
    expect(en2.month('1403-01')).toBe('Mar–Apr 2024');
    expect(en2.month('1403-10')).toBe('Dec 2024 – Jan 2025');
    expect(en2.period('1403-Q1')).toBe('Mar–Jun 2024');
    expect(en2.period('1403')).toBe('Mar 2024 – Mar 2025');
    expect(en2.periodParts('1403-10')).toEqual(['Dec–Jan', '2024–2025']);
    expect(formatsFor('en', { calendar: 'jalali' }).month('2025-01')).toBe('Dey–Bahman 1403');
    expect(formatsFor('fa', { calendar: 'jalali' }).month('2025-03')).toBe('اسفند ۱۴۰۳ – فروردین ۱۴۰۴');
  });

  it('gives an instant its day in the calendar that the reader wants', () => {
    const instant = '2026-03-25T12:00:00Z';
    expect(formatsFor('fa', { calendar: 'gregorian' }).day(instant)).toBe('۲۵ مارس ۲۰۲۶');
    expect(formatsFor('en', { calendar: 'jalali' }).day(instant)).toBe('5 Farvardin 1405');
  });

  it('agrees with the calendars on where months begin and end', () => {
    const jalali = new Intl.DateTimeFormat('en-u-ca-persian', {
      year: 'numeric',
      month: 'numeric',
      timeZone: 'UTC',
    });
    const codeAt = (day: Date): string => {
      const part = (type: string) => jalali.formatToParts(day).find((one) => one.type === type)?.value ?? '';
      return `${part('year')}-${part('month').padStart(2, '0')}`;
    };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 70_000 }), (days) => {
        const day = new Date(Date.UTC(1925, 3, 1) + days * 86_400_000);
        const gregorian = day.toISOString().slice(0, 7);
        expect(acrossCalendars(codeAt(day))).toContain(gregorian);
        expect(acrossCalendars(gregorian)).toContain(codeAt(day));
      }),
    );
  });
});

describe('names', () => {
  const label = { fa: 'برزیل', en: 'Brazil', pt: 'Brasil' };

  it('are in the reader’s language', () => {
    expect(fa.name(label)).toBe('برزیل');
    expect(en.name(label)).toBe('Brazil');
  });

  it('fall back to the national language only where the reader’s has none', () => {
    expect(en.name({ ...label, en: '' })).toBe('Brasil');
    expect(fa.name({ fa: '', en: 'Brazil' })).toBe('Brazil');
  });
});
