import { calendarOf, KarnamaError, parseMonth, type Month } from '@karnama/kernel';

/** In which months wages are reported: every one, or the last of each quarter. */
export type WageReports = 'monthly' | 'quarterly';

/** Which country to simulate. The same options give the same records, byte for byte. */
export type CountryOptions = {
  /** Whole number from 0 to 2^32 − 1. */
  readonly seed: number;
  /** Size of the country: 1 is about 24 million jobs. */
  readonly scale: number;
  /** First Jalali month, such as `1403-01`; what existed before is delivered in it. */
  readonly from: string;
  /** Number of months, from 1 to 120. */
  readonly months: number;
  /** Default: `quarterly`. */
  readonly wages?: WageReports;
  /**
   * Delivers the same records otherwise: each 1–5 times, up to 12 months later (though not after the last
   * month), in another order. What is known in the end is the same.
   */
  readonly redelivery?: number;
};

/** The options, checked; months are those of the kernel. */
export type Country = {
  readonly seed: number;
  readonly scale: number;
  readonly first: Month;
  readonly last: Month;
  readonly wages: WageReports;
  readonly redelivery: number | null;
};

const refuse = (message: string, mend: string): never => {
  throw new KarnamaError('bad-simulation', message, mend);
};

const isSeed = (seed: number): boolean => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32;

/** @throws KarnamaError `bad-month`, `bad-simulation` */
export const checkCountry = (options: CountryOptions): Country => {
  const { seed, scale, from, months, wages = 'quarterly', redelivery = null } = options;
  const first = parseMonth(from);
  if (calendarOf(first) !== 'jalali') refuse(`${from} is no Jalali month`, 'give one such as 1403-01');
  if (!isSeed(seed) || (redelivery !== null && !isSeed(redelivery)))
    refuse('a seed is no whole number below 2^32', 'give one from 0 to 4294967295');
  if (!Number.isInteger(months) || months < 1 || months > 120)
    refuse(`${months} months cannot be simulated`, 'give a whole number from 1 to 120');
  if (!(scale >= 0.00001 && scale <= 1))
    refuse(`the scale ${scale} is out of range`, 'give one from 0.00001 to 1');
  return { seed, scale, first, last: first + months - 1, wages, redelivery };
};
