import { ageBandOf } from '@karnama/classifications';
import { firstDayOf, monthIn, monthOfDay, type Calendar, type Day, type Month } from '@karnama/kernel';
import type { Job, JobAttributes, Turn } from '@karnama/registers';
import { jobCell, placeOf, type JobCell } from './job-cells.js';
import { keptThrough } from '../kept-through.js';

/** Days from `day` on in which a job stays in one cell with the same hours and wage. */
export type Stretch = {
  readonly day: Day;
  /** Month of `day`. */
  readonly month: Month;
  readonly cell: JobCell;
  readonly attributes: JobAttributes;
};

/** A job in the statistical calendar. */
export type DatedJob = {
  readonly job: Job;
  readonly startMonth: Month;
  /** Month of the day after the last one, Infinity while open: at the end of months before it the job is active. */
  readonly endMonth: Month;
  /** Ascending by day; the first begins with the job. */
  readonly stretches: readonly [Stretch, ...Stretch[]];
};

const memo: Record<Calendar, WeakMap<Job, DatedJob>> = { jalali: new WeakMap(), gregorian: new WeakMap() };

/** The job with its months and the stretches in which it stays in one cell. Worked out once for each job. */
export const datedJob = (job: Job, calendar: Calendar): DatedJob => {
  const known = memo[calendar].get(job);
  if (known !== undefined) return known;
  const dated: DatedJob = {
    job,
    startMonth: monthOfDay(job.start, calendar),
    endMonth: job.end === Infinity ? Infinity : monthOfDay(job.end, calendar),
    stretches: stretchesOf(job, calendar),
  };
  memo[calendar].set(job, dated);
  return dated;
};

/** The stretch that holds at the end of a month in which the job is active then. */
export const stretchAtEndOf = ({ stretches }: DatedJob, month: Month): Stretch => {
  let at = stretches.length - 1;
  while (at > 0 && (stretches[at] as Stretch).month > month) at -= 1;
  return stretches[at] as Stretch;
};

/** Ages at which a person comes into another band, from birth on, with the band. */
const turnings = Array.from({ length: 120 }, (_, age) => ({ age, band: ageBandOf(age) })).filter(
  ({ age, band }) => band !== ageBandOf(age - 1),
);
const unborn = ageBandOf(null);

const stretchesOf = (job: Job, calendar: Calendar): [Stretch, ...Stretch[]] => {
  const birth = job.birthMonth === null ? null : monthIn(job.birthMonth, calendar);
  const stretches: Stretch[] = [];
  const { turns, sex } = job;
  const monthOfAge = (turning: number): Month => (birth ?? 0) + 12 * ageAt(turning);
  let band = unborn;
  // without a birth month no band is ever reached
  let next = birth === null ? turnings.length : 0;
  for (let i = 0; i < turns.length; i++) {
    const { day, attributes } = turns[i] as Turn;
    const until = turns[i + 1]?.day ?? job.end;
    const month = monthOfDay(day, calendar);
    const place = placeOf(attributes);
    for (; next < turnings.length && monthOfAge(next) <= month; next++) band = bandAt(next);
    stretches.push({ day, month, cell: jobCell(place, sex, band), attributes });
    for (; next < turnings.length; next++) {
      const turning = monthOfAge(next);
      const first = firstDayOf(turning);
      if (!(first < until) || turning > keptThrough[calendar]) break;
      band = bandAt(next);
      stretches.push({ day: first, month: turning, cell: jobCell(place, sex, band), attributes });
    }
  }
  return stretches as [Stretch, ...Stretch[]];
};

const ageAt = (turning: number): number => (turnings[turning] as { age: number }).age;
const bandAt = (turning: number): string => (turnings[turning] as { band: string }).band;
