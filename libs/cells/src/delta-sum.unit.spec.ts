import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CellDelta } from './cell-store.js';
import type { Contribution } from './dataflow.js';
import { compareCells, DeltaSum } from './delta-sum.js';

const safe = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
const contribution = fc.record({
  month: fc.integer({ min: 1, max: 3 }),
  declared: fc.integer({ min: 1, max: 3 }),
  codes: fc.tuple(fc.constantFrom('A', 'B'), fc.constantFrom('x', 'y')),
  measures: fc.tuple(safe, safe),
  units: fc.constantFrom(-1, 0, 1),
});
const addition = fc.record({
  contribution,
  key: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  sign: fc.constantFrom<1 | -1>(1, -1),
});

const slowly = (
  additions: readonly { contribution: Contribution; key: number; sign: 1 | -1 }[],
): CellDelta[] => {
  const cells = new Map<string, Omit<CellDelta, 'measures'> & { measures: bigint[] }>();
  for (const {
    contribution: { month, declared, codes, measures, units },
    key,
    sign,
  } of additions) {
    const name = JSON.stringify([month, declared, codes]);
    const cell = cells.get(name) ?? { month, declared, epoch: 7, codes, measures: [0n, 0n, 0n, 0n] };
    const all = [...measures.map(BigInt), BigInt(units), BigInt(units) * BigInt(key)];
    cell.measures = cell.measures.map((sum, i) => sum + BigInt(sign) * (all[i] as bigint));
    cells.set(name, cell);
  }
  return [...cells.values()].filter(({ measures }) => measures.some((sum) => sum !== 0n)).sort(compareCells);
};

const exactly = (deltas: Iterable<CellDelta>): CellDelta[] =>
  [...deltas].map((delta) => ({ ...delta, measures: delta.measures.map(BigInt) })).sort(compareCells);

describe('DeltaSum', () => {
  it('gives the exact sums, also far beyond 2^53', () => {
    fc.assert(
      fc.property(fc.array(addition, { maxLength: 60 }), (additions) => {
        const sum = new DeltaSum(2);
        for (const { contribution: added, key, sign } of additions) sum.add(added, 7, key, sign);
        expect(exactly(sum.deltas())).toEqual(slowly(additions));
      }),
    );
  });

  it('sums nothing to nothing when what was added is taken away again', () => {
    fc.assert(
      fc.property(fc.array(addition, { maxLength: 30 }), (additions) => {
        const sum = new DeltaSum(2);
        for (const { contribution: added, key } of additions) sum.add(added, 1, key, 1);
        for (const { contribution: added, key } of additions) sum.add(added, 1, key, -1);
        expect([...sum.deltas()]).toEqual([]);
      }),
    );
  });

  it.each([0.5, NaN, Infinity, 2 ** 53])('refuses %p: no figure is rounded in silence', (value) => {
    const one: Contribution = { month: 1, declared: 1, codes: ['A', 'x'], measures: [value, 0], units: 1 };
    expect(() => new DeltaSum(2).add(one, 1, 0, 1)).toThrow(/whole number/);
  });

  it('refuses a contribution with a measure too many or too few', () => {
    const one: Contribution = { month: 1, declared: 1, codes: ['A', 'x'], measures: [1], units: 1 };
    expect(() => new DeltaSum(2).add(one, 1, 0, 1)).toThrow(/1 measures, not 2/);
  });
});
