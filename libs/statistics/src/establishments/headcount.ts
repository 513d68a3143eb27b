import { monthOfDay, type Calendar, type Day, type Month } from '@karnama/kernel';
import type { StaffTotals } from '@karnama/registers';
import { addStep, stepsOf, type Steps } from './steps.js';

const monthsByCalendar: Readonly<Record<Calendar, Map<Day, Month>>> = {
  jalali: new Map(),
  gregorian: new Map(),
};

/** As `monthOfDay`, looked up: employers have jobs that begin or end on nearly every day, again and again. */
export const knownMonthOf = (day: Day, calendar: Calendar): Month => {
  const months = monthsByCalendar[calendar];
  let month = months.get(day);
  if (month === undefined) {
    month = monthOfDay(day, calendar);
    months.set(day, month);
  }
  return month;
};

const headcounts: Readonly<Record<Calendar, WeakMap<StaffTotals, Steps>>> = {
  jalali: new WeakMap(),
  gregorian: new WeakMap(),
};

/**
 * Jobs active on the last day of each month. A job counts from the month of its start up to the month
 * before that of its end, the first day on which it is not there. Worked out once for the same totals.
 */
export const headcountOf = (staff: StaffTotals, calendar: Calendar): Steps => {
  const known = headcounts[calendar].get(staff);
  if (known !== undefined) return known;
  const changes = new Map<Month, number>();
  for (const [day, jobs] of staff.begins) addStep(changes, knownMonthOf(day, calendar), jobs);
  for (const [day, jobs] of staff.ends) addStep(changes, knownMonthOf(day, calendar), -jobs);
  const steps = stepsOf(changes);
  headcounts[calendar].set(staff, steps);
  return steps;
};
