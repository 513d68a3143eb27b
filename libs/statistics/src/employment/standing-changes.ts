import type { Contribution } from '@karnama/cells';
import type { Month } from '@karnama/kernel';
import { isSameCell } from './job-cells.js';

/** What counts in a stock: measures of one entity, and the same taken away. */
export type Weight = { readonly up: readonly number[]; readonly down: readonly number[] };

/** One cell that an entity stands in at the end of a period. */
export type OneStanding = { readonly codes: readonly string[]; readonly weight: Weight };

/** A weight of these measures. */
export const weightOf = (...up: readonly number[]): Weight => ({
  up,
  down: up.map((value) => (value === 0 ? 0 : -value)),
});

/**
 * A stock as change points, of what stands in one cell at a time: what it is counted as at the end of
 * each period, less what it was counted as at the end of the period before.
 * @param months periods in which the standing may differ from the one before; sorted here in place
 * @param standingAt the cell at the end of a period, undefined for none; the same between two of `months`
 * @param out where the changes are added
 */
export const pushStandingChanges = (
  months: Month[],
  standingAt: (month: Month) => OneStanding | undefined,
  out: Contribution[],
): void => {
  months.sort((a, b) => a - b);
  let before: OneStanding | undefined;
  for (let i = 0; i < months.length; i++) {
    const month = months[i] as Month;
    if (month === months[i + 1]) continue;
    const after = standingAt(month);
    if (isSameStanding(before, after)) continue;
    if (before !== undefined)
      out.push({ month, declared: month, codes: before.codes, measures: before.weight.down, units: -1 });
    if (after !== undefined)
      out.push({ month, declared: month, codes: after.codes, measures: after.weight.up, units: 1 });
    before = after;
  }
};

const isSameStanding = (a: OneStanding | undefined, b: OneStanding | undefined): boolean => {
  if (a === undefined || b === undefined) return a === b;
  return a.weight === b.weight && isSameCell(a.codes, b.codes);
};
