import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomOf } from './random.js';

const draws = (random: { next: () => number }, n: number): readonly number[] =>
  Array.from({ length: n }, random.next);

describe('reproducible randomness', () => {
  it('gives the same numbers for the same keys on every machine', () => {
    // Worked out by an implementation of its own, with integers of any size.
    expect(draws(randomOf(1403, 2), 3).map((x) => x * 2 ** 32)).toEqual([3881759431, 1819577269, 667304746]);
  });

  it('gives other numbers when any key differs', () => {
    const key = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(key, key, key, (a, b, c) => {
        fc.pre(b !== c);
        expect(draws(randomOf(a, b), 4)).not.toEqual(draws(randomOf(a, c), 4));
        expect(draws(randomOf(b, a), 4)).not.toEqual(draws(randomOf(c, a), 4));
      }),
    );
  });

  it('is uniform: each tenth of the range is drawn about as often', () => {
    const counts = new Array<number>(10).fill(0);
    for (const x of draws(randomOf(7), 100_000))
      counts[Math.floor(x * 10)] = (counts[Math.floor(x * 10)] ?? 0) + 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  it('draws by weight, never what weighs nothing', () => {
    const random = randomOf(8);
    const list = [
      ['never', 0],
      ['often', 3],
      ['seldom', 1],
      ['neither', 0],
    ] as const;
    const drawn = Array.from({ length: 20_000 }, () => random.weighted(list));
    expect(new Set(drawn)).toEqual(new Set(['often', 'seldom']));
    expect(drawn.filter((d) => d === 'often').length / drawn.length).toBeCloseTo(0.75, 1);
  });

  it('counts around the mean with the spread of a Poisson count', () => {
    const random = randomOf(9);
    const counts = Array.from({ length: 20_000 }, () => random.count(25));
    const mean = counts.reduce((a, b) => a + b, 0) / counts.length;
    const variance = counts.reduce((a, b) => a + (b - mean) ** 2, 0) / counts.length;
    expect(mean).toBeCloseTo(25, 0);
    expect(Math.abs(variance - 25)).toBeLessThan(2);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(0);
  });

  it('stays within both ends of a range', () => {
    const random = randomOf(10);
    const drawn = new Set(Array.from({ length: 1000 }, () => random.between(3, 6)));
    expect([...drawn].sort()).toEqual([3, 4, 5, 6]);
  });
});
