import type { Contribution, Dataflow, MeasureSpec } from '@karnama/cells';
import { tenureBandOf, tenureBands } from '@karnama/classifications';
import { firstDayOf, fullMonthsBetween, type Calendar, type Month } from '@karnama/kernel';
import { keptThrough } from '../kept-through.js';
import { jobsOfPerson, type PersonState } from '../person/person-state.js';
import { jobDimensions, rollUpsBy } from './dimensions.js';
import { sameArray } from './job-cells.js';
import { datedJob, stretchAtEndOf, type DatedJob, type Stretch } from './job-stretches.js';
import { pushStandingChanges, weightOf } from './standing-changes.js';

const unit = { fa: 'شغل', en: 'jobs', pt: 'empregos' };

const measures: readonly MeasureSpec[] = [
  {
    code: 'separations',
    name: { fa: 'جدایی‌ها', en: 'Separations' },
    unit,
    definition: {
      fa: 'جدایی‌های ماه به تفکیک ماه‌های کامل از آغاز تا پایان شغل.',
      en: 'Separations of the month by full months from the start to the end of the job.',
    },
  },
  {
    code: 'jobs',
    kind: 'stock',
    name: { fa: 'مشاغل', en: 'Jobs' },
    unit,
    definition: {
      fa: 'مشاغل آخرین روز ماه به تفکیک ماه‌های کاملی که از آغاز آن‌ها گذشته است.',
      en: 'Jobs on the last day of the month by the full months that have passed in them.',
    },
  },
];

const separated = [1, 0];
const standing = weightOf(0, 1);

const thresholds = tenureBands.map(({ from }) => from).filter((from) => from > 0);

/** Month m in which fullMonths(start, first day of m + 1) is first n, less n. */
const firstMonthOf = ({ job, startMonth }: DatedJob): Month =>
  job.start === firstDayOf(startMonth) ? startMonth - 1 : startMonth;

/** Months at whose end the area or the band may be another than a month before. */
const turningMonths = (dated: DatedJob, first: Month, last: Month): Month[] => {
  const { stretches, endMonth } = dated;
  const months = stretches.map(({ month }) => month);
  const until = Math.min(endMonth, last + 1);
  for (const passed of thresholds) if (first + passed < until) months.push(first + passed);
  if (endMonth !== Infinity) months.push(endMonth);
  return months;
};

const pushStock = (dated: DatedJob, calendar: Calendar, out: Contribution[]): void => {
  const first = firstMonthOf(dated);
  pushStandingChanges(
    turningMonths(dated, first, keptThrough[calendar]),
    (month) => {
      if (month >= dated.endMonth) return undefined;
      const { area, sex } = stretchAtEndOf(dated, month).cell;
      return { codes: sameArray(area, sex, tenureBandOf(month - first)), weight: standing };
    },
    out,
  );
};

const separationOf = ({ job, endMonth, stretches }: DatedJob, calendar: Calendar): Contribution => {
  const { area, sex } = (stretches.at(-1) as Stretch).cell;
  const band = tenureBandOf(fullMonthsBetween(job.start, job.end, calendar));
  return {
    month: endMonth,
    declared: endMonth,
    codes: sameArray(area, sex, band),
    measures: separated,
    units: 1,
  };
};

/** Time spent in jobs, of those that go on and of those that ended. Definitions: `TENURE`. */
export const tenure = (calendar: Calendar): Dataflow<PersonState> => ({
  code: 'TENURE',
  version: 1,
  name: { fa: 'مدت اشتغال', en: 'Time in the job' },
  description: {
    fa: 'مشاغل پایان ماه و جدایی‌های ماه به تفکیک مدت اشتغال.',
    en: 'Jobs at the end of the month and separations of the month by the time spent in the job.',
  },
  dimensions: [jobDimensions.area, jobDimensions.sex, jobDimensions.tenure],
  measures,
  rollUps: rollUpsBy(['area'], ['area', 'tenure']),
  basis: jobsOfPerson,
  contributions: (state) => {
    const out: Contribution[] = [];
    for (const job of jobsOfPerson(state)) {
      const dated = datedJob(job, calendar);
      pushStock(dated, calendar, out);
      if (dated.endMonth !== Infinity) out.push(separationOf(dated, calendar));
    }
    return out;
  },
});
