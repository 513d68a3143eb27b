import { calendarOf, KarnamaError, parseMonth } from '@karnama/kernel';
import type { Month } from '@karnama/kernel';

/** What to simulate. The same options give the same records, byte for byte. */
export type SimulationOptions = {
  /** Whole number from 0 to 2^32 − 1. */
  readonly seed: number;
  /** First Jalali month, such as `1403-01`. */
  readonly from: string;
  /** Number of months, from 1 to 600. */
  readonly months: number;
  /** Size of the country: 1 (the default) is about 2,000 movements a month. */
  readonly scale?: number;
};

/** The options, checked; months are those of the kernel. */
export type Options = {
  readonly seed: number;
  readonly first: Month;
  readonly last: Month;
  readonly scale: number;
};

const refuse = (message: string, mend: string): never => {
  throw new KarnamaError('bad-simulation', message, mend);
};

/** @throws KarnamaError `bad-month`, `bad-simulation` */
export const checkOptions = ({ seed, from, months, scale = 1 }: SimulationOptions): Options => {
  const first = parseMonth(from);
  if (calendarOf(first) !== 'jalali') refuse(`${from} is no Jalali month`, 'give one such as 1403-01');
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32)
    refuse(`the seed ${seed} is no whole number below 2^32`, 'give one from 0 to 4294967295');
  if (!Number.isInteger(months) || months < 1 || months > 600)
    refuse(`${months} months cannot be simulated`, 'give a whole number from 1 to 600');
  if (!(scale > 0 && scale <= 10_000))
    refuse(`the scale ${scale} is out of range`, 'give one above 0, up to 10000');
  return { seed, first, last: first + months - 1, scale };
};
