import { minorUnits, type Json } from '@karnama/kernel';

/** The text or number, or null where the record says nothing: absent, null, or the code `_U` for unknown. */
export const known = (value: Json | undefined): string | number | null =>
  (typeof value === 'string' && value !== '_U') || typeof value === 'number' ? value : null;

/** Text of a field that its schema keeps to text. */
export const textOf = (value: Json | undefined): string | null => {
  const given = known(value);
  return given === null ? null : String(given);
};

/** Whole number of a field that may come as a JSON number or as its digits. */
export const wholeOf = (value: Json | undefined): number | null => {
  const given = known(value);
  return given === null ? null : Number(given);
};

/** Exact minor units of an amount; null when none is given, undefined when it is not exact. */
export const amountOf = (value: Json | undefined, scale: number): number | null | undefined => {
  const given = known(value);
  return given === null ? null : minorUnits(String(given), scale);
};

const halfUp = (text: string): number => {
  const match = /^(\d+)\.(\d{2})(\d)\d*$/.exec(text);
  if (match === null) return Math.round(Number(text) * 100);
  const [, whole = '', hundredths = '', next = ''] = match;
  return Number(whole + hundredths) + (next >= '5' ? 1 : 0);
};

/**
 * Hundredths of hours, rounded half up: exports carry hours such as `44.999999`, and hours feed no
 * published sum. Null when none is given.
 */
export const hoursOf = (value: Json | undefined): number | null => {
  const given = known(value);
  if (given === null) return null;
  const text = String(given);
  return minorUnits(text, 2) ?? halfUp(text);
};
