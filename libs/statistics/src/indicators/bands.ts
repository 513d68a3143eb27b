import { wageBands } from '@karnama/classifications';
import { KarnamaError } from '@karnama/kernel';

/** A band of values [from, to); `to` is null for the open last one. */
export type Band = { readonly from: number; readonly to: number | null };

/**
 * Bands by code, as far as they were asked for: a question asks for the same few thousands of times.
 * Wage bands are kept in minor units of the currency, a hundred to one; figures are told in the currency.
 */
const bands = new Map<string, Band>(
  wageBands.map(({ code, from, to }) => [code, { from: from / 100, to: to === null ? null : to / 100 }]),
);

/**
 * The band that a code names: `M3T5` holds 3 up to but not including 6, `D_GE366` all from 366 on; wage
 * bands as their list says, in currency units. Codes that name none (`_U`) are undefined: what is not
 * known lies in no band.
 */
export const bandOf = (code: string): Band | undefined => {
  const known = bands.get(code);
  if (known !== undefined) return known;
  const read = readBand(code);
  if (read !== undefined) bands.set(code, read);
  return read;
};

const readBand = (code: string): Band | undefined => {
  const closed = /^[A-Z]+(\d+)T(\d+)$/.exec(code);
  if (closed !== null) return { from: Number(closed[1]), to: Number(closed[2]) + 1 };
  const open = /^[A-Z]+_GE(\d+)$/.exec(code);
  return open === null ? undefined : { from: Number(open[1]), to: null };
};

/** The step that a code of elapsed time names, `07` = 7. @throws KarnamaError `unknown-code` */
export const stepOf = (code: string): number => {
  // no regular expression: a question over cohorts passes here a hundred thousand times
  const step = code === '' ? NaN : Number(code);
  if (Number.isInteger(step) && step >= 0) return step;
  throw new KarnamaError('unknown-code', `"${code}" is no step of elapsed time`);
};
