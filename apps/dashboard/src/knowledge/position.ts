import type { Release } from '../api.js';
import type { Language } from '../url-state.js';

/** A time of knowledge as the address names it: `latest`, a release, or a day. */
export type PositionKind = 'latest' | 'release' | 'day';

const dayForm = /^\d{4}-\d{2}-\d{2}$/;

/** A release may bear any name, also one that reads like a day: it comes first, as it does for the API. */
export const kindOf = (position: string | undefined, releases: readonly Release[]): PositionKind => {
  if (position === undefined || position === 'latest') return 'latest';
  if (releases.some(({ name }) => name === position)) return 'release';
  return dayForm.test(position) ? 'day' : 'release';
};

/** Year, month and day of the month as the address writes them. */
export type DayParts = { readonly year: number; readonly month: number; readonly day: number };

export const partsOf = (text: string): DayParts => ({
  year: Number(text.slice(0, 4)),
  month: Number(text.slice(5, 7)),
  day: Number(text.slice(8, 10)),
});

const two = (n: number): string => String(n).padStart(2, '0');

/** Days of a month; the leap day of Esfand is offered in every year, and the API says when there is none. */
export const daysIn = (year: number, month: number): number => {
  if (year < 1600) return month <= 6 ? 31 : 30;
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
};

/** The day as the address writes it; a day that the month does not have becomes its last one. */
export const dayText = ({ year, month, day }: DayParts): string =>
  `${String(year).padStart(4, '0')}-${two(month)}-${two(Math.min(day, daysIn(year, month)))}`;

const calendars: Readonly<Record<Language, string>> = {
  fa: 'en-US-u-ca-persian-nu-latn',
  en: 'en-US-u-ca-gregory-nu-latn',
};

/** The day of an instant in the calendar of the language. */
export const dayIn = (instant: Date, language: Language): DayParts => {
  const parts = new Intl.DateTimeFormat(calendars[language], {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  }).formatToParts(instant);
  const number = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return { year: number('year'), month: number('month'), day: number('day') };
};

/** Years that a reader may choose among, newest first: from the first cut to this year, in the calendar of the day shown. */
export const yearsFor = (shown: DayParts, first: string | undefined, today: Date): readonly number[] => {
  const language = shown.year < 1600 ? 'fa' : 'en';
  const newest = dayIn(today, language).year;
  const oldest = first === undefined ? newest : dayIn(new Date(first), language).year;
  const [low, high] = [Math.min(oldest, shown.year), Math.max(newest, shown.year)];
  return Array.from({ length: high - low + 1 }, (_, i) => high - i);
};
