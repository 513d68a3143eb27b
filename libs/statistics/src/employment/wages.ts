import type { Contribution, Dataflow, MeasureSpec } from '@karnama/cells';
import { wageBandOf } from '@karnama/classifications';
import { firstDayOf, monthIn, type Calendar, type Month } from '@karnama/kernel';
import type { Job, WagePaid } from '@karnama/registers';
import { jobsOfPerson, type PersonState } from '../person/person-state.js';
import { jobDimensions, rollUpsBy } from './dimensions.js';
import { sameArray } from './job-cells.js';
import { datedJob, stretchAtEndOf, type DatedJob } from './job-stretches.js';

const measures: readonly MeasureSpec[] = [
  {
    code: 'wage_sum',
    name: { fa: 'جمع دستمزد', en: 'Sum of wages' },
    unit: { fa: 'یک‌صدم واحد پول کشور', en: 'hundredths of the national currency' },
    definition: {
      fa: 'جمع دستمزد مشمول بیمه که برای ماه گزارش شده است.',
      en: 'Sum of the insured wages reported for the month.',
    },
  },
  {
    code: 'wage_earners',
    name: { fa: 'دستمزدهای گزارش‌شده', en: 'Wages reported' },
    unit: { fa: 'دستمزد', en: 'wages' },
    definition: {
      fa: 'شمار دستمزدهایی که برای شغلی که در ماه برقرار بوده گزارش شده است.',
      en: 'Wages reported for jobs that were there in the month.',
    },
  },
];

const jobsBySpell = new WeakMap<readonly Job[], ReadonlyMap<string, Job>>();

/** The job of each spell number; of several with one number the one that began last. */
const bySpell = (jobs: readonly Job[]): ReadonlyMap<string, Job> => {
  const known = jobsBySpell.get(jobs);
  if (known !== undefined) return known;
  const found = new Map<string, Job>();
  for (const job of jobs) for (const spell of job.spells) found.set(spell, job);
  jobsBySpell.set(jobs, found);
  return found;
};

const hasDayIn = ({ job, startMonth, endMonth }: DatedJob, month: Month): boolean =>
  startMonth <= month && (month < endMonth || (month === endMonth && job.end > firstDayOf(month)));

type Counted = { readonly job: Job; readonly contribution: Contribution | undefined };

/** Of each wage what it counts; the very same object as long as its job stays the same. */
const countedIn = (calendar: Calendar): ((fact: WagePaid, job: Job) => Contribution | undefined) => {
  const known = new WeakMap<WagePaid, Counted>();
  return (fact, job) => {
    const before = known.get(fact);
    if (before?.job === job) return before.contribution;
    const contribution = wageOf(fact, job, calendar);
    known.set(fact, { job, contribution });
    return contribution;
  };
};

const wageOf = (fact: WagePaid, job: Job, calendar: Calendar): Contribution | undefined => {
  const month = monthIn(fact.month, calendar);
  const dated = datedJob(job, calendar);
  if (!hasDayIn(dated, month)) return undefined;
  const { area, industry, sex } = stretchAtEndOf(dated, month).cell;
  const codes = sameArray(area, industry, sex, wageBandOf(fact.wage));
  return { month, declared: month, codes, measures: [fact.wage, 1], units: 1 };
};

/** Insured wages of jobs. Definitions: `WAGES`. */
export const wages = (calendar: Calendar): Dataflow<PersonState> => {
  const counted = countedIn(calendar);
  return {
    code: 'WAGES',
    version: 1,
    name: { fa: 'دستمزدها', en: 'Wages' },
    description: {
      fa: 'دستمزد ماهانهٔ مشمول بیمه به تفکیک طبقهٔ دستمزد؛ میانه و دهک‌ها از آن خوانده می‌شوند.',
      en: 'Insured monthly wages by wage band, from which the median and the deciles are read.',
    },
    dimensions: [jobDimensions.area, jobDimensions.industry, jobDimensions.sex, jobDimensions.wage],
    measures,
    rollUps: rollUpsBy(['area'], ['area', 'industry'], ['area', 'sex'], ['area', 'wage']),
    basis: ({ employment }) => employment,
    contributions: (state) => {
      const jobs = bySpell(jobsOfPerson(state));
      const out: Contribution[] = [];
      for (const { fact, withdrawn } of state.employment.values()) {
        if (fact === null || withdrawn || fact.type !== 'WageReported') continue;
        const job = jobs.get(fact.spell);
        const wage = job === undefined ? undefined : counted(fact, job);
        if (wage !== undefined) out.push(wage);
      }
      return out;
    },
  };
};
