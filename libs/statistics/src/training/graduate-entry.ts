import type { Contribution, Dataflow } from '@karnama/cells';
import { elapsedCode, lastEntryMonth, stateOf, unknown } from '@karnama/classifications';
import { fullMonthsBetween, type Calendar, type Day, type Month } from '@karnama/kernel';
import { coversDay, type Certificate, type Job } from '@karnama/registers';
import type { PersonState } from '../person/person-state.js';
import { areaDimension, elapsedDimension, sexDimension } from '../search/dimensions.js';
import { firstOfMonths, graduateHistoryOf } from './graduate-history.js';

const unit = { fa: 'نفر', en: 'persons' };

/** Full months from a day to the first job; undefined when there is none. */
const monthsToJob = (day: Day, jobs: readonly Job[], calendar: Calendar): number | undefined => {
  if (coversDay(jobs, day)) return 0;
  const next = jobs.find(({ start }) => start >= day);
  return next === undefined ? undefined : fullMonthsBetween(day, next.start, calendar);
};

function* contributionsOf(
  month: Month,
  { area, sex, day }: Certificate,
  jobs: readonly Job[],
  calendar: Calendar,
): Generator<Contribution> {
  const counted = (elapsed: number, measures: readonly number[]): Contribution => ({
    month,
    declared: month,
    codes: [stateOf(area), sex ?? unknown, elapsedCode(elapsed, lastEntryMonth)],
    measures,
    units: 1,
  });
  yield counted(0, [1, 0]);
  const months = monthsToJob(day, jobs, calendar);
  if (months !== undefined && months <= lastEntryMonth) yield counted(months, [0, 1]);
}

/** Persons certified in a month, and after how many months their first job began. */
export const graduateEntry = (calendar: Calendar): Dataflow<PersonState> => ({
  code: 'GRADUATE_ENTRY',
  version: 1,
  name: { fa: 'ورود مهارت‌آموختگان به کار', en: 'Entry of graduates into work' },
  description: {
    fa: 'کسانی که در ماه گواهینامهٔ مهارت گرفته‌اند، به تفکیک ماه‌های گذشته تا آغاز نخستین شغل.',
    en: 'Persons certified in the month, by the full months until their first job began.',
  },
  dimensions: [areaDimension, sexDimension, elapsedDimension],
  measures: [
    {
      code: 'graduates',
      name: { fa: 'مهارت‌آموختگان', en: 'Graduates' },
      unit,
      definition: { fa: 'همهٔ گروه، زیر ماه صفر.', en: 'All of the cohort, under month zero.' },
    },
    {
      code: 'first_job',
      name: { fa: 'نخستین شغل', en: 'First job' },
      unit,
      definition: {
        fa: 'آن‌هایی که نخستین شغلشان پس از این شمار ماه کامل آغاز شده است؛ صفر برای شاغلان روز گواهینامه.',
        en: 'Those whose first job began after that many full months; zero for those in a job on the day.',
      },
    },
  ],
  rollUps: [
    { time: 'effective', dimensions: ['area'] },
    { time: 'effective', dimensions: ['area', 'elapsed'] },
  ],
  basis: graduateHistoryOf,
  *contributions(state) {
    const { certificates, jobs } = graduateHistoryOf(state);
    for (const [month, certificate] of firstOfMonths(certificates, calendar))
      yield* contributionsOf(month, certificate, jobs, calendar);
  },
});
