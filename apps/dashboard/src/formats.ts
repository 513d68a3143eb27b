import type { Label } from './api.js';
import { acrossCalendars, calendarOf, type Calendar } from './months.js';
import { frequencyOf, monthsOfPeriod } from './periods.js';
import type { Digits, Reading } from './reading.js';
import type { Language } from './url-state.js';

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

/** Short names of Gregorian months, for spans of two of them. */
const shortNames = monthNames.gregorian.en.map((name) => name.slice(0, 3));

const regions = { fa: 'fa-IR', en: 'en-GB' } as const;
const numerals = { persian: 'arabext', latin: 'latn' } as const;

/** The locale that writes numbers of a language in the digits wanted; in its own when none are. */
export const localeOf = (language: Language, digits: Digits | undefined): string =>
  digits === undefined ? regions[language] : `${regions[language]}-u-nu-${numerals[digits]}`;

/** How one language writes numbers, months and dates, in the digits and the calendar of the reader. */
export type Formats = {
  readonly language: Language;
  /** Between the parts of a list. */
  readonly comma: string;
  /** `۱٬۲۳۴` or `1,234`; exact for any size. */
  readonly whole: (value: bigint) => string;
  /** The same with a sign for gains as well as losses. */
  readonly signed: (value: bigint) => string;
  /** A share as a number of hundredths with one decimal and a sign, without the word. */
  readonly signedPercent: (share: number) => string;
  /** A short rounded form for chart axes; in Persian set right to left, as the drawing is not. */
  readonly compact: (value: number) => string;
  /** `فروردین ۱۴۰۴`: month first, whatever the locale's habit. */
  readonly month: (code: string) => string;
  /** Name and year apart in the month's own calendar, for choosing them one by one. */
  readonly monthParts: (code: string) => readonly [name: string, year: string];
  /** An exact decimal text with so many decimals, in the digits of the language. */
  readonly decimal: (value: string, decimals: number) => string;
  /** The same with a sign for gains as well as losses. */
  readonly signedDecimal: (value: string, decimals: number) => string;
  /** A short rounded form of a decimal text for a small place; the exact one is always told beside it. */
  readonly short: (value: string, decimals: number) => string;
  /** `فروردین ۱۴۰۴`, `بهار ۱۴۰۴` or `۱۴۰۴` of a period's code. */
  readonly period: (code: string) => string;
  /** The same in lines for the label of an axis: name and year, or the year alone. */
  readonly periodParts: (code: string) => readonly string[];
  /** A release by its month where that is its name, a day by its date, else the name, kept apart from the text around it. */
  readonly release: (name: string) => string;
  /** Day of an instant: Jalali in Persian and Gregorian in English, unless the reader wants the other one. */
  readonly day: (iso: string) => string;
  /** `17:42:05` of an instant in milliseconds, where the reader is. */
  readonly time: (at: number) => string;
  /** A name in this language, else in whichever language has one. */
  readonly name: (label: Label) => string;
  readonly compare: (a: string, b: string) => number;
};

/** A name of data inside plain text (an option, a label), kept apart from the direction around it. */
export const isolated = (name: string): string => `\u2068${name}\u2069`;

/** One true minus sign in both languages; the hyphen is too short beside figures. */
const trueMinus = (text: string): string => text.replace('-', '\u2212');

/** Number formats for each number of decimals, made when first wanted: making one is slow. */
const decimalsIn = (locale: string, signDisplay: 'auto' | 'exceptZero') => {
  const made = new Map<number, Intl.NumberFormat>();
  return (value: string, decimals: number): string => {
    const format =
      made.get(decimals) ??
      new Intl.NumberFormat(locale, {
        signDisplay,
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
      });
    made.set(decimals, format);
    // as text, not as a number: no digit of an exact figure is lost
    return trueMinus(format.format(value as `${number}`));
  };
};

/** Day, month and year of an instant; the names of the months are the page's own. */
const dayIn = (locale: string, calendar: Calendar, language: Language): ((iso: string) => string) => {
  const parts = new Intl.DateTimeFormat('en-GB-u-nu-latn', {
    calendar: calendar === 'jalali' ? 'persian' : 'gregory',
    day: 'numeric',
    month: 'numeric',
    year: 'numeric',
  });
  const number = new Intl.NumberFormat(locale, { useGrouping: false });
  return (iso) => {
    const told = parts.formatToParts(new Date(iso));
    const part = (wanted: string): number => Number(told.find(({ type }) => type === wanted)?.value);
    const month = monthNames[calendar][language][part('month') - 1] ?? '';
    return `${number.format(part('day'))} ${month} ${number.format(part('year'))}`;
  };
};

/** Months and periods in the calendar of the data, or by the months of the other one that they reach into. */
const periodsIn = (language: Language, wanted: Calendar | undefined, yearOf: (year: string) => string) => {
  const nameOf = (month: string, short: boolean): string => {
    const calendar = calendarOf(month);
    const at = Number(month.slice(5, 7)) - 1;
    const name = short && calendar === 'gregorian' && language === 'en' ? shortNames[at] : undefined;
    return name ?? monthNames[calendar][language][at] ?? month;
  };
  const own = (code: string): readonly string[] => {
    const year = yearOf(code.slice(0, 4));
    switch (frequencyOf(code)) {
      case 'M':
        return [nameOf(code, false), year];
      case 'Q':
        return [quarterNames[calendarOf(code)][language][Number(code.slice(6)) - 1] ?? code, year];
      case 'A':
        return [year];
    }
  };
  /** First and last month of the other calendar; undefined when the data's own calendar is wanted. */
  const span = (code: string): readonly [string, string] | undefined => {
    const [first, last] = monthsOfPeriod(code);
    if (wanted === undefined || wanted === calendarOf(first)) return undefined;
    return [acrossCalendars(first)[0], acrossCalendars(last)[1]];
  };
  const parts = (code: string): readonly string[] => {
    const months = span(code);
    if (months === undefined) return own(code);
    const [years, names] = [
      months.map((month) => month.slice(0, 4)),
      months.map((month) => nameOf(month, true)),
    ];
    const year = [...new Set(years)].map(yearOf).join('–');
    return frequencyOf(code) === 'A' ? [year] : [names.join('–'), year];
  };
  const whole = (code: string): string => {
    const months = span(code);
    if (months === undefined) return own(code).join(' ');
    const [first, last] = months;
    if (first.slice(0, 4) === last.slice(0, 4)) return parts(code).join(' ');
    return [first, last].map((month) => `${nameOf(month, true)} ${yearOf(month.slice(0, 4))}`).join(' – ');
  };
  return { parts, whole };
};

/** Made when it is first wanted: a formatter takes a page as long to make as a hundred figures to write. */
const whenWanted = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

export const formatsFor = (language: Language, { digits, calendar }: Reading = {}): Formats => {
  const locale = localeOf(language, digits);
  const numbers = (options: Intl.NumberFormatOptions) =>
    whenWanted(() => new Intl.NumberFormat(locale, options));
  const whole = numbers({});
  const signed = numbers({ signDisplay: 'exceptZero' });
  const percent = numbers({
    signDisplay: 'exceptZero',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const compact = numbers({ notation: 'compact', maximumSignificantDigits: 4 });
  const brief = numbers({ notation: 'compact', maximumSignificantDigits: 3 });
  const short = decimalsIn(locale, 'auto');
  const year = numbers({ useGrouping: false });
  const time = whenWanted(() => new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23' }));
  const day = whenWanted(() =>
    dayIn(locale, calendar ?? (language === 'fa' ? 'jalali' : 'gregorian'), language),
  );
  const collator = whenWanted(() => new Intl.Collator(language));
  const monthParts = (code: string): readonly [string, string] => [
    monthNames[calendarOf(code)][language][Number(code.slice(5, 7)) - 1] ?? code,
    year().format(Number(code.slice(0, 4))),
  ];
  const periods = periodsIn(language, calendar, (text) => year().format(Number(text)));
  /** A number with a word («۱۳ میلیون») reads right to left in Persian, whatever stands around it. */
  const wordsIn = (text: string): string => (language === 'fa' ? `\u2067${text}\u2069` : text);
  return {
    language,
    comma: language === 'fa' ? '، ' : ', ',
    decimal: decimalsIn(locale, 'auto'),
    signedDecimal: decimalsIn(locale, 'exceptZero'),
    short: (value, decimals) => {
      const size = Math.abs(Number(value));
      if (size >= 10_000) return wordsIn(trueMinus(brief().format(Number(value))));
      return trueMinus(short(value, size >= 100 ? 0 : Math.min(decimals, size >= 10 ? 1 : 2)));
    },
    period: periods.whole,
    periodParts: periods.parts,
    release: (name) => {
      if (/^\d{4}-(0[1-9]|1[0-2])$/.test(name)) return periods.whole(name);
      if (/^\d{4}-(0[1-9]|1[0-2])-\d{2}$/.test(name))
        return [whole().format(Number(name.slice(8))), ...monthParts(name.slice(0, 7))].join(' ');
      return isolated(name);
    },
    time: (at) => time().format(new Date(at)),
    whole: (value) => trueMinus(whole().format(value)),
    signed: (value) => trueMinus(signed().format(value)),
    signedPercent: (share) => trueMinus(percent().format(share * 100)),
    compact: (value) => wordsIn(trueMinus(compact().format(value))),
    month: periods.whole,
    monthParts,
    day: (iso) => day()(iso),
    name: (label) => label[language] || label.pt || label.en || label.fa,
    compare: (a, b) => collator().compare(a, b),
  };
};
