import { calendarOf, firstDayOf, formatDay, formatMonth, lastDayOf, parseMonth } from '@karnama/kernel';
import type { Label } from '@karnama/kernel';

export const fileLanguages = ['fa', 'en'] as const;

/** The language that a file for people is written in; its figures are the same in each. */
export type FileLanguage = (typeof fileLanguages)[number];

/** A name in a language, else in whichever language has one. */
export const nameIn = (label: Label, language: FileLanguage): string =>
  label[language] || label.en || label.fa;

const monthNames = {
  jalali: {
    fa: 'فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند'.split(' '),
    en: 'Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand'.split(' '),
  },
  gregorian: {
    fa: 'ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر'.split(' '),
    en: 'January February March April May June July August September October November December'.split(' '),
  },
} as const;

const quarterNames = {
  jalali: { fa: 'بهار تابستان پاییز زمستان'.split(' '), en: 'Spring Summer Autumn Winter'.split(' ') },
  gregorian: {
    fa: ['سه‌ماههٔ نخست', 'سه‌ماههٔ دوم', 'سه‌ماههٔ سوم', 'سه‌ماههٔ چهارم'],
    en: ['First quarter', 'Second quarter', 'Third quarter', 'Fourth quarter'],
  },
} as const;

const persianDigits = (text: string): string =>
  text.replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));

/** Digits of a language, for names and sentences; figures in cells stay numbers. */
export const digitsIn = (text: string, language: FileLanguage): string =>
  language === 'fa' ? persianDigits(text) : text;

/** First and last month of a period: `1403-01`, `1403-Q1` or `1403`. */
export const monthsOfPeriod = (period: string): readonly [first: number, last: number] => {
  const year = period.slice(0, 4);
  if (period.length === 4) return [parseMonth(`${year}-01`), parseMonth(`${year}-12`)];
  if (period[5] !== 'Q') return [parseMonth(period), parseMonth(period)];
  const last = parseMonth(`${year}-01`) + Number(period.slice(6)) * 3 - 1;
  return [last - 2, last];
};

/** `فروردین ۱۴۰۴`, `Spring 1404` or the year: month before year, whatever the habit of the locale. */
export const periodName = (period: string, language: FileLanguage): string => {
  const year = digitsIn(period.slice(0, 4), language);
  if (period.length === 4) return year;
  const calendar = calendarOf(monthsOfPeriod(period)[0]);
  const name =
    period[5] === 'Q'
      ? quarterNames[calendar][language][Number(period.slice(6)) - 1]
      : monthNames[calendar][language][Number(period.slice(5)) - 1];
  return `${name} ${year}`;
};

/** First and last day of a period, Gregorian in the form of ISO 8601. */
export const daysOfPeriod = (period: string): readonly [first: string, last: string] => {
  const [first, last] = monthsOfPeriod(period);
  return [formatDay(firstDayOf(first)), formatDay(lastDayOf(last))];
};

/** A release by its month where that is its name. */
export const releaseName = (name: string, language: FileLanguage): string =>
  /^\d{4}-(0[1-9]|1[0-2])$/.test(name) ? periodName(formatMonth(parseMonth(name)), language) : name;

/** The day of an instant: Jalali in Persian, Gregorian in English. */
export const dayName = (instant: string, language: FileLanguage): string =>
  new Intl.DateTimeFormat(language === 'fa' ? 'fa-IR-u-ca-persian' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(new Date(instant));

/** An exact decimal text in the digits, separators and minus sign of a language. */
export const figureIn = (value: string, decimals: number, language: FileLanguage): string =>
  new Intl.NumberFormat(language === 'fa' ? 'fa-IR' : 'en-GB', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
    .format(value as `${number}`)
    .replace('-', '\u2212');
