import type { Day } from '@karnama/kernel';

/** Days [start, end); an open span ends at Infinity. */
export type DaySpan = { readonly start: Day; readonly end: Day };

/** Whether one of the spans begins on a day of [from, to). */
export const beginsWithin = (spans: readonly DaySpan[], from: Day, to: Day): boolean =>
  spans.some(({ start }) => start >= from && start < to);

/** Whether a day lies in one of the spans. */
export const coversDay = (spans: readonly DaySpan[], day: Day): boolean =>
  spans.some(({ start, end }) => start <= day && day < end);
