import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addMonths,
  dayOf,
  firstDayOf,
  formatDay,
  fullMonthsBetween,
  lastDayOf,
  monthIn,
  monthOfDay,
} from './day.js';
import { formatMonth, parseMonth } from './month.js';

const icu = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
});
/** What the International Components for Unicode call a day in the Persian calendar. */
const byIcu = (day: number): string => {
  const parts = Object.fromEntries(
    icu.formatToParts(day * 86_400_000).map(({ type, value }) => [type, value]),
  );
  return `${parts['year']}-${String(parts['month']).padStart(2, '0')}-${String(parts['day']).padStart(2, '0')}`;
};
const day = (text: string): number => dayOf(text) ?? NaN;

describe('days of the Jalali calendar', () => {
  it('are those of the Unicode calendar at every turn of a year and of a month from 1200 to 1599', () => {
    for (let month = parseMonth('1200-01'); month <= parseMonth('1599-11'); month += 1) {
      expect(byIcu(firstDayOf(month))).toBe(`${formatMonth(month)}-01`);
      expect(formatDay(lastDayOf(month), 'jalali')).toBe(byIcu(lastDayOf(month)));
    }
  });

  it('begin 1404 on 21 March 2025 and end 1403, a leap year, on its thirtieth of Esfand', () => {
    expect(day('1404-01-01')).toBe(day('2025-03-21'));
    expect(formatDay(day('2025-03-20'), 'jalali')).toBe('1403-12-30');
    expect(dayOf('1404-12-30')).toBeUndefined();
  });
});

describe('a day', () => {
  const days = fc.integer({ min: day('1850-01-01'), max: day('2199-12-31') });
  const calendars = fc.constantFrom('jalali' as const, 'gregorian' as const);

  it('is the same day when it is written and read in either calendar', () => {
    fc.assert(fc.property(days, calendars, (at, calendar) => expect(day(formatDay(at, calendar))).toBe(at)));
    fc.assert(
      fc.property(days, (at) =>
        expect(formatDay(at)).toBe(new Date(at * 86_400_000).toISOString().slice(0, 10)),
      ),
    );
  });

  it('lies in its month', () => {
    fc.assert(
      fc.property(days, calendars, (at, calendar) => {
        const month = monthOfDay(at, calendar);
        expect(firstDayOf(month) <= at && at <= lastDayOf(month)).toBe(true);
      }),
    );
  });

  it.each([
    '',
    '1404-1-1',
    '1404-13-01',
    '1404-00-10',
    '1404-07-31',
    '2025-02-29',
    '1700-01-01',
    '1404-01-00',
  ])('is not named by %j', (text) => expect(dayOf(text)).toBeUndefined());
});

describe('months between days', () => {
  it('keep the number of the day, or take the last of a shorter month', () => {
    expect(formatDay(addMonths(day('1403-06-31'), 1, 'jalali'), 'jalali')).toBe('1403-07-30');
    expect(formatDay(addMonths(day('1403-12-30'), 12, 'jalali'), 'jalali')).toBe('1404-12-29');
    expect(formatDay(addMonths(day('2024-01-31'), 1, 'gregorian'))).toBe('2024-02-29');
    expect(formatDay(addMonths(day('1403-03-10'), -3, 'jalali'), 'jalali')).toBe('1402-12-10');
  });

  it('count as full when the day of the month is reached', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10_000, max: 30_000 }), fc.nat(4000), (from, span) => {
        const months = fullMonthsBetween(from, from + span, 'jalali');
        expect(addMonths(from, months, 'jalali') <= from + span).toBe(true);
        expect(addMonths(from, months + 1, 'jalali') > from + span).toBe(true);
      }),
    );
    expect(fullMonthsBetween(10, 9, 'jalali')).toBe(-1);
  });
});

describe('a month in the other calendar', () => {
  it('is the one in which its middle lies', () => {
    expect(formatMonth(monthIn(parseMonth('2025-04'), 'jalali'))).toBe('1404-01');
    expect(formatMonth(monthIn(parseMonth('1404-01'), 'gregorian'))).toBe('2025-04');
    expect(formatMonth(monthIn(parseMonth('1404-01'), 'jalali'))).toBe('1404-01');
  });
});
