import { monthOfDay, type Calendar } from '@karnama/kernel';
import type { StaffTotals } from '@karnama/registers';
import { addStep, stepsOf, type Steps } from './steps.js';

const byCalendar: Readonly<Record<Calendar, WeakMap<object, Steps>>> = {
  jalali: new WeakMap(),
  gregorian: new WeakMap(),
};

/**
 * Jobs active on the last day of each month. A job counts from the month of its start up to the month
 * before that of its end, the first day on which it is not there. Worked out once for the same totals.
 */
export const headcountOf = (staff: StaffTotals, calendar: Calendar): Steps => {
  const known = byCalendar[calendar].get(staff);
  if (known !== undefined) return known;
  const changes = new Map<number, number>();
  for (const [day, jobs] of staff.begins) addStep(changes, monthOfDay(day, calendar), jobs);
  for (const [day, jobs] of staff.ends) addStep(changes, monthOfDay(day, calendar), -jobs);
  const steps = stepsOf(changes);
  byCalendar[calendar].set(staff, steps);
  return steps;
};
