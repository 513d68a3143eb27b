import { legalFormOf, sectionOf, stateOf, unknown } from '@karnama/classifications';
import { factsInForce, monthIn, monthOfDay, type Calendar, type Records } from '@karnama/kernel';
import { registrationOf, type EnterpriseFact, type StaffTotals } from '@karnama/registers';
import { headcountOf, knownMonthOf } from '../establishments/headcount.js';
import { addStep, stepsOf, valueAt, type Steps } from '../establishments/steps.js';
import { enterpriseTotals, type EnterpriseState } from './enterprise-state.js';

/** A year of the statistical calendar. */
export type Year = number;

export const yearOf = (month: number): Year => Math.floor(month / 12);

/** Its December or Esfand: yearly figures are booked in it. */
export const lastMonthOfYear = (year: Year): number => year * 12 + 11;

/** Codes of area, industry and legal form, as the registration tells them. */
export type Traits = { readonly area: string; readonly industry: string; readonly form: string };

export const traitsOf = (own: Records<EnterpriseFact>): Traits => {
  const registration = registrationOf(own);
  if (registration === undefined) return { area: `IR-${unknown}`, industry: unknown, form: unknown };
  const { area, industry, legalForm } = registration;
  return { area: stateOf(area), industry: sectionOf(industry), form: legalFormOf(legalForm) };
};

/** The life of an enterprise in years. */
export type Demography = {
  /** Years in which activity may begin or end. */
  readonly turns: ReadonlySet<Year>;
  isActive(year: Year): boolean;
  /** Jobs on the last day of the year. */
  jobsAt(year: Year): number;
  readonly births: readonly Year[];
  readonly deaths: readonly Year[];
  /** Whether another took over from it between the first day of one year and the last day of the other. */
  isTakenOver(from: Year, to: Year): boolean;
};

const byCalendar: Readonly<Record<Calendar, WeakMap<StaffTotals, Steps>>> = {
  jalali: new WeakMap(),
  gregorian: new WeakMap(),
};

/** Jobs with a day in each year. Worked out once for the same totals. */
const jobsByYear = (staff: StaffTotals, calendar: Calendar): Steps => {
  const known = byCalendar[calendar].get(staff);
  if (known !== undefined) return known;
  const changes = new Map<Year, number>();
  for (const [day, jobs] of staff.begins) addStep(changes, yearOf(knownMonthOf(day, calendar)), jobs);
  // a year still has a day of the jobs that end in it, and of none that end on its first day
  for (const [day, jobs] of staff.ends) addStep(changes, yearOf(knownMonthOf(day - 1, calendar)) + 1, -jobs);
  const steps = stepsOf(changes);
  byCalendar[calendar].set(staff, steps);
  return steps;
};

/** Years in which things were told of the enterprise itself. */
type Told = {
  readonly activity: Set<Year>;
  readonly ceased: Set<Year>;
  readonly takenOver: Set<Year>;
  readonly tookOver: Set<Year>;
};

const toldOf = (state: EnterpriseState, calendar: Calendar): Told => {
  const told: Told = { activity: new Set(), ceased: new Set(), takenOver: new Set(), tookOver: new Set() };
  const code = codeOf(state);
  for (const fact of factsInForce(state.own))
    switch (fact.type) {
      case 'EnterpriseRegistered':
        break;
      case 'EnterpriseActivityReported':
        told.activity.add(yearOf(monthIn(fact.month, calendar)));
        break;
      case 'EnterpriseCeased':
        told.ceased.add(yearOf(monthOfDay(fact.lastDay, calendar)));
        break;
      case 'EnterpriseSucceeded': {
        const year = yearOf(monthOfDay(fact.day, calendar));
        if (fact.predecessor === code) told.takenOver.add(year);
        if (fact.successor === code) told.tookOver.add(year);
        break;
      }
    }
  return told;
};

/** Any enterprise that was ever active has a spell or an activity that names it. */
const codeOf = (state: EnterpriseState): string | undefined => {
  const [named] = enterpriseTotals(state).employers.keys();
  if (named !== undefined) return named;
  for (const { fact, withdrawn } of state.own.values())
    if (fact?.type === 'EnterpriseActivityReported' && !withdrawn) return fact.enterprise;
  return undefined;
};

export const demographyOf = (state: EnterpriseState, calendar: Calendar): Demography => {
  const jobYears = jobsByYear(enterpriseTotals(state), calendar);
  const headcount = headcountOf(enterpriseTotals(state), calendar);
  const { activity, ceased, takenOver, tookOver } = toldOf(state, calendar);
  const isActive = (year: Year): boolean => activity.has(year) || valueAt(jobYears, year) > 0;
  const turns = new Set(jobYears.turns);
  for (const year of activity) turns.add(year).add(year + 1);
  const isBirth = (year: Year): boolean =>
    isActive(year) &&
    !isActive(year - 1) &&
    !isActive(year - 2) &&
    !tookOver.has(year) &&
    !tookOver.has(year - 1);
  const isDeath = (year: Year): boolean =>
    isActive(year) &&
    !isActive(year + 1) &&
    !isActive(year + 2) &&
    !takenOver.has(year) &&
    !takenOver.has(year + 1);
  return {
    turns,
    isActive,
    jobsAt: (year) => valueAt(headcount, lastMonthOfYear(year)),
    births: [...turns].filter(isBirth),
    deaths: [...ceased].filter(isDeath),
    isTakenOver: (from, to) => [...takenOver].some((year) => from <= year && year <= to),
  };
};
