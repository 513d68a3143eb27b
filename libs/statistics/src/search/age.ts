import { ageBandOf } from '@karnama/classifications';
import { firstDayOf, monthIn, monthOfDay, type Calendar, type Day, type Month } from '@karnama/kernel';
import { keptThrough } from '../kept-through.js';

/** Ages in months on which the band changes: below 0 it is unknown. */
const turningAges: readonly number[] = [0, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70].map(
  (years) => 12 * years,
);

/** The age band of a person in a month of the calendar; the birth month may be of another one. */
export const ageBandIn = (birthMonth: Month | null, month: Month, calendar: Calendar): string =>
  birthMonth === null ? ageBandOf(null) : ageBandOf(Math.floor((month - monthIn(birthMonth, calendar)) / 12));

/** The days of (from, to) on which the age band of a person changes: firsts of months, ascending. */
export const ageTurns = (birthMonth: Month | null, from: Day, to: Day, calendar: Calendar): Day[] => {
  if (birthMonth === null) return [];
  const born = monthIn(birthMonth, calendar);
  const after = monthOfDay(from, calendar);
  const turns: Day[] = [];
  for (const age of turningAges) {
    if (born + age <= after) continue;
    if (born + age > keptThrough[calendar]) break;
    const day = firstDayOf(born + age);
    if (day >= to) break;
    turns.push(day);
  }
  return turns;
};
