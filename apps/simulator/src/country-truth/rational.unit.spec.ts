import { describe, expect, it } from '@jest/globals';
import { fraction, minus, sixDecimals, sixDecimalsOf, type Fraction } from './rational.js';

const exact = (top: bigint, bottom: bigint): Fraction => fraction(top, bottom) as Fraction;

describe('a true value', () => {
  it.each([
    [1n, 3n, '0.333333'],
    [2n, 3n, '0.666667'],
    [-2n, 3n, '-0.666667'],
    [1n, 2_000_000n, '0.000001'],
    [-1n, 2_000_000n, '-0.000001'],
    [1n, 2_000_001n, '0.000000'],
    [-1n, 3_000_000n, '0.000000'],
    [123n, 1n, '123.000000'],
    [10n ** 30n, 1n, `1${'0'.repeat(30)}.000000`],
  ])('of %d / %d is told as %s: six decimals, halves away from zero', (top, bottom, text) =>
    expect(sixDecimals(exact(top, bottom))).toBe(text),
  );

  it('is null for a denominator of 0, and so is what is taken from it', () => {
    expect(fraction(1n, 0n)).toBeNull();
    expect(minus(null, exact(1n, 2n))).toBeNull();
    expect(minus(exact(1n, 2n), null)).toBeNull();
  });

  it('keeps its sign whatever that of the denominator', () =>
    expect(sixDecimals(exact(1n, -4n))).toBe('-0.250000'));

  it('is exact in differences', () =>
    expect(sixDecimals(minus(exact(1n, 3n), exact(1n, 6n)) as Fraction)).toBe('0.166667'));

  it('is rounded likewise when it is a logarithm', () => {
    expect(sixDecimalsOf(Math.log(2))).toBe('0.693147');
    expect(sixDecimalsOf(-Math.log(2))).toBe('-0.693147');
    expect(sixDecimalsOf(-1e-9)).toBe('0.000000');
  });
});
