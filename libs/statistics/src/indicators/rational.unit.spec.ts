import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  abs,
  compare,
  decimalText,
  fromNumber,
  half,
  minus,
  one,
  over,
  plus,
  rounded,
  scaled,
  times,
  toNumber,
  zero,
  type Rational,
} from './rational.js';

const rational = fc
  .tuple(fc.bigInt({ min: -1000n, max: 1000n }), fc.bigInt({ min: 1n, max: 60n }))
  .map(([n, d]): Rational => ({ n, d }));

const same = (a: Rational, b: Rational): boolean => compare(a, b) === 0;

describe('exact fractions', () => {
  it('add, subtract and multiply without loss', () => {
    expect(plus({ n: 1n, d: 6n }, { n: 1n, d: 10n })).toEqual({ n: 16n, d: 60n });
    expect(plus({ n: 1n, d: 6n }, { n: 4n, d: 6n })).toEqual({ n: 5n, d: 6n });
    expect(minus({ n: 1n, d: 2n }, { n: 1n, d: 3n })).toEqual({ n: 1n, d: 6n });
    expect(times({ n: 2n, d: 3n }, { n: -5n, d: 7n })).toEqual({ n: -10n, d: 21n });
  });

  it('divide; the denominator stays above 0', () => {
    expect(over({ n: 2n, d: 3n }, { n: 5n, d: 7n })).toEqual({ n: 14n, d: 15n });
    expect(over({ n: 2n, d: 3n }, { n: -5n, d: 7n })).toEqual({ n: -14n, d: 15n });
  });

  it('compare by value', () => {
    expect(compare({ n: 1n, d: 3n }, { n: 2n, d: 6n })).toBe(0);
    expect(compare({ n: 1n, d: 3n }, { n: 33n, d: 100n })).toBe(1);
    expect(compare({ n: -1n, d: 3n }, { n: -33n, d: 100n })).toBe(-1);
    expect([compare(zero, half), compare(half, one)]).toEqual([-1, -1]);
    expect(compare(half, { n: 1n, d: 2n })).toBe(0);
  });

  it('have an absolute value', () => {
    expect(abs({ n: -3n, d: 4n })).toEqual({ n: 3n, d: 4n });
    expect(abs({ n: 3n, d: 4n })).toEqual({ n: 3n, d: 4n });
  });

  it('obey the laws of arithmetic', () => {
    fc.assert(
      fc.property(rational, rational, rational, (a, b, c) => {
        expect(same(minus(plus(a, b), b), a)).toBe(true);
        expect(same(times(a, plus(b, c)), plus(times(a, b), times(a, c)))).toBe(true);
        if (b.n !== 0n) expect(same(times(over(a, b), b), a)).toBe(true);
      }),
    );
  });
});

describe('rounding', () => {
  it('takes exactly half away from zero', () => {
    expect(rounded({ n: 1n, d: 2n }, 0)).toBe('1');
    expect(rounded({ n: -1n, d: 2n }, 0)).toBe('-1');
    expect(rounded({ n: 49n, d: 100n }, 0)).toBe('0');
    expect(rounded({ n: -49n, d: 100n }, 0)).toBe('0');
    expect(rounded({ n: 125n, d: 1000n }, 2)).toBe('0.13');
    expect(rounded({ n: -125n, d: 1000n }, 2)).toBe('-0.13');
    expect(rounded({ n: 124999n, d: 1000000n }, 2)).toBe('0.12');
    expect(rounded({ n: 2n, d: 3n }, 6)).toBe('0.666667');
    expect(scaled({ n: -2n, d: 3n }, 1)).toBe(-7n);
  });

  it('writes all decimals, and digits in front of the point', () => {
    expect(decimalText(1230n, 2)).toBe('12.30');
    expect(decimalText(-5n, 2)).toBe('-0.05');
    expect(decimalText(5n, 0)).toBe('5');
    expect(decimalText(0n, 3)).toBe('0.000');
    expect(decimalText(123n, 3)).toBe('0.123');
  });
});

describe('doubles', () => {
  it('come near a fraction of any length', () => {
    expect(toNumber({ n: 1n, d: 4n })).toBe(0.25);
    const long = 10n ** 400n;
    expect(toNumber({ n: 3n * long, d: 4n * long })).toBeCloseTo(0.75, 12);
    expect(toNumber({ n: -3n * long, d: 4n * long })).toBeCloseTo(-0.75, 12);
  });

  it('are fractions exactly', () => {
    expect(fromNumber(-2.75)).toEqual({ n: -11n, d: 4n });
    expect(fromNumber(7)).toEqual({ n: 7n, d: 1n });
    const third = fromNumber(Math.log(3));
    expect(Number(third.n) / Number(third.d)).toBe(Math.log(3));
  });
});
