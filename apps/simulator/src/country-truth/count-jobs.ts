import { wageBands } from '@karnama/classifications';
import {
  addMonths,
  firstDayOf,
  fullMonthsBetween,
  lastDayOf,
  monthOfDay,
  type Day,
  type Month,
} from '@karnama/kernel';
import { jobsByTenure, separationsByTenure, type Counters } from './counters.js';
import { best, provinceOf, type Known } from './known-facts.js';
import type { FactOf } from '../country/facts.js';
import { activeOn, attributesOn, type TrueJob } from './true-jobs.js';

export type Span = { readonly first: Month; readonly horizon: Month };

const monthOf = (day: Day): Month => monthOfDay(day, 'jalali');

const areaOn = (job: TrueJob, day: Day): string => provinceOf(attributesOn(job, day).area);

const tenure = (from: Day, to: Day): number => fullMonthsBetween(from, to, 'jalali');

const countStocks = (counters: Counters, job: TrueJob, { first, horizon }: Span): void => {
  for (let month = first - 1; month <= horizon; month += 1) {
    const last = lastDayOf(month);
    if (!activeOn(job, last)) continue;
    const { area, industry, occupation } = attributesOn(job, last);
    const at = provinceOf(area);
    counters.add('jobs', at, month);
    if (industry === null) counters.add('jobs of unknown industry', at, month);
    if (occupation === null) counters.add('jobs of unknown occupation', at, month);
    counters.add(jobsByTenure.of(tenure(job.start, last + 1)), at, month);
    // the whole quarter: there before its first day, and still there after its last
    if (month % 3 === 2 && job.start < firstDayOf(month - 2) && job.end > firstDayOf(month + 1))
      counters.add('stable', at, month);
  }
};

const countFlows = (counters: Counters, job: TrueJob, jobs: readonly TrueJob[]): void => {
  const hired = areaOn(job, job.start);
  counters.add('hires', hired, monthOf(job.start));
  const recalled = jobs.some(
    (earlier) =>
      earlier.workshop === job.workshop &&
      earlier.end <= job.start &&
      earlier !== job &&
      job.start <= addMonths(earlier.end, 12, 'jalali'),
  );
  if (recalled) counters.add('recalls', hired, monthOf(job.start));
  if (job.end === Infinity) return;
  const month = monthOf(job.end);
  const left = areaOn(job, job.end - 1);
  counters.add('separations', left, month);
  if (job.reason === 'quit') counters.add('quits', left, month);
  if (job.reason === 'layoff' || job.reason === 'discharge' || job.reason === 'non-renewal')
    counters.add('layoffs', left, month);
  counters.add(separationsByTenure.of(tenure(job.start, job.end)), left, month);
};

type Standing = { readonly job: TrueJob; readonly hours: number; readonly wage: number };

const leads = (a: Standing, b: Standing): boolean => {
  if (a.hours !== b.hours) return a.hours > b.hours;
  if (a.wage !== b.wage) return a.wage > b.wage;
  if (a.job.start !== b.job.start) return a.job.start < b.job.start;
  return a.job.workshop < b.job.workshop;
};

const countPersons = (counters: Counters, jobs: readonly TrueJob[], { first, horizon }: Span): void => {
  for (let month = first - 1; month <= horizon; month += 1) {
    const last = lastDayOf(month);
    const standing = jobs
      .filter((job) => activeOn(job, last))
      .map((job): Standing => {
        const { weeklyHours, monthlyWage } = attributesOn(job, last);
        return { job, hours: weeklyHours ?? 0, wage: monthlyWage ?? 0 };
      });
    const main = best(standing, leads);
    if (main === undefined) continue;
    const at = areaOn(main.job, last);
    counters.add('persons', at, month);
    if (standing.length > 1) counters.add('persons with two', at, month);
  }
};

const countWages = (
  counters: Counters,
  jobs: readonly TrueJob[],
  wages: readonly Known<FactOf<'wage'>>[],
): void => {
  for (const { spell, month, rials } of wages) {
    const job = jobs.find(({ spells }) => spells.some(({ stated }) => stated.spell === spell));
    if (job === undefined) continue;
    const [from, to] = [firstDayOf(month), lastDayOf(month)];
    if (job.start > to || job.end <= from) continue;
    const at = areaOn(job, Math.min(to, job.end - 1));
    const band = wageBands.find((b) => b.to === null || rials * 100 < b.to)?.code ?? '';
    counters.addLarge('wages', at, month, BigInt(rials));
    counters.add('earners', at, month);
    counters.add(`earners by wage ${band}`, at, month);
    if (job.sex === null) continue;
    counters.addLarge(`wages of ${job.sex}`, at, month, BigInt(rials));
    counters.add(`earners of ${job.sex}`, at, month);
  }
};

/** All that is counted of the jobs of one person. */
export const countJobs = (
  counters: Counters,
  jobs: readonly TrueJob[],
  wages: readonly Known<FactOf<'wage'>>[],
  span: Span,
): void => {
  for (const job of jobs) {
    countStocks(counters, job, span);
    countFlows(counters, job, jobs);
  }
  countPersons(counters, jobs, span);
  countWages(counters, jobs, wages);
};
