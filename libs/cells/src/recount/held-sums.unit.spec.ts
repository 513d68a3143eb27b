import { describe, expect, it } from '@jest/globals';
import type { Contribution, Dataflow, Projection } from '../dataflow.js';
import { addFull, HeldSums, type FullSums } from './held-sums.js';

const dataflow = (code: string): Dataflow<unknown> => ({
  code,
  version: 1,
  name: { fa: code, en: code },
  description: { fa: code, en: code },
  dimensions: [{ code: 'd', name: { fa: 'd', en: 'd' } }],
  measures: [
    { code: 'm', name: { fa: 'm', en: 'm' }, unit: { fa: 'm', en: 'm' }, definition: { fa: 'm', en: 'm' } },
  ],
  rollUps: [],
  contributions: () => [],
});

const projection = {
  name: 'held',
  register: undefined as never,
  dataflows: [dataflow('SPARSE'), dataflow('DENSE'), dataflow('SILENT')],
} as unknown as Projection;

const one = (d: string, month: number): Contribution => ({
  month,
  declared: month,
  codes: [d],
  measures: [1],
  units: 1,
});

/** Adds, for each of so many months, one to a cell of its own and one to a cell that they share. */
const addMonths = (held: HeldSums, from: number, count: number): void => {
  for (let month = from; month < from + count; month++) {
    held.sums[0]?.add(one(`s${month % 5000}`, month % 30_000), 1, 7, 1);
    held.sums[1]?.add(one('d', 1), 1, 7, 1);
  }
};

const totals = (taken: FullSums): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const [code, sum] of taken)
    for (const { measures } of sum.deltas()) sums[code] = (sums[code] ?? 0) + Number(measures[0]);
  return sums;
};

describe('sums that are held back', () => {
  it('stay as long as there is room', () => {
    const held = new HeldSums(projection, 1 << 20);
    addMonths(held, 0, 1000);
    expect(held.takeFull()).toEqual([]);
    expect(totals(held.takeAll())).toEqual({ SPARSE: 1000, DENSE: 1000 });
  });

  it('go in time, those first in which nothing meets; nothing of them is lost or told twice', () => {
    const room = 1 << 20;
    const held = new HeldSums(projection, room);
    const taken: FullSums[] = [];
    for (let from = 0; from < 100_000; from += 1000) {
      addMonths(held, from, 1000);
      taken.push(held.takeFull());
      expect(held.sums.reduce((bytes, sum) => bytes + sum.bytes, 0)).toBeLessThan(room);
    }
    const early = taken.flat();
    expect(early.length).toBeGreaterThan(2);
    expect(new Set(early.map(([code]) => code))).toEqual(new Set(['SPARSE']));
    expect(totals([...early, ...held.takeAll()])).toEqual({ SPARSE: 100_000, DENSE: 100_000 });
    expect(held.takeAll()).toEqual([]);
  });

  it('are added dataflow by dataflow', async () => {
    const held = new HeldSums(projection);
    addMonths(held, 0, 3);
    const told: [string, number][] = [];
    await addFull(
      {
        save: async () => undefined,
        advance: async () => undefined,
        add: async (code, deltas) => told.push([code, [...deltas].length]),
      },
      held.takeAll(),
    );
    expect(told).toEqual([
      ['SPARSE', 3],
      ['DENSE', 1],
    ]);
  });
});
