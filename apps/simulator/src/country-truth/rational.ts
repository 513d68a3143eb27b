/** An exact fraction; the denominator is above 0. */
export type Fraction = { readonly top: bigint; readonly bottom: bigint };

/** Null for a denominator of 0. */
export const fraction = (top: bigint, bottom: bigint = 1n): Fraction | null => {
  if (bottom === 0n) return null;
  return bottom < 0n ? { top: -top, bottom: -bottom } : { top, bottom };
};

export const minus = (a: Fraction | null, b: Fraction | null): Fraction | null =>
  a === null || b === null ? null : fraction(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom);

/** Six decimals, halves away from zero. */
export const sixDecimals = ({ top, bottom }: Fraction): string => {
  const size = ((top < 0n ? -top : top) * 2_000_000n + bottom) / (2n * bottom);
  const text = size.toString().padStart(7, '0');
  return `${top < 0n && size > 0n ? '-' : ''}${text.slice(0, -6)}.${text.slice(-6)}`;
};

/** A number that is no fraction (a logarithm), likewise. */
export const sixDecimalsOf = (value: number): string => {
  const size = Math.round(Math.abs(value) * 1e6);
  const text = String(size).padStart(7, '0');
  return `${value < 0 && size > 0 ? '-' : ''}${text.slice(0, -6)}.${text.slice(-6)}`;
};
