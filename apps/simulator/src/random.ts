/**
 * Reproducible randomness: the generator sfc32 (Chris Doty-Humphrey, public domain, from PractRand) on
 * 32-bit integers. Every draw uses only integer arithmetic and exactly rounded operations (no `log`,
 * `exp` or `cos`), so the same seed gives the same numbers on every machine.
 */
export type Random = {
  /** Uniform in [0, 1), in steps of 2^-32. */
  readonly next: () => number;
  /** Uniform whole number in [first, last]. */
  readonly between: (first: number, last: number) => number;
  /** True with the given probability. */
  readonly chance: (probability: number) => boolean;
  /** One of a list, each equally likely. */
  readonly pick: <T>(list: readonly T[]) => T;
  /** One of a list of values with weights (of any positive total). */
  readonly weighted: <T>(list: readonly Weighted<T>[]) => T;
  /** A count around `mean`, spread like a Poisson count. */
  readonly count: (mean: number) => number;
};

export type Weighted<T> = readonly [value: T, weight: number];

/** One step of a mixing function on 32 bits (multiply and shift), which spreads keys over all bits. */
const mix = (x: number): number => {
  let y = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  y = Math.imul(y ^ (y >>> 15), 0x735a2d97);
  return (y ^ (y >>> 15)) >>> 0;
};

const sfc32 = (keys: readonly number[]): (() => number) => {
  let [a, b, c] = [0x9e3779b9, 0x243f6a88, 0xb7e15162];
  for (const key of keys) {
    a = mix(a ^ key);
    b = mix(b + a);
    c = mix(c ^ b);
  }
  let counter = 1;
  const step = (): number => {
    const t = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i += 1) step();
  return step;
};

/** A stream of its own for each list of keys, so that one province's draws never shift another's. */
export const randomOf = (...keys: readonly number[]): Random => {
  const step = sfc32(keys);
  const next = (): number => step() / 2 ** 32;
  const at = <T>(list: readonly T[], index: number): T => {
    const value = list[index];
    if (value === undefined) throw new RangeError('nothing to draw from');
    return value;
  };
  return {
    next,
    between: (first, last) => first + Math.floor(next() * (last - first + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => at(list, Math.floor(next() * list.length)),
    weighted: (list) => {
      let left = next() * list.reduce((sum, [, weight]) => sum + weight, 0);
      return at(
        list,
        Math.max(
          0,
          list.findIndex(([, weight]) => (left -= weight) < 0),
        ),
      )[0];
    },
    // The sum of twelve uniforms has mean 6 and variance 1: a normal draw without transcendental functions.
    count: (mean) => {
      let sum = -6;
      for (let i = 0; i < 12; i += 1) sum += next();
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * sum));
    },
  };
};
