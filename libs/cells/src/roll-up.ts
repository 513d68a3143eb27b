import type { CellQuery } from './cell-store.js';
import type { Dataflow, RollUp } from './dataflow.js';

/** A table that can answer: the base (all dimensions, both time axes) or one of the roll-ups. */
export type CellTable = { readonly index: number | 'base'; readonly dimensions: readonly string[] };

const timeColumns = new Set(['month', 'epoch']);

/** `area×industry (declared)`: what to call a roll-up in reports. */
export const nameOfRollUp = (rollUp: RollUp): string =>
  `${rollUp.dimensions.join('×') || 'total'}${rollUp.time === 'declared' ? ' (declared)' : ''}`;

/**
 * The smallest table that has every dimension the query groups or filters by: fewest dimensions
 * first, in the order of declaration. A query over both time axes needs the base.
 */
export const tableFor = (dataflow: Dataflow<never>, query: CellQuery): CellTable => {
  const needed = [...query.by.filter((column) => !timeColumns.has(column)), ...Object.keys(query.where)];
  const fitting = dataflow.rollUps
    .map((rollUp, index) => ({ index, time: rollUp.time, dimensions: rollUp.dimensions }))
    .filter(
      (table) => table.time === query.time && needed.every((column) => table.dimensions.includes(column)),
    )
    .sort((a, b) => a.dimensions.length - b.dimensions.length);
  return fitting[0] ?? { index: 'base', dimensions: dataflow.dimensions.map((dimension) => dimension.code) };
};
