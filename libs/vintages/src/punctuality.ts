import { lastDayOf, monthOf, parseDay, parseMonth, type Day } from '@karnama/kernel';
import type { PlannedRelease, Release } from './releases.js';

/** How timely a release was. Days; null where there is nothing to compare with. */
export type Timeliness = {
  readonly name: string;
  readonly planned: string | null;
  readonly cut: string | null;
  /** Days from the end of the last month it tells of to the release (ESS TP1). */
  readonly timeliness: number | null;
  /** Days from the planned day to the release; above 0 it was late (ESS TP3). */
  readonly punctuality: number | null;
};

const dayOfInstant = (instant: string): Day => parseDay(instant.slice(0, 10));

/**
 * The release calendar: each planned and each cut release, by planned or else cut day.
 * @param lastMonths last month that each cut release tells of, by its name
 */
export const releaseCalendar = (
  planned: readonly PlannedRelease[],
  cut: readonly Release[],
  lastMonths: ReadonlyMap<string, string>,
): readonly Timeliness[] => {
  const names = new Set([...planned.map(({ name }) => name), ...cut.map(({ name }) => name)]);
  const all = [...names].map((name): Timeliness => {
    const plan = planned.find((candidate) => candidate.name === name)?.date ?? null;
    const release = cut.find((candidate) => candidate.name === name)?.cutAt.slice(0, 10) ?? null;
    const month = lastMonths.get(name);
    const known = month !== undefined && monthOf(month) !== undefined ? lastDayOf(parseMonth(month)) : null;
    return {
      name,
      planned: plan,
      cut: release,
      timeliness: release === null || known === null ? null : dayOfInstant(release) - known,
      punctuality: release === null || plan === null ? null : dayOfInstant(release) - parseDay(plan),
    };
  });
  return all.sort((a, b) => ((a.planned ?? a.cut ?? '') < (b.planned ?? b.cut ?? '') ? -1 : 1));
};
