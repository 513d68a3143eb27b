import type { Whole } from '@karnama/cells';
import type { Month } from '@karnama/kernel';
import { added, negated } from './whole-sums.js';

/** What all changes up to each month come to: of the month `first`, and of every one after it. */
export type Totals = { readonly first: Month; readonly totals: readonly Whole[] };

/** Changes in some months, which stand in ascending order. */
export type Changes = { readonly months: readonly Month[]; readonly changes: readonly Whole[] };

/** Adds series of changes up, month after month. */
export const runningTotals = (all: readonly Changes[]): Totals => {
  const first = Math.min(...all.map(({ months }) => months[0] ?? Infinity));
  const last = Math.max(...all.map(({ months }) => months.at(-1) ?? -Infinity));
  if (first > last) return { first: 0, totals: [] };
  const totals = new Array<Whole>(last - first + 1).fill(0);
  for (const { months, changes } of all)
    for (let i = 0; i < months.length; i++) {
      const at = (months[i] as Month) - first;
      totals[at] = added(totals[at] as Whole, changes[i] as Whole);
    }
  for (let at = 1; at < totals.length; at++) totals[at] = added(totals[at] as Whole, totals[at - 1] as Whole);
  return { first, totals };
};

/** What the months above `after` (null: all months) up to `through` come to. */
export const risenBetween = (own: Totals, after: Month | null, through: Month): Whole =>
  after === null ? upTo(own, through) : added(upTo(own, through), negated(upTo(own, after)));

const upTo = ({ first, totals }: Totals, month: Month): Whole =>
  month < first ? 0 : (totals[Math.min(month - first, totals.length - 1)] ?? 0);
