import { addMonths, fullMonthsBetween, lastDayOf, monthOfDay, type Day } from '@karnama/kernel';
import type { FactOf } from '../country/facts.js';
import type { Span } from './count-jobs.js';
import { jobseekersFor, type Counters } from './counters.js';
import { best, provinceOf, type Known } from './known-facts.js';
import { activeOn, type TrueJob } from './true-jobs.js';

type Registration = {
  readonly start: Day;
  readonly end: Day;
  readonly reason: string | null;
  readonly stated: Known<FactOf<'jobseeker'>>;
};

const registrationsOf = (
  registered: readonly Known<FactOf<'jobseeker'>>[],
  ended: readonly Known<FactOf<'jobseeker-end'>>[],
): readonly Registration[] =>
  registered.flatMap((stated) => {
    const end = best(
      ended.filter(({ registration }) => registration === stated.registration),
      (a, b) => a.lastDay > b.lastDay || (a.lastDay === b.lastDay && a.name > b.name),
    );
    const until = end === undefined ? Infinity : end.lastDay + 1;
    return until <= stated.day
      ? []
      : [{ start: stated.day, end: until, reason: end?.reason ?? null, stated }];
  });

const before = (a: Registration, b: Registration): boolean => {
  if (a.start !== b.start) return a.start < b.start;
  if (a.stated.registration !== b.stated.registration) return a.stated.registration < b.stated.registration;
  return a.stated.name < b.stated.name;
};

/** The registration that gives the cell on a day; undefined when the person does not count as a jobseeker on it. */
const lookingOn = (
  registrations: readonly Registration[],
  jobs: readonly TrueJob[],
  day: Day,
): Registration | undefined => {
  if (jobs.some((job) => activeOn(job, day))) return undefined;
  return best(
    registrations.filter((registration) => activeOn(registration, day)),
    before,
  );
};

const placedWithin = (jobs: readonly TrueJob[], day: Day, months: number): boolean =>
  jobs.some(({ start }) => start >= day && start < addMonths(day, months, 'jalali'));

const foundJob = (jobs: readonly TrueJob[], { reason }: Registration, day: Day): boolean =>
  jobs.some((job) => activeOn(job, day)) ||
  (reason === 'job' && jobs.some(({ start }) => start >= day && start <= day + 30));

/** Walks through the days of a person's search, one by one. */
export const countSearch = (
  counters: Counters,
  jobs: readonly TrueJob[],
  registered: readonly Known<FactOf<'jobseeker'>>[],
  ended: readonly Known<FactOf<'jobseeker-end'>>[],
  { horizon }: Span,
): void => {
  const registrations = registrationsOf(registered, ended);
  if (registrations.length === 0) return;
  const days = registrations.flatMap(({ start, end }) => [start, end]).concat(jobs.map(({ start }) => start));
  const until = Math.max(lastDayOf(horizon) + 1, ...days.filter((day) => day !== Infinity));
  let began: { readonly day: Day; readonly area: string } | undefined;
  let yesterday: Registration | undefined;
  for (let day = Math.min(...registrations.map(({ start }) => start)); day <= until; day += 1) {
    const today = lookingOn(registrations, jobs, day);
    const month = monthOfDay(day, 'jalali');
    if (today !== undefined && yesterday === undefined) {
      const area = provinceOf(today.stated.area);
      began = { day, area };
      counters.add('inflow', area, month);
      if (placedWithin(jobs, day, 6)) counters.add('placed within 6', area, month);
      if (placedWithin(jobs, day, 12)) counters.add('placed within 12', area, month);
      counters.add('searches', area, month);
    }
    if (today === undefined && yesterday !== undefined && began !== undefined) {
      const found = foundJob(jobs, yesterday, day);
      const left = provinceOf(yesterday.stated.area);
      counters.add('outflow', left, month);
      if (found) counters.add('outflow to jobs', left, month);
      const elapsed = Math.min(36, fullMonthsBetween(began.day, day, 'jalali'));
      counters.add(
        `searches ${found ? 'found' : 'censored'} ${elapsed}`,
        began.area,
        monthOfDay(began.day, 'jalali'),
      );
    }
    if (today !== undefined && began !== undefined && day === lastDayOf(month)) {
      const area = provinceOf(today.stated.area);
      counters.add('jobseekers', area, month);
      const elapsed = fullMonthsBetween(began.day, day + 1, 'jalali');
      counters.add(jobseekersFor.of(elapsed), area, month);
    }
    yesterday = today;
  }
};
