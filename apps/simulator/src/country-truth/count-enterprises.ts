import { firstDayOf, lastDayOf, monthOfDay, type Day, type Month } from '@karnama/kernel';
import type { Span } from './count-jobs.js';
import type { Counters } from './counters.js';
import { best, groupedBy, provinceOf, type KnownFacts } from './known-facts.js';
import { activeOn, jobsOfSpells, type Spell, type TrueJob } from './true-jobs.js';

const yearOf = (month: Month): number => Math.floor(month / 12);
const yearOfDay = (day: Day): number => yearOf(monthOfDay(day, 'jalali'));
const firstOfYear = (year: number): Day => firstDayOf(year * 12);

/** One enterprise: what it did, year by year. */
type History = {
  readonly jobs: readonly TrueJob[];
  readonly active: (year: number) => boolean;
  readonly born: (year: number) => boolean;
  readonly died: (year: number) => boolean;
  /** Became part of another one between two years (both included). */
  readonly absorbed: (from: number, to: number) => boolean;
  readonly jobsAtEndOf: (year: number) => number;
};

const historyOf = (
  jobs: readonly TrueJob[],
  activity: readonly Month[],
  years: {
    readonly ceased: readonly number[];
    readonly successor: readonly number[];
    readonly predecessor: readonly number[];
  },
): History => {
  const active = (year: number): boolean =>
    activity.some((month) => yearOf(month) === year) ||
    jobs.some(({ start, end }) => start < firstOfYear(year + 1) && end > firstOfYear(year));
  const within = (list: readonly number[], from: number, to: number): boolean =>
    list.some((year) => year >= from && year <= to);
  const jobsAtEndOf = (year: number): number =>
    jobs.filter((job) => activeOn(job, firstOfYear(year + 1) - 1)).length;
  return {
    jobs,
    active,
    jobsAtEndOf,
    absorbed: (from, to) => within(years.predecessor, from, to),
    born: (year) =>
      active(year) && !active(year - 1) && !active(year - 2) && !within(years.successor, year - 1, year),
    died: (year) =>
      years.ceased.includes(year) &&
      active(year) &&
      !active(year + 1) &&
      !active(year + 2) &&
      !within(years.predecessor, year, year + 1),
  };
};

const countYear = (counters: Counters, area: string, history: History, year: number): void => {
  const { active, born, died, absorbed, jobsAtEndOf } = history;
  const add = (name: string, holds: boolean, count = 1): void => {
    if (holds) counters.add(name, area, year * 12 + 11, count);
  };
  add('enterprises', active(year));
  add('births', born(year));
  add('deaths', died(year));
  add('jobs of the born', born(year), jobsAtEndOf(year));
  for (const n of [1, 2, 3, 4, 5])
    add(`survivors ${n}`, born(year - n) && (active(year) || absorbed(year - n, year)));
  const grew = jobsAtEndOf(year - 3);
  add('of ten and more', grew >= 10 && active(year));
  add('grown', grew >= 10 && active(year) && 1000 * jobsAtEndOf(year) >= 1331 * grew);
};

/** All that is counted of enterprises, one by one. */
export const countEnterprises = (
  counters: Counters,
  known: KnownFacts,
  spells: readonly Spell[],
  { first, horizon }: Span,
): void => {
  const registered = groupedBy(known.of('enterprise'), ({ enterprise }) => enterprise);
  const activity = groupedBy(known.of('activity'), ({ enterprise }) => enterprise);
  const ceased = groupedBy(known.of('enterprise-end'), ({ enterprise }) => enterprise);
  const successions = known.of('enterprise-succession');
  const asPredecessor = groupedBy(successions, ({ predecessor }) => predecessor);
  const asSuccessor = groupedBy(successions, ({ successor }) => successor);
  const spellsOf = groupedBy(spells, ({ stated }) => stated.enterprise);
  const year = (list: readonly { readonly day: Day }[] = []): number[] =>
    list.map(({ day }) => yearOfDay(day));

  for (const enterprise of new Set([...spellsOf.keys(), ...activity.keys()])) {
    const jobs = [
      ...groupedBy(
        spellsOf.get(enterprise) ?? [],
        ({ stated }) => `${stated.person} ${stated.workshop}`,
      ).values(),
    ].flatMap(jobsOfSpells);
    const months = (activity.get(enterprise) ?? []).map(({ month }) => month);
    const history = historyOf(jobs, months, {
      ceased: (ceased.get(enterprise) ?? []).map(({ lastDay }) => yearOfDay(lastDay)),
      predecessor: year(asPredecessor.get(enterprise)),
      successor: year(asSuccessor.get(enterprise)),
    });
    const registration = best(
      registered.get(enterprise) ?? [],
      (a, b) => a.day < b.day || (a.day === b.day && a.name < b.name),
    );
    const area = provinceOf(registration?.area ?? 'IR');
    for (let y = yearOf(first); y * 12 + 11 <= horizon; y += 1) countYear(counters, area, history, y);
    for (let month = first - 1; month <= horizon; month += 1)
      if (jobs.some((job) => activeOn(job, lastDayOf(month)))) counters.add('employers', area, month);
  }
};
