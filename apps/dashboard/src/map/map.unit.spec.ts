import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { classesOf } from './classes.js';
import { tileBeyond, tilePlaces, type ArrowKey } from './tile-grid.js';

describe('the tiles of the provinces', () => {
  it('are all thirty-one, each in a place of its own and with a short name in both languages', () => {
    expect(new Set(tilePlaces.map(({ code }) => code)).size).toBe(31);
    expect(new Set(tilePlaces.map(({ row, column }) => `${row}/${column}`)).size).toBe(31);
    for (const { short } of tilePlaces) {
      expect(short.fa.length).toBeGreaterThan(1);
      expect(short.en.length).toBeLessThanOrEqual(8);
    }
  });

  it('lie beside the neighbours that border them', () => {
    const at = (code: string) => tilePlaces.find((tile) => tile.code === code);
    const touch = (a: string, b: string): boolean => {
      const [one, other] = [at(a), at(b)];
      if (one === undefined || other === undefined) return false;
      return Math.abs(one.row - other.row) <= 1 && Math.abs(one.column - other.column) <= 1;
    };
    for (const [a, b] of [
      ['IR-23', 'IR-30'],
      ['IR-23', 'IR-20'],
      ['IR-03', 'IR-04'],
      ['IR-01', 'IR-02'],
      ['IR-06', 'IR-16'],
      ['IR-07', 'IR-18'],
      ['IR-08', 'IR-11'],
      ['IR-09', 'IR-29'],
    ] as const)
      expect([a, b, touch(a, b)]).toEqual([a, b, true]);
  });

  it('can all be reached with the arrow keys, and no key leads off the map', () => {
    const keys: readonly ArrowKey[] = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'];
    const reached = new Set(['IR-04']);
    for (const code of reached) for (const key of keys) reached.add(tileBeyond(code, key));
    expect([...reached].sort()).toEqual(tilePlaces.map(({ code }) => code).sort());
    expect(tileBeyond('IR-04', 'ArrowUp')).toBe('IR-04');
    expect(tileBeyond('IR-04', 'ArrowRight')).toBe('IR-03');
  });
});

describe('classes', () => {
  const texts = fc.array(fc.integer({ min: -500, max: 500 }).map(String), { minLength: 1, maxLength: 31 });

  it('are at most five, hold every figure within their bounds, and keep equal figures together', () => {
    fc.assert(
      fc.property(texts, (values) => {
        const { bounds, of } = classesOf(values);
        expect(bounds.length).toBeLessThanOrEqual(5);
        for (const value of values) {
          const own = bounds[of(value)];
          expect(Number(own?.low)).toBeLessThanOrEqual(Number(value));
          expect(Number(own?.high)).toBeGreaterThanOrEqual(Number(value));
        }
        for (const [i, bound] of bounds.entries())
          if (i > 0) expect(Number(bounds[i - 1]?.high)).toBeLessThan(Number(bound.low));
      }),
    );
  });

  it('hold about as many provinces each', () => {
    const values = Array.from({ length: 30 }, (_, i) => String(i * i));
    const { of } = classesOf(values);
    const sizes = [0, 1, 2, 3, 4].map((at) => values.filter((value) => of(value) === at).length);
    expect(sizes).toEqual([6, 6, 6, 6, 6]);
  });

  it('are none when there is no figure', () => {
    expect(classesOf([]).bounds).toEqual([]);
  });
});
