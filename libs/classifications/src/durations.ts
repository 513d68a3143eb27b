import type { Code } from './code.js';

/** A band [from, to) of whole steps of time; `to` is null for the open last band. */
export type DurationBand = Code & { readonly from: number; readonly to: number | null };

const persian = (n: number): string =>
  String(n).replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));

const monthBand = (from: number, to: number | null): DurationBand => ({
  code: to === null ? `M_GE${from}` : `M${from}T${to - 1}`,
  name:
    to === null
      ? { fa: `${persian(from)} ماه و بیشتر`, en: `${from} months and over` }
      : { fa: `${persian(from)} تا ${persian(to - 1)} ماه`, en: `${from} to ${to - 1} months` },
  from,
  to,
});

/** How long a search for work has lasted, in full months: `M0T2 M3T5 M6T11 M12T23 M_GE24`. */
export const searchDurations: readonly DurationBand[] = [
  monthBand(0, 3),
  monthBand(3, 6),
  monthBand(6, 12),
  monthBand(12, 24),
  monthBand(24, null),
];

/** The search-duration band of a number of full months, 0 or more. */
export const searchDurationOf = (months: number): string =>
  (searchDurations.findLast(({ from }) => months >= from) as DurationBand).code;

const elapsed = (last: number, fa: string, en: string): readonly DurationBand[] =>
  Array.from({ length: last + 1 }, (_, n) => ({
    code: elapsedCode(n, last),
    name:
      n === last
        ? { fa: `${persian(n)} ${fa} و بیشتر`, en: `${n} ${en} and over` }
        : { fa: `${persian(n)} ${fa}`, en: `${n} ${en}` },
    from: n,
    to: n === last ? null : n + 1,
  }));

/**
 * Two digits for whole steps of time that have passed since a cohort began: `00`, `01`, … ; `last` stands
 * for itself and all that is longer.
 */
export const elapsedCode = (steps: number, last: number): string =>
  String(Math.min(steps, last)).padStart(2, '0');

/** The codes `00`…`last` of full months that have passed; the last one is open. */
export const elapsedMonths = (last: number): readonly DurationBand[] => elapsed(last, 'ماه', 'months');

/** The codes `00`…`last` of full weeks that have passed; the last one is open. */
export const elapsedWeeks = (last: number): readonly DurationBand[] => elapsed(last, 'هفته', 'weeks');

/** Last elapsed code of the search cohorts (36 full months and more). */
export const lastSearchMonth = 36;

/** Last elapsed code of the first job after a certificate; what comes later is not counted. */
export const lastEntryMonth = 23;
