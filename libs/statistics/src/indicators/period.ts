import { formatMonth, KarnamaError, type Month } from '@karnama/kernel';
import type { Frequency } from './evaluate.js';

/** Months in one period of each frequency. */
export const monthsIn: Readonly<Record<Frequency, number>> = { M: 1, Q: 3, A: 12 };

/** The last month of the period that a month lies in. */
export const lastMonthOf = (month: Month, frequency: Frequency): Month => {
  const length = monthsIn[frequency];
  return month - (month % length) + length - 1;
};

/** `1403-01`, `1403-Q1` or `1403`: the period with that last month. */
export const formatPeriod = (last: Month, frequency: Frequency): string => {
  const year = String(Math.floor(last / 12)).padStart(4, '0');
  switch (frequency) {
    case 'M':
      return formatMonth(last);
    case 'Q':
      return `${year}-Q${Math.floor((last % 12) / 3) + 1}`;
    case 'A':
      return year;
  }
};

const mostPeriods = 1200;

/**
 * The last months of the periods that lie between two months or hold one of them, ascending.
 * @throws KarnamaError `bad-request` for more than 1200
 */
export const periodsBetween = (from: Month, to: Month, frequency: Frequency): readonly Month[] => {
  const length = monthsIn[frequency];
  const [first, last] = [lastMonthOf(from, frequency), lastMonthOf(to, frequency)];
  const number = Math.max(0, (last - first) / length + 1);
  if (number > mostPeriods)
    throw new KarnamaError('bad-request', `${number} periods are too many for one answer`, 'ask for fewer');
  return Array.from({ length: number }, (_, i) => first + i * length);
};
