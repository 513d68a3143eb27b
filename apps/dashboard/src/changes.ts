import type { ChangedFigure, Delivery, IndicatorChanges, ReleaseChanges } from './indicator-api.js';
import { flips } from './readings.js';

/** A revision with the indicator it belongs to. */
export type Revision = ChangedFigure & { readonly indicator: string; readonly by: readonly string[] };

/** Size of a revision in parts of the figure before; a figure that was 0, or is gone, counts as wholly changed. */
export const sizeOf = ({ old, new: value }: ChangedFigure): number => {
  if (old === null || value === null) return 1;
  const before = Math.abs(Number(old));
  return before === 0 ? 1 : Math.abs(Number(value) - Number(old)) / before;
};

/** The largest revision of each indicator, largest first; those that turned a sign before all others. */
export const largestRevisions = (changes: readonly IndicatorChanges[], most: number): readonly Revision[] => {
  const weight = (one: ChangedFigure): number => sizeOf(one) + (flips(one.old, one.new) ? 1e9 : 0);
  return changes
    .flatMap(({ indicator, by, revised }): Revision[] => {
      const [first, ...others] = revised;
      if (first === undefined) return [];
      const largest = others.reduce((best, one) => (weight(one) > weight(best) ? one : best), first);
      return [{ ...largest, indicator, by }];
    })
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, most);
};

export type ChangeCounts = { readonly revised: number; readonly added: number; readonly indicators: number };

/** How many figures were revised, in how many indicators, and how many are new. */
export const countsOf = ({ indicators }: ReleaseChanges): ChangeCounts => ({
  revised: indicators.reduce((sum, { revised }) => sum + revised.length, 0),
  added: indicators.reduce((sum, { newPeriods }) => sum + newPeriods.length, 0),
  indicators: indicators.filter(({ revised }) => revised.length > 0).length,
});

/** Records of all agencies and contracts together. */
export const deliveriesTogether = (
  deliveries: readonly Delivery[],
): Pick<Delivery, 'onTime' | 'late' | 'corrections' | 'withdrawals'> =>
  deliveries.reduce(
    (sum, one) => ({
      onTime: sum.onTime + one.onTime,
      late: sum.late + one.late,
      corrections: sum.corrections + one.corrections,
      withdrawals: sum.withdrawals + one.withdrawals,
    }),
    { onTime: 0, late: 0, corrections: 0, withdrawals: 0 },
  );
