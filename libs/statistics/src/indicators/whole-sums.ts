import type { Whole } from '@karnama/cells';

/** a + b, exactly: a number where the sum is a safe whole number, a bigint beyond. */
export const added = (a: Whole, b: Whole): Whole => {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  const exact = BigInt(a) + BigInt(b);
  return Number.isSafeInteger(Number(exact)) ? Number(exact) : exact;
};

export const negated = (a: Whole): Whole => (typeof a === 'number' ? 0 - a : -a);

/** The largest number whose hundredfold is still exact. */
const hundredthOfSafe = Math.floor(Number.MAX_SAFE_INTEGER / 100);

/** Whether `part` is at least `percent` of a hundred of `all`, neither below zero. */
export const isPercentOf = (part: Whole, percent: number, all: Whole): boolean =>
  typeof part === 'number' && typeof all === 'number' && part <= hundredthOfSafe && all <= hundredthOfSafe
    ? 100 * part >= percent * all
    : 100n * BigInt(part) >= BigInt(percent) * BigInt(all);
