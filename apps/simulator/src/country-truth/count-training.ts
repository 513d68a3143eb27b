import { leadsTo } from '@karnama/classifications';
import { addMonths, fullMonthsBetween, monthOfDay, type Day, type Month } from '@karnama/kernel';
import type { FactOf } from '../country/facts.js';
import type { Counters } from './counters.js';
import { best, groupedBy, provinceOf, type Known } from './known-facts.js';
import { activeOn, attributesOn, type TrueJob } from './true-jobs.js';

type Certificate = Known<FactOf<'certificate'>>;
type Enrolment = Known<FactOf<'enrolment'>>;

export type TrainingFacts = {
  readonly enrolments: readonly Enrolment[];
  readonly completions: readonly Known<FactOf<'completion'>>[];
  readonly certificates: readonly Certificate[];
  readonly annulments: readonly Known<FactOf<'annulment'>>[];
};

const monthOf = (day: Day): Month => monthOfDay(day, 'jalali');

const earliest = (a: Certificate, b: Certificate): boolean => {
  if (a.day !== b.day) return a.day < b.day;
  if (a.certificate !== b.certificate) return a.certificate < b.certificate;
  return a.name < b.name;
};

const countGraduate = (
  counters: Counters,
  certificate: Certificate,
  jobs: readonly TrueJob[],
  enrolments: readonly Enrolment[],
  linked: boolean,
): void => {
  const c = certificate.day;
  const month = monthOf(c);
  const add = (name: string, holds: boolean): void => {
    if (holds) counters.add(name, provinceOf(certificate.area), month);
  };
  const employedOn = (day: Day): readonly TrueJob[] => jobs.filter((job) => activeOn(job, day));
  const after = (months: number): Day => addMonths(c, months, 'jalali');
  add('graduates', true);
  for (const months of [6, 12]) {
    add(`employed after ${months}`, employedOn(after(months)).length > 0);
    const began = jobs.some(({ start }) => start >= c && start < after(months));
    add(`ever employed within ${months}`, began || employedOn(c).length > 0);
  }
  const courses = enrolments.filter(({ enrolment }) => enrolment === certificate.enrolment);
  const began = courses.length > 0 ? Math.min(...courses.map(({ day }) => day)) : c;
  add('employed before', employedOn(addMonths(began, -3, 'jalali')).length > 0);
  const matched = employedOn(after(12)).some((job) =>
    leadsTo(certificate.skill ?? '_U', attributesOn(job, after(12)).occupation),
  );
  add('matched after 12', matched);
  add('linked', linked);
  const starts = jobs.map(({ start }) => start).filter((start) => start >= c);
  const entry =
    employedOn(c).length > 0
      ? 0
      : starts.length > 0
        ? fullMonthsBetween(c, Math.min(...starts), 'jalali')
        : 99;
  add(`first job after ${entry}`, entry < 24);
};

/** All that is counted of one person's training. */
export const countTraining = (
  counters: Counters,
  { enrolments, completions, certificates, annulments }: TrainingFacts,
  jobs: readonly TrueJob[],
  linked: boolean,
): void => {
  for (const { enrolment, dueDay, area } of enrolments) {
    counters.add('due', provinceOf(area), monthOf(dueDay));
    if (completions.some((completion) => completion.enrolment === enrolment))
      counters.add('completed', provinceOf(area), monthOf(dueDay));
  }
  const valid = certificates.filter(
    ({ certificate }) => !annulments.some((annulment) => annulment.certificate === certificate),
  );
  for (const { area, day, skill } of valid) {
    counters.add('certificates', provinceOf(area), monthOf(day));
    counters.add(`certificates in ${skill ?? '_U'}`, provinceOf(area), monthOf(day));
  }
  for (const inMonth of groupedBy(valid, ({ day }) => String(monthOf(day))).values()) {
    const first = best(inMonth, earliest);
    if (first === undefined) continue;
    counters.add('certified', provinceOf(first.area), monthOf(first.day));
    countGraduate(counters, first, jobs, enrolments, linked);
  }
};
