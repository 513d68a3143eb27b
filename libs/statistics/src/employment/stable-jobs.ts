import type { Contribution, Dataflow, MeasureSpec } from '@karnama/cells';
import { monthOfDay, type Calendar, type Month } from '@karnama/kernel';
import { jobsOfPerson, type PersonState } from '../person/person-state.js';
import { jobDimensions, rollUpsBy } from './dimensions.js';
import { datedJob, stretchAtEndOf, type DatedJob } from './job-stretches.js';
import { pushStandingChanges, weightOf } from './standing-changes.js';

const measures: readonly MeasureSpec[] = [
  {
    code: 'stable',
    kind: 'stock',
    name: { fa: 'مشاغل پایدار', en: 'Stable jobs' },
    unit: { fa: 'شغل', en: 'jobs', pt: 'empregos' },
    definition: {
      fa: 'مشاغلی که پیش از آغاز فصل برقرار بوده‌اند و پس از نخستین روز فصل بعد نیز برقرارند.',
      en: 'Jobs that began before the quarter and go on after the first day of the next one.',
    },
  },
];

const counted = weightOf(1);

/** The last month of the quarter of a month: what is counted of a quarter is booked in it. */
const quarterOf = (month: Month): Month => month - (month % 3) + 2;

/** Quarters in which the job is stable: from `first` up to, but not including, `end`. */
const stableQuarters = ({ job, startMonth }: DatedJob, calendar: Calendar): { first: Month; end: Month } => ({
  first: quarterOf(startMonth) + 3,
  end: job.end === Infinity ? Infinity : quarterOf(monthOfDay(job.end - 1, calendar)),
});

const pushStock = (dated: DatedJob, calendar: Calendar, out: Contribution[]): void => {
  const { first, end } = stableQuarters(dated, calendar);
  if (end <= first) return;
  const quarters = end === Infinity ? [first] : [first, end];
  for (const { month } of dated.stretches) {
    const quarter = quarterOf(month);
    if (quarter > first && quarter < end) quarters.push(quarter);
  }
  pushStandingChanges(
    quarters,
    (quarter) =>
      quarter < end ? { codes: stretchAtEndOf(dated, quarter).cell.coarse, weight: counted } : undefined,
    out,
  );
};

/** Jobs that last through a quarter. Definitions: `STABLE_JOBS`. */
export const stableJobs = (calendar: Calendar): Dataflow<PersonState> => ({
  code: 'STABLE_JOBS',
  version: 1,
  name: { fa: 'مشاغل پایدار', en: 'Stable jobs' },
  description: {
    fa: 'مشاغلی که سراسر یک فصل برقرار بوده‌اند؛ در آخرین ماه فصل ثبت می‌شوند.',
    en: 'Jobs that last through a quarter; booked in its last month.',
  },
  dimensions: [jobDimensions.area, jobDimensions.industry, jobDimensions.sex, jobDimensions.age],
  measures,
  rollUps: rollUpsBy(['area'], ['area', 'industry'], ['area', 'sex', 'age']),
  basis: jobsOfPerson,
  contributions: (state) => {
    const out: Contribution[] = [];
    for (const job of jobsOfPerson(state)) pushStock(datedJob(job, calendar), calendar, out);
    return out;
  },
});
