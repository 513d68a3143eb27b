/** An exact fraction of whole numbers; `d` is above 0. Not always in lowest terms. */
export type Rational = { readonly n: bigint; readonly d: bigint };

export const zero: Rational = { n: 0n, d: 1n };
export const one: Rational = { n: 1n, d: 1n };
export const half: Rational = { n: 1n, d: 2n };

/** A whole number as a fraction. */
export const whole = (n: bigint | number): Rational => ({ n: BigInt(n), d: 1n });

export const plus = (a: Rational, b: Rational): Rational =>
  a.d === b.d ? { n: a.n + b.n, d: a.d } : { n: a.n * b.d + b.n * a.d, d: a.d * b.d };

export const minus = (a: Rational, b: Rational): Rational => plus(a, { n: -b.n, d: b.d });

export const times = (a: Rational, b: Rational): Rational => ({ n: a.n * b.n, d: a.d * b.d });

/** a / b; `b` is not 0. */
export const over = (a: Rational, b: Rational): Rational =>
  b.n < 0n ? { n: -a.n * b.d, d: a.d * -b.n } : { n: a.n * b.d, d: a.d * b.n };

export const abs = (a: Rational): Rational => (a.n < 0n ? { n: -a.n, d: a.d } : a);

/** Below 0, 0 or above 0, as a is below, equal to or above b. */
export const compare = (a: Rational, b: Rational): number => {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** Whole number of units of 10^−decimals nearest to the fraction; exactly half goes away from zero. */
export const scaled = ({ n, d }: Rational, decimals: number): bigint => {
  const doubled = 2n * (n < 0n ? -n : n) * 10n ** BigInt(decimals);
  const rounded = (doubled + d) / (2n * d);
  return n < 0n ? -rounded : rounded;
};

/** `12.30` of 1230 hundredths: a whole number of units of 10^−decimals as decimal text. */
export const decimalText = (units: bigint, decimals: number): string => {
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const sign = units < 0n ? '-' : '';
  const cut = digits.length - decimals;
  return `${sign}${digits.slice(0, cut)}${decimals === 0 ? '' : `.${digits.slice(cut)}`}`;
};

/** The fraction as decimal text with so many decimals, rounded half away from zero. */
export const rounded = (value: Rational, decimals: number): string =>
  decimalText(scaled(value, decimals), decimals);

/** The fraction as a double, also where its terms are too long for doubles. */
export const toNumber = ({ n, d }: Rational): number => {
  const excess = Math.max(lengthOf(n), lengthOf(d)) - 1000;
  return excess <= 0 ? Number(n) / Number(d) : Number(n >> BigInt(excess)) / Number(d >> BigInt(excess));
};

const lengthOf = (n: bigint): number => (n < 0n ? -n : n).toString(2).length;

/** The fraction that a finite double is, exactly. */
export const fromNumber = (value: number): Rational => {
  let d = 1n;
  let rest = value;
  while (!Number.isInteger(rest)) {
    rest *= 2;
    d *= 2n;
  }
  return { n: BigInt(rest), d };
};
