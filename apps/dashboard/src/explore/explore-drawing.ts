import type { ExploreDrawing } from './explore-option.js';
import type { ExploreNames } from './explore-names.js';
import type { ExploreView } from './explore-view.js';
import { keyText, type Pivot, type PivotKey } from './pivot.js';
import { monthsBetween } from '../months.js';

const mostLines = 6;
const mostBars = 20;
const mostKinds = 4;

/** What is not the month of a key. */
const without = (key: PivotKey, at: number): PivotKey => key.filter((_, i) => i !== at);

type Point = { readonly key: PivotKey; readonly month: string; readonly value: bigint | null };

/** The months of a table that has them in its rows or columns, and what stands beside them. */
const overTime = (
  view: ExploreView,
  pivot: Pivot,
  rows: readonly PivotKey[],
  measure: string,
): { readonly groupings: readonly string[]; readonly points: readonly Point[] } | undefined => {
  const inColumns = view.columns.indexOf('month');
  const inRows = view.rows.indexOf('month');
  const places = rows.flatMap((row) => pivot.columns.map((column) => ({ row, column })));
  if (inColumns >= 0)
    return {
      groupings: [...view.rows, ...without(view.columns, inColumns)],
      points: places.map(({ row, column }) => ({
        key: [...row, ...without(column, inColumns)],
        month: column[inColumns] ?? '',
        value: pivot.at(row, column, measure),
      })),
    };
  if (inRows >= 0)
    return {
      groupings: [...without(view.rows, inRows), ...view.columns],
      points: places.map(({ row, column }) => ({
        key: [...without(row, inRows), ...column],
        month: row[inRows] ?? '',
        value: pivot.at(row, column, measure),
      })),
    };
  return undefined;
};

const lines = (
  names: ExploreNames,
  measure: string,
  { groupings, points }: { readonly groupings: readonly string[]; readonly points: readonly Point[] },
): ExploreDrawing | undefined => {
  const months = points.map(({ month }) => month).sort();
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const categories = monthsBetween(first, last);
  const groups = new Map<string, { key: PivotKey; values: Map<string, bigint | null> }>();
  for (const { key, month, value } of points) {
    const group = groups.get(keyText(key)) ?? { key, values: new Map<string, bigint | null>() };
    groups.set(keyText(key), group);
    group.values.set(month, value);
  }
  return {
    kind: 'line',
    categories,
    series: [...groups.values()].slice(0, mostLines).map(({ key, values }) => ({
      name: key.length === 0 ? names.ofMeasure(measure) : names.ofKey(groupings, key),
      values: categories.map((month) => values.get(month) ?? null),
    })),
  };
};

/**
 * The table as a drawing of its first measure: lines where there are months, else bars by row. As many lines
 * and bars as can be told apart, in the order of the table.
 */
export const drawingOf = (
  view: ExploreView,
  pivot: Pivot,
  rows: readonly PivotKey[],
  names: ExploreNames,
): ExploreDrawing | undefined => {
  const [measure] = pivot.measures;
  if (measure === undefined || rows.length === 0) return undefined;
  const time = overTime(view, pivot, rows, measure);
  if (time !== undefined) return lines(names, measure, time);
  const kinds =
    view.columns.length === 0
      ? pivot.measures.slice(0, 1).map((one) => ({ name: names.ofMeasure(one), column: [] as PivotKey }))
      : pivot.columns.map((column) => ({ name: names.ofKey(view.columns, column), column }));
  const shown = rows.slice(0, mostBars);
  return {
    kind: 'bar',
    categories: shown.map((row) =>
      row.length === 0 ? names.ofMeasure(measure) : names.ofKey(view.rows, row),
    ),
    series: kinds.slice(0, mostKinds).map(({ name, column }) => ({
      name,
      values: shown.map((row) => pivot.at(row, column, measure)),
    })),
  };
};
