import type { Contribution, Dataflow, MeasureSpec } from '@karnama/cells';
import { addMonths, type Calendar, type Month } from '@karnama/kernel';
import type { EndReason, Job } from '@karnama/registers';
import { jobsOfPerson, type PersonState } from '../person/person-state.js';
import { jobDimensions, rollUpsBy } from './dimensions.js';
import { isSameCell } from './job-cells.js';
import { datedJob, type DatedJob, type Stretch } from './job-stretches.js';

const unit = { fa: 'شغل', en: 'jobs', pt: 'empregos' };

const measure = (code: string, fa: string, en: string, definitionFa: string, definition: string) => ({
  code,
  name: { fa, en },
  unit,
  definition: { fa: definitionFa, en: definition },
});

const measures = [
  {
    ...measure(
      'jobs',
      'مشاغل',
      'Jobs',
      'مشاغلی که در آخرین روز ماه برقرارند.',
      'Jobs that are there on the last day of the month.',
    ),
    kind: 'stock',
  },
  measure(
    'hires',
    'استخدام‌ها',
    'Hires',
    'مشاغلی که در ماه آغاز شده‌اند؛ تمدید قرارداد استخدام نیست.',
    'Jobs that began in the month; a renewal is none.',
  ),
  measure(
    'separations',
    'جدایی‌ها',
    'Separations',
    'مشاغلی که پایان آن‌ها (روز پس از آخرین روز) در ماه است.',
    'Jobs whose end, the day after the last day, lies in the month.',
  ),
  measure('quits', 'ترک کار', 'Quits', 'جدایی به خواست شاغل.', 'Separations that the person chose.'),
  measure(
    'layoffs',
    'اخراج و تعدیل',
    'Layoffs and discharges',
    'جدایی به سبب تعدیل، اخراج یا تمدید نشدن قرارداد.',
    'Separations by layoff, discharge or non-renewal.',
  ),
  measure(
    'retirements',
    'بازنشستگی‌ها',
    'Retirements',
    'جدایی به سبب بازنشستگی.',
    'Separations by retirement.',
  ),
  measure('deaths', 'فوت', 'Deaths', 'جدایی به سبب فوت.', 'Separations by death.'),
  measure(
    'other_ends',
    'جدایی به سبب‌های دیگر',
    'Other separations',
    'جدایی به سبب انتقال یا سبب‌های دیگر.',
    'Separations by transfer or for another reason.',
  ),
  measure(
    'unknown_ends',
    'جدایی با سبب نامعلوم',
    'Separations of unknown reason',
    'جدایی‌هایی که سبب آن‌ها اعلام نشده است.',
    'Separations whose reason is not stated.',
  ),
  measure(
    'recalls',
    'بازگشت به کار',
    'Recalls',
    'استخدام کسی که شغل پیشین او در همان کارگاه حداکثر ۱۲ ماه پیش پایان یافته است.',
    'Hires of persons whose earlier job in the same establishment ended at most 12 months before.',
  ),
  measure(
    'reclass_in',
    'ورود به طبقه',
    'Moves into the cell',
    'مشاغلی که در جریان کار به این طبقه آمده‌اند.',
    'Jobs that came into the cell while they went on.',
  ),
  measure(
    'reclass_out',
    'خروج از طبقه',
    'Moves out of the cell',
    'مشاغلی که در جریان کار از این طبقه رفته‌اند.',
    'Jobs that left the cell while they went on.',
  ),
] as const satisfies readonly MeasureSpec[];

type MeasureCode = (typeof measures)[number]['code'];

const counting = (counted: Partial<Record<MeasureCode, number>>): readonly number[] =>
  measures.map(({ code }) => counted[code] ?? 0);

const hire = counting({ jobs: 1, hires: 1 });
const recall = counting({ jobs: 1, hires: 1, recalls: 1 });
const movedIn = counting({ jobs: 1, reclass_in: 1 });
const movedOut = counting({ jobs: -1, reclass_out: 1 });

const separation = (reason: MeasureCode): readonly number[] =>
  counting({ jobs: -1, separations: 1, [reason]: 1 });

const separations: Readonly<Record<EndReason, readonly number[]>> = {
  quit: separation('quits'),
  layoff: separation('layoffs'),
  discharge: separation('layoffs'),
  'non-renewal': separation('layoffs'),
  retirement: separation('retirements'),
  death: separation('deaths'),
  transfer: separation('other_ends'),
  other: separation('other_ends'),
};
const unexplained = separation('unknown_ends');

const booked = (month: Month, codes: readonly string[], counted: readonly number[]): Contribution => ({
  month,
  declared: month,
  codes,
  measures: counted,
  units: 1,
});

/**
 * Hires, separations and moves between cells; the stock of jobs changes with each of them and by nothing
 * else, so every cell keeps the identity Δjobs = hires − separations + reclass_in − reclass_out.
 */
const contributionsOf = (dated: DatedJob, isRecall: boolean, out: Contribution[]): void => {
  const { job, startMonth, endMonth, stretches } = dated;
  let { codes } = stretches[0].cell;
  out.push(booked(startMonth, codes, isRecall ? recall : hire));
  for (let i = 1; i < stretches.length; i++) {
    const { month, cell } = stretches[i] as Stretch;
    if (isSameCell(codes, cell.codes)) continue;
    out.push(booked(month, codes, movedOut), booked(month, cell.codes, movedIn));
    codes = cell.codes;
  }
  if (endMonth !== Infinity)
    out.push(booked(endMonth, codes, job.reason === null ? unexplained : separations[job.reason]));
};

/** Of the jobs before it in the same establishment the last one ended latest: jobs of one establishment never overlap. */
const isRecall = (jobs: readonly Job[], at: number, calendar: Calendar): boolean => {
  const { start, establishment } = jobs[at] as Job;
  for (let i = at - 1; i >= 0; i--) {
    const earlier = jobs[i] as Job;
    if (earlier.establishment === establishment) return start <= addMonths(earlier.end, 12, calendar);
  }
  return false;
};

/** Jobs and their flows. Definitions: `JOBS`. */
export const jobs = (calendar: Calendar): Dataflow<PersonState> => {
  const { area, industry, occupation, sex, age, contract } = jobDimensions;
  return {
    code: 'JOBS',
    version: 1,
    name: { fa: 'مشاغل، استخدام‌ها و جدایی‌ها', en: 'Jobs, hires and separations' },
    description: {
      fa: 'مشاغل در پایان ماه و آنچه در ماه آغاز شده، پایان یافته یا طبقهٔ آن عوض شده است.',
      en: 'Jobs at the end of the month, and those that began, ended or changed their cell in it.',
    },
    dimensions: [area, industry, occupation, sex, age, contract],
    measures,
    identities: [{ stock: 'jobs', in: ['hires', 'reclass_in'], out: ['separations', 'reclass_out'] }],
    rollUps: rollUpsBy(
      ['area'],
      ['area', 'industry'],
      ['area', 'sex', 'age'],
      ['area', 'occupation'],
      ['area', 'contract'],
    ),
    basis: jobsOfPerson,
    contributions: (state) => {
      const all = jobsOfPerson(state);
      const out: Contribution[] = [];
      all.forEach((job, at) => contributionsOf(datedJob(job, calendar), isRecall(all, at, calendar), out));
      return out;
    },
  };
};
