/** Periods as the API writes them: `1403-01`, `1403-Q1`, `1403`; and the months that hold them. */

import type { Frequency } from './url-state.js';

export const frequencyOf = (period: string): Frequency =>
  period.includes('Q') ? 'Q' : period.includes('-') ? 'M' : 'A';

const two = (month: number): string => String(month).padStart(2, '0');

/** First and last month of a period, as the API's `from` and `to` want them. */
export const monthsOfPeriod = (period: string): readonly [first: string, last: string] => {
  const year = period.slice(0, 4);
  switch (frequencyOf(period)) {
    case 'M':
      return [period, period];
    case 'Q': {
      const quarter = Number(period.slice(6));
      return [`${year}-${two(quarter * 3 - 2)}`, `${year}-${two(quarter * 3)}`];
    }
    case 'A':
      return [`${year}-01`, `${year}-12`];
  }
};

/** Whether a period lies between two months or holds one of them. */
export const lies = (period: string, from: string | undefined, to: string | undefined): boolean => {
  const [first, last] = monthsOfPeriod(period);
  return (from === undefined || last >= from) && (to === undefined || first <= to);
};
