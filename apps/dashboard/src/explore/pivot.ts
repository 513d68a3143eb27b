import type { Answer, Cell } from '../api.js';
import type { Share } from './explore-url.js';

/** A row or column of the table by its codes; none of them: the total. */
export type PivotKey = readonly string[];

/** Text that tells keys apart. */
export const keyText = (key: PivotKey): string => key.join('|');

/** The answers that a table is made of: its cells, and the totals as the API tells them. */
export type PivotAnswers = {
  readonly cells: Answer;
  readonly rowTotals: Answer | undefined;
  readonly columnTotals: Answer | undefined;
  readonly total: Answer | undefined;
};

export type Pivot = {
  readonly rows: readonly PivotKey[];
  readonly columns: readonly PivotKey[];
  readonly measures: readonly string[];
  /** The figure of a cell, of a total where a key is empty; null where it is not defined. */
  readonly at: (row: PivotKey, column: PivotKey, measure: string) => bigint | null;
};

const wholeOf = (cell: Cell | undefined): bigint | null =>
  cell === null || cell === undefined ? null : BigInt(cell);

const placeOf = (row: PivotKey, column: PivotKey): string => `${keyText(row)}\n${keyText(column)}`;

type Order = (grouping: string, code: string) => number;

const byOrder =
  (groupings: readonly string[], order: Order) =>
  (a: PivotKey, b: PivotKey): number => {
    for (const [i, grouping] of groupings.entries()) {
      const [left = '', right = ''] = [a[i], b[i]];
      if (left === right) continue;
      return order(grouping, left) - order(grouping, right) || (left < right ? -1 : 1);
    }
    return 0;
  };

export type PivotLayout = {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Place of a code in the list of its grouping. */
  readonly order: Order;
  /** All months of the range: one of which nothing is told is a gap in time, not a shortcut. */
  readonly months: readonly string[];
  /** The figure where the API has no row: nothing was counted, or nothing is defined. */
  readonly empty: (measure: string) => bigint | null;
};

/** The answers as a table. Rows and columns are those that have cells, in the order of the code lists. */
export const pivotOf = (answers: PivotAnswers, layout: PivotLayout): Pivot => {
  const { rows: rowGroupings, columns: columnGroupings, order, empty } = layout;
  const { cells } = answers;
  const values = new Map<string, Readonly<Record<string, Cell>>>();
  const rows = new Map<string, PivotKey>();
  const columns = new Map<string, PivotKey>();
  const put = (answer: Answer | undefined, ofRow: readonly string[], ofColumn: readonly string[]): void => {
    for (const line of answer?.rows ?? []) {
      const row = ofRow.map((grouping) => String(line[grouping]));
      const column = ofColumn.map((grouping) => String(line[grouping]));
      values.set(placeOf(row, column), line);
      if (answer !== cells) continue;
      rows.set(keyText(row), row);
      columns.set(keyText(column), column);
    }
  };
  put(cells, rowGroupings, columnGroupings);
  put(answers.rowTotals, rowGroupings, []);
  put(answers.columnTotals, [], columnGroupings);
  put(answers.total, [], []);
  for (const [keys, groupings] of [
    [rows, rowGroupings],
    [columns, columnGroupings],
  ] as const)
    if (keys.size > 0 && groupings.join() === 'month')
      for (const month of layout.months) keys.set(month, [month]);
  return {
    rows: [...rows.values()].sort(byOrder(rowGroupings, order)),
    columns: [...columns.values()].sort(byOrder(columnGroupings, order)),
    measures: cells.measures,
    at: (row, column, measure) => {
      const line = values.get(placeOf(row, column));
      return line === undefined ? empty(measure) : wholeOf(line[measure]);
    },
  };
};

/** A column of figures: a column of the table, or the total, of one measure. */
export type Leaf = { readonly column: PivotKey; readonly measure: string; readonly isTotal: boolean };

/** Name of a column of figures in the address. */
export const leafName = ({ column, measure, isTotal }: Leaf): string =>
  [...(isTotal ? ['total'] : column), measure].join('.');

/** The columns of figures in order; the total behind them where there are columns to be added up. */
export const leavesOf = ({ columns, measures }: Pivot, hasColumns: boolean): readonly Leaf[] => {
  const own = columns.flatMap((column) =>
    measures.map((measure) => ({ column, measure, isTotal: !hasColumns })),
  );
  return hasColumns ? [...own, ...measures.map((measure) => ({ column: [], measure, isTotal: true }))] : own;
};

/**
 * A part in tenths of a per cent of a whole, as exact decimal text rounded half away from zero; null where
 * there is nothing to divide by.
 */
export const percentOf = (part: bigint | null, whole: bigint | null): string | null => {
  if (part === null || whole === null || whole === 0n) return null;
  const negative = part < 0n !== whole < 0n;
  const size = (n: bigint): bigint => (n < 0n ? -n : n);
  const tenths = (size(part) * 2000n + size(whole)) / (2n * size(whole));
  return `${negative && tenths > 0n ? '-' : ''}${tenths / 10n}.${tenths % 10n}`;
};

/** What a cell is shown as a share of. */
export const wholeFor = (pivot: Pivot, share: Share, row: PivotKey, leaf: Leaf): bigint | null => {
  switch (share) {
    case 'row':
      return pivot.at(row, [], leaf.measure);
    case 'column':
      return pivot.at([], leaf.column, leaf.measure);
    case 'total':
      return pivot.at([], [], leaf.measure);
  }
};

const compareFigures = (a: bigint | null, b: bigint | null): number => {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? 1 : a > b ? -1 : 0;
};

/**
 * The rows in the order asked: by a column of figures (`-` before its name: largest first), by name, or as
 * they are. Rows without a figure come last either way.
 */
export const sortedRows = (
  pivot: Pivot,
  leaves: readonly Leaf[],
  sort: string | undefined,
  byName: (a: PivotKey, b: PivotKey) => number,
): readonly PivotKey[] => {
  if (sort === undefined) return pivot.rows;
  if (sort === 'name') return [...pivot.rows].sort(byName);
  const descending = sort.startsWith('-');
  const leaf = leaves.find((one) => leafName(one) === (descending ? sort.slice(1) : sort));
  if (leaf === undefined) return pivot.rows;
  const figure = (row: PivotKey): bigint | null => pivot.at(row, leaf.column, leaf.measure);
  return [...pivot.rows].sort((a, b) => {
    const [left, right] = [figure(a), figure(b)];
    const order = compareFigures(left, right);
    return left === null || right === null || descending ? order : -order;
  });
};
