import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Answer } from './api.js';
import { partsOf, spanOf } from './breakdown-parts.js';

const answer = (figures: Readonly<Record<string, number | null>>): Answer => ({
  dataflow: 'MOVEMENTS',
  version: 1,
  view: 'effective',
  knowledge: { release: 'latest', epoch: 1 },
  by: ['area@state'],
  measures: ['net'],
  notes: [],
  rows: Object.entries(figures).map(([code, net]) => ({ 'area@state': code, net })),
});

const figures = fc.dictionary(
  fc.string({ minLength: 1, maxLength: 3 }).filter((code) => code !== '__proto__'),
  fc.integer({ min: -1000, max: 1000 }),
);

describe('the parts of a month', () => {
  it('add up to the whole, however many are named', () => {
    fc.assert(
      fc.property(figures, fc.integer({ min: 1, max: 5 }), (values, most) => {
        const total = partsOf(answer(values), undefined, 'net', most).reduce(
          (sum, part) => sum + (part.value ?? 0n),
          0n,
        );
        expect(total).toBe(BigInt(Object.values(values).reduce((sum, value) => sum + value, 0)));
      }),
    );
  });

  it('come largest first by size, with the rest together at the end', () => {
    const parts = partsOf(answer({ a: 1, b: -9, c: 5, d: 2 }), undefined, 'net', 2);
    expect(parts.map(({ code, value }) => [code, value])).toEqual([
      ['b', -9n],
      ['c', 5n],
      [undefined, 3n],
    ]);
  });

  it('do not hide a single last part behind "others"', () => {
    expect(partsOf(answer({ a: 3, b: 2, c: 1 }), undefined, 'net', 2).map((part) => part.code)).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('stand beside what is known of them now', () => {
    expect(partsOf(answer({ a: 3 }), answer({ a: 4, b: 1 }), 'net', 5)).toEqual([
      { code: 'a', value: 3n, now: 4n, fate: 'revised' },
      { code: 'b', value: null, now: 1n, fate: 'added' },
    ]);
  });

  it('that are not defined are left out', () => {
    expect(partsOf(answer({ a: null }), undefined, 'net', 5)).toEqual([]);
  });
});

describe('a bar', () => {
  it('starts at zero and points away from it', () => {
    const all = [30n, -10n, 0n];
    expect(spanOf(30n, all)).toEqual({ start: 25, width: 75 });
    expect(spanOf(-10n, all)).toEqual({ start: 0, width: 25 });
    expect(spanOf(0n, all)).toEqual({ start: 25, width: 0 });
  });

  it('has no length where all figures are zero', () => {
    expect(spanOf(0n, [0n, null])).toEqual({ start: 0, width: 0 });
  });
});
