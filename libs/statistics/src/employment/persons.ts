import type { Contribution, Dataflow, MeasureSpec } from '@karnama/cells';
import type { Calendar, Month } from '@karnama/kernel';
import { jobsOfPerson, type PersonState } from '../person/person-state.js';
import { jobDimensions, rollUpsBy } from './dimensions.js';
import { datedJob, stretchAtEndOf, type DatedJob, type Stretch } from './job-stretches.js';
import { pushStandingChanges, weightOf, type OneStanding } from './standing-changes.js';

const unit = { fa: 'نفر', en: 'persons', pt: 'pessoas' };

const measures: readonly MeasureSpec[] = [
  {
    code: 'persons',
    kind: 'stock',
    name: { fa: 'شاغلان', en: 'Persons in work' },
    unit,
    definition: {
      fa: 'کسانی که در آخرین روز ماه دست‌کم یک شغل دارند، در طبقهٔ شغل اصلی.',
      en: 'Persons with at least one job on the last day of the month, in the cell of their main job.',
    },
  },
  {
    code: 'multiple',
    kind: 'stock',
    name: { fa: 'چندشغلی‌ها', en: 'Multiple job holders' },
    unit,
    definition: {
      fa: 'کسانی که در آخرین روز ماه دو شغل یا بیشتر دارند.',
      en: 'Persons with two jobs or more on the last day of the month.',
    },
  },
];

const oneJob = weightOf(1, 0);
const moreJobs = weightOf(1, 1);

type Held = { readonly dated: DatedJob; readonly at: Stretch };

/** Most weekly hours, then highest agreed wage, earliest start, smallest establishment code. */
const isMainOver = (one: Held, other: Held): boolean => {
  const [a, b] = [one.at.attributes, other.at.attributes];
  const hours = (a.weeklyHours ?? 0) - (b.weeklyHours ?? 0);
  if (hours !== 0) return hours > 0;
  const wage = (a.monthlyWage ?? 0) - (b.monthlyWage ?? 0);
  if (wage !== 0) return wage > 0;
  const { start, establishment } = one.dated.job;
  const against = other.dated.job;
  return start === against.start ? establishment < against.establishment : start < against.start;
};

const standingAt = (jobs: readonly DatedJob[], month: Month): OneStanding | undefined => {
  let held = 0;
  let main: Held | undefined;
  for (const dated of jobs) {
    if (dated.startMonth > month || dated.endMonth <= month) continue;
    held += 1;
    const one = { dated, at: stretchAtEndOf(dated, month) };
    if (main === undefined || isMainOver(one, main)) main = one;
  }
  if (main === undefined) return undefined;
  return { codes: main.at.cell.coarse, weight: held > 1 ? moreJobs : oneJob };
};

const turningMonths = (jobs: readonly DatedJob[]): Month[] => {
  const months: Month[] = [];
  for (const { stretches, endMonth } of jobs) {
    for (const { month } of stretches) months.push(month);
    if (endMonth !== Infinity) months.push(endMonth);
  }
  return months;
};

/** Persons in work, each once. Definitions: `PERSONS`. */
export const persons = (calendar: Calendar): Dataflow<PersonState> => ({
  code: 'PERSONS',
  version: 1,
  name: { fa: 'شاغلان', en: 'Persons in work' },
  description: {
    fa: 'شاغلان پایان ماه، هر کس یک بار و در طبقهٔ شغل اصلی خود.',
    en: 'Persons in work at the end of the month, each once, in the cell of their main job.',
  },
  dimensions: [jobDimensions.area, jobDimensions.industry, jobDimensions.sex, jobDimensions.age],
  measures,
  rollUps: rollUpsBy(['area'], ['area', 'industry'], ['area', 'sex', 'age']),
  basis: jobsOfPerson,
  contributions: (state) => {
    const jobs = jobsOfPerson(state).map((job) => datedJob(job, calendar));
    const out: Contribution[] = [];
    pushStandingChanges(turningMonths(jobs), (month) => standingAt(jobs, month), out);
    return out;
  },
});
