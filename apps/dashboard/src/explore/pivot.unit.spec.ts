import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Answer, Cell } from '../api.js';
import { leafName, leavesOf, percentOf, pivotOf, sortedRows, wholeFor, type Pivot } from './pivot.js';

const answer = (by: readonly string[], rows: readonly Readonly<Record<string, Cell>>[]): Answer => ({
  dataflow: 'JOBS',
  version: 1,
  view: 'effective',
  knowledge: { release: 'latest', epoch: 1 },
  by,
  measures: ['hires'],
  notes: [],
  rows,
});

const order = (_: string, code: string): number => ['B', 'A', 'M', 'F'].indexOf(code);

const pivot: Pivot = pivotOf(
  {
    cells: answer(
      ['area', 'sex'],
      [
        { area: 'A', sex: 'F', hires: 1 },
        { area: 'A', sex: 'M', hires: '9007199254740993' },
        { area: 'B', sex: 'F', hires: null },
        { area: 'B', sex: 'M', hires: -4 },
      ],
    ),
    // totals are the API's word: they need not be sums of the cells
    rowTotals: answer(
      ['area'],
      [
        { area: 'A', hires: 100 },
        { area: 'B', hires: 7 },
      ],
    ),
    columnTotals: answer(
      ['sex'],
      [
        { sex: 'F', hires: 5 },
        { sex: 'M', hires: 6 },
      ],
    ),
    total: answer([], [{ hires: 1000 }]),
  },
  { rows: ['area'], columns: ['sex'], order, months: [], empty: () => null },
);

const leaves = leavesOf(pivot, true);
const byName = (a: readonly string[], b: readonly string[]): number => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1);

describe('a table of answers', () => {
  it('has rows and columns in the order of their lists, and the exact figures', () => {
    expect(pivot.rows).toEqual([['B'], ['A']]);
    expect(pivot.columns).toEqual([['M'], ['F']]);
    expect(pivot.at(['A'], ['M'], 'hires')).toBe(9007199254740993n);
    expect(pivot.at(['B'], ['F'], 'hires')).toBeNull();
    expect(pivot.at(['C'], ['F'], 'hires')).toBeNull();
  });

  it('takes every total from the API', () => {
    expect(pivot.at(['A'], [], 'hires')).toBe(100n);
    expect(pivot.at([], ['F'], 'hires')).toBe(5n);
    expect(pivot.at([], [], 'hires')).toBe(1000n);
  });

  it('has a column for each month of the range, and nothing is nothing where the API has no row', () => {
    const months = ['1403-01', '1403-02', '1403-03'];
    const table = pivotOf(
      {
        cells: answer(
          ['area', 'month'],
          [
            { area: 'A', month: '1403-01', hires: 2 },
            { area: 'A', month: '1403-03', hires: 3 },
          ],
        ),
        rowTotals: undefined,
        columnTotals: undefined,
        total: undefined,
      },
      { rows: ['area'], columns: ['month'], order: () => 0, months, empty: () => 0n },
    );
    expect(table.columns).toEqual(months.map((month) => [month]));
    expect(months.map((month) => table.at(['A'], [month], 'hires'))).toEqual([2n, 0n, 3n]);
  });

  it('names its columns of figures, the total last', () => {
    expect(leaves.map(leafName)).toEqual(['M.hires', 'F.hires', 'total.hires']);
    expect(leavesOf({ ...pivot, columns: [[]] }, false).map(leafName)).toEqual(['total.hires']);
  });

  it.each([
    ['M.hires', [['B'], ['A']]],
    ['-M.hires', [['A'], ['B']]],
    ['F.hires', [['A'], ['B']]],
    ['-F.hires', [['A'], ['B']]],
    ['-total.hires', [['A'], ['B']]],
    ['name', [['A'], ['B']]],
    ['-unknown', [['B'], ['A']]],
  ])('sorted by %s, rows without a figure last', (sort, rows) => {
    expect(sortedRows(pivot, leaves, sort, byName)).toEqual(rows);
  });

  it('measures a share by the row, the column or all', () => {
    const [leaf] = leaves;
    if (leaf === undefined) throw new Error('there is no column');
    expect((['row', 'column', 'total'] as const).map((share) => wholeFor(pivot, share, ['A'], leaf))).toEqual(
      [100n, 6n, 1000n],
    );
  });
});

describe('a share in per cent', () => {
  it.each([
    [1n, 3n, '33.3'],
    [2n, 3n, '66.7'],
    [1n, 2000n, '0.1'],
    [-1n, 3n, '-33.3'],
    [1n, -3n, '-33.3'],
    [-1n, 4000n, '0.0'],
    [0n, 5n, '0.0'],
    [5n, 5n, '100.0'],
  ])('%i of %i is %s', (part, whole, percent) => {
    expect(percentOf(part, whole)).toBe(percent);
  });

  it('is not defined of nothing', () => {
    expect([percentOf(1n, 0n), percentOf(null, 5n), percentOf(1n, null)]).toEqual([null, null, null]);
  });

  it('is the nearest tenth, exactly, however large the numbers are', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.bigInt(1n, 10n ** 30n), (part, whole) => {
        const percent = percentOf(part, whole) ?? '';
        const tenths = BigInt(percent.replace('.', ''));
        const error = part * 1000n - tenths * whole;
        expect((error < 0n ? -error : error) * 2n <= whole).toBe(true);
      }),
    );
  });
});
