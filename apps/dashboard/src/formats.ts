import type { Label } from './api.js';
import { calendarOf } from './months.js';
import { frequencyOf } from './periods.js';
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

const numberLocale = { fa: 'fa-IR', en: 'en-GB' } as const;
const dateLocale = { fa: 'fa-IR-u-ca-persian', en: 'en-GB' } as const;

/** How one language writes numbers, months and dates. */
export type Formats = {
  readonly language: Language;
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
  /** Name and year apart, for two-line axis labels. */
  readonly monthParts: (code: string) => readonly [name: string, year: string];
  /** An exact decimal text with so many decimals, in the digits of the language. */
  readonly decimal: (value: string, decimals: number) => string;
  /** The same with a sign for gains as well as losses. */
  readonly signedDecimal: (value: string, decimals: number) => string;
  /** A short rounded form of a decimal text for a small place; the exact one is always told beside it. */
  readonly short: (value: string, decimals: number) => string;
  /** `فروردین ۱۴۰۴`, `بهار ۱۴۰۴` or `۱۴۰۴` of a period's code. */
  readonly period: (code: string) => string;
  /** Name and year apart, for two-line axis labels; a year stands alone. */
  readonly periodParts: (code: string) => readonly string[];
  /** A release by its month where that is its name, else its name, kept apart from the text around it. */
  readonly release: (name: string) => string;
  /** Day of an instant: Jalali in Persian, Gregorian in English. */
  readonly day: (iso: string) => string;
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

export const formatsFor = (language: Language): Formats => {
  const locale = numberLocale[language];
  const whole = new Intl.NumberFormat(locale);
  const signed = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' });
  const percent = new Intl.NumberFormat(locale, {
    signDisplay: 'exceptZero',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 4 });
  const brief = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 });
  const short = decimalsIn(locale, 'auto');
  const year = new Intl.NumberFormat(locale, { useGrouping: false });
  const day = new Intl.DateTimeFormat(dateLocale[language], { dateStyle: 'long' });
  const collator = new Intl.Collator(language);
  /** A number with a word («۱۳ میلیون») reads right to left in Persian, whatever stands around it. */
  const wordsIn = (text: string): string => (language === 'fa' ? `\u2067${text}\u2069` : text);
  const monthParts = (code: string): readonly [string, string] => [
    monthNames[calendarOf(code)][language][Number(code.slice(5, 7)) - 1] ?? code,
    year.format(Number(code.slice(0, 4))),
  ];
  const periodParts = (code: string): readonly string[] => {
    const yearText = year.format(Number(code.slice(0, 4)));
    switch (frequencyOf(code)) {
      case 'M':
        return monthParts(code);
      case 'Q':
        return [quarterNames[calendarOf(code)][language][Number(code.slice(6)) - 1] ?? code, yearText];
      case 'A':
        return [yearText];
    }
  };
  return {
    language,
    decimal: decimalsIn(locale, 'auto'),
    signedDecimal: decimalsIn(locale, 'exceptZero'),
    short: (value, decimals) => {
      const size = Math.abs(Number(value));
      if (size >= 10_000) return wordsIn(trueMinus(brief.format(Number(value))));
      return trueMinus(short(value, size >= 100 ? 0 : Math.min(decimals, size >= 10 ? 1 : 2)));
    },
    period: (code) => periodParts(code).join(' '),
    periodParts,
    release: (name) => (/^\d{4}-(0[1-9]|1[0-2])$/.test(name) ? monthParts(name).join(' ') : isolated(name)),
    whole: (value) => trueMinus(whole.format(value)),
    signed: (value) => trueMinus(signed.format(value)),
    signedPercent: (share) => trueMinus(percent.format(share * 100)),
    compact: (value) => wordsIn(trueMinus(compact.format(value))),
    month: (code) => monthParts(code).join(' '),
    monthParts,
    day: (iso) => day.format(new Date(iso)),
    name: (label) => label[language] || label.pt || label.en || label.fa,
    compare: collator.compare,
  };
};
