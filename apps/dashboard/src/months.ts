/** Month codes `1404-10` and `2026-01`: order, distance and calendar. Jalali years lie below 1600. */

export type Calendar = 'jalali' | 'gregorian';

export const calendarOf = (month: string): Calendar =>
  Number(month.slice(0, 4)) < 1600 ? 'jalali' : 'gregorian';

const ordinalOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;

const codeOf = (ordinal: number): string =>
  `${String(Math.floor(ordinal / 12)).padStart(4, '0')}-${String((ordinal % 12) + 1).padStart(2, '0')}`;

/** The month `by` months later (earlier when negative), in the same calendar. */
export const shiftMonth = (month: string, by: number): string => codeOf(ordinalOf(month) + by);

/** Every month from the first to the last, so that a gap in the data stays a gap in time. */
export const monthsBetween = (first: string, last: string): readonly string[] => {
  const start = ordinalOf(first);
  return Array.from({ length: Math.max(0, ordinalOf(last) - start + 1) }, (_, i) => codeOf(start + i));
};

/** Farvardin of a Jalali year begins in March of the Gregorian year 621 later. */
const calendarsApart = 621 * 12 + 2;

/**
 * The two months of the other calendar that a month reaches into, one after the other: Jalali months begin between
 * the 19th and the 23rd of a Gregorian one.
 */
export const acrossCalendars = (month: string): readonly [first: string, last: string] => {
  const first = ordinalOf(month) + (calendarOf(month) === 'jalali' ? calendarsApart : -calendarsApart - 1);
  return [codeOf(first), codeOf(first + 1)];
};

export type Period = { readonly from: string; readonly to: string };

/**
 * The period asked for over months with data. A bound in the other calendar says nothing about
 * these months and is set aside; a missing bound is the data's own.
 */
export const periodOf = (
  months: readonly string[],
  from: string | undefined,
  to: string | undefined,
): Period | undefined => {
  const first = months[0];
  const last = months.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const usable = (bound: string | undefined, otherwise: string): string =>
    bound !== undefined && calendarOf(bound) === calendarOf(last) ? bound : otherwise;
  return { from: usable(from, first), to: usable(to, last) };
};

export const isWithin = (month: string, period: Period): boolean =>
  month >= period.from && month <= period.to;
