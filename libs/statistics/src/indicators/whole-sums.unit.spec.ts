import { describe, expect, it } from '@jest/globals';
import type { Whole } from '@karnama/cells';
import fc from 'fast-check';
import { added, isPercentOf, negated } from './whole-sums.js';

const most = Number.MAX_SAFE_INTEGER;
const whole: fc.Arbitrary<Whole> = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.integer({ min: -most, max: most }),
  fc.bigInt({ min: -(2n ** 66n), max: 2n ** 66n }),
);

describe('sums of whole numbers', () => {
  it('are exact, and numbers wherever a number is exact', () => {
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        const sum = added(a, b);
        expect(BigInt(sum)).toBe(BigInt(a) + BigInt(b));
        expect(typeof sum === 'number').toBe(Number.isSafeInteger(Number(BigInt(a) + BigInt(b))));
      }),
    );
    expect(added(most, 1)).toBe(9007199254740992n);
    expect(added(9007199254740992n, -1)).toBe(most);
  });

  it('change their sign without a negative zero', () => {
    expect(negated(0)).toBe(0);
    expect(negated(5)).toBe(-5);
    expect(negated(-5n)).toBe(5n);
  });
});

describe('a share in percent', () => {
  const count: fc.Arbitrary<Whole> = fc.oneof(
    fc.nat(2000),
    fc.integer({ min: 0, max: most }),
    fc.bigInt({ min: 0n, max: 2n ** 66n }),
  );

  it('is compared exactly, however large the counts', () => {
    fc.assert(
      fc.property(count, fc.integer({ min: 1, max: 99 }), count, (part, percent, all) => {
        expect(isPercentOf(part, percent, all)).toBe(100n * BigInt(part) >= BigInt(percent) * BigInt(all));
      }),
    );
    // 100 times these is no exact number any more
    expect(isPercentOf(4503599627370495, 50, most)).toBe(false);
    expect(isPercentOf(4503599627370496, 50, most)).toBe(true);
    expect(isPercentOf(50, 50, 100)).toBe(true);
    expect(isPercentOf(49, 50, 100)).toBe(false);
  });
});
