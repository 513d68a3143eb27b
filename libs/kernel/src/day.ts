import { KarnamaError } from './errors.js';
import { calendarOf, type Calendar, type Month } from './month.js';

/** A civil day as whole days since 1970-01-01 (Gregorian). Spans of days are half-open: [start, end). */
export type Day = number;

/**
 * First day of the Jalali year, by the 33-year cycle of eight leap years that the International
 * Components for Unicode use, with their one correction by the true equinox in 1200–1599: the leap day
 * of 1502 falls in 1503.
 */
const jalaliYearStart = (year: number): Day =>
  365 * (year - 1) + Math.floor((8 * year + 21) / 33) - 492_268 - (year === 1503 ? 1 : 0);

const jalaliMonthStart = (month: Month): Day => {
  const index = month % 12;
  return jalaliYearStart(Math.floor(month / 12)) + 31 * Math.min(index, 6) + 30 * Math.max(index - 6, 0);
};

/** Days since 1970-01-01 of the first of a Gregorian month (proleptic; Howard Hinnant's days_from_civil). */
const gregorianMonthStart = (month: Month): Day => {
  const index = (month % 12) + 1;
  const year = Math.floor(month / 12) - (index <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (index + (index > 2 ? -3 : 9)) + 2) / 5);
  return (
    era * 146_097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    719_468
  );
};

/** The first day of a month, Jalali or Gregorian as the month says. */
export const firstDayOf = (month: Month): Day =>
  calendarOf(month) === 'jalali' ? jalaliMonthStart(month) : gregorianMonthStart(month);

/** The last day of a month. */
export const lastDayOf = (month: Month): Day => firstDayOf(month + 1) - 1;

/** The month of a calendar that a day lies in. */
export const monthOfDay = (day: Day, calendar: Calendar): Month => {
  const years = calendar === 'jalali' ? (day + 492_268) / 365.2424 + 1 : day / 365.2425 + 1970;
  // an estimate that may be off by one either way
  let month = Math.floor(years * 12);
  while (firstDayOf(month) > day) month -= 1;
  while (firstDayOf(month + 1) <= day) month += 1;
  return month;
};

/**
 * The day `count` months later with the same number in its month, or the last day of that month where
 * it has no such day. `count` may be negative.
 */
export const addMonths = (day: Day, count: number, calendar: Calendar): Day => {
  const month = monthOfDay(day, calendar);
  return Math.min(firstDayOf(month + count) + (day - firstDayOf(month)), lastDayOf(month + count));
};

/** The largest n with `addMonths(from, n) ≤ to`; −1 when `to` is before `from`. */
export const fullMonthsBetween = (from: Day, to: Day, calendar: Calendar): number => {
  if (to < from) return -1;
  let months = monthOfDay(to, calendar) - monthOfDay(from, calendar);
  while (addMonths(from, months, calendar) > to) months -= 1;
  return months;
};

/** The day that `text` names, `2025-03-21` or `1404-01-01`; undefined when it names none. */
export const dayOf = (text: string): Day | undefined => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const [year, index, number] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const known = (year >= 1200 && year <= 1599) || (year >= 1800 && year <= 2399);
  if (!known || index < 1 || index > 12 || number < 1) return undefined;
  const month = year * 12 + index - 1;
  const day = firstDayOf(month) + number - 1;
  return day <= lastDayOf(month) ? day : undefined;
};

/** As `dayOf`, for text that must be a day. @throws KarnamaError `bad-day` */
export const parseDay = (text: string): Day => {
  const day = dayOf(text);
  if (day === undefined)
    throw new KarnamaError('bad-day', `"${text}" is not a day`, 'write it as 2025-03-21 or 1404-01-01');
  return day;
};

/** The day as text in a calendar: `2025-03-21` or `1404-01-01`. Events hold days in Gregorian form. */
export const formatDay = (day: Day, calendar: Calendar = 'gregorian'): string => {
  const month = monthOfDay(day, calendar);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${two((month % 12) + 1)}-${two(day - firstDayOf(month) + 1)}`;
};

/** The same month in another calendar: the month that its middle lies in. */
export const monthIn = (month: Month, calendar: Calendar): Month =>
  calendarOf(month) === calendar ? month : monthOfDay(firstDayOf(month) + 15, calendar);
