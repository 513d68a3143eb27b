/**
 * Exact integer of minor units (hundredths when `scale` is 2) from decimal text such as `1717.2`,
 * `2600000` or `1e+05`. Undefined when the text is no decimal number, has more digits behind the
 * point than `scale` (other than zeros), or passes 2^53 − 1: no rounding ever happens here.
 */
export const minorUnits = (text: string, scale: number): number | undefined => {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const shift = scale + Number(exponent) - fraction.length;
  let digits = whole + fraction;
  if (shift >= 0) digits += '0'.repeat(Math.min(shift, 40));
  else {
    const cut = digits.padStart(-shift + 1, '0');
    if (/[1-9]/.test(cut.slice(shift))) return undefined;
    digits = cut.slice(0, shift);
  }
  const value = Number(`${sign ?? ''}${digits}`);
  return Number.isSafeInteger(value) ? (value === 0 ? 0 : value) : undefined;
};
