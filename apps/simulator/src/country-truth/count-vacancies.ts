import { lastDayOf, monthOfDay, type Day } from '@karnama/kernel';
import type { FactOf } from '../country/facts.js';
import type { Span } from './count-jobs.js';
import type { Counters } from './counters.js';
import { best, groupedBy, provinceOf, type Known, type KnownFacts } from './known-facts.js';

type Vacancy = Known<FactOf<'vacancy'>>;
type Fill = { readonly day: Day; readonly positions: number; readonly name: string };

/** The day on which each post stops being open, and how; Infinity = it still is. */
const postsOf = (
  vacancy: Vacancy,
  fills: readonly Fill[],
  closures: readonly Day[],
): readonly { readonly end: Day; readonly filled: boolean }[] => {
  const end = Math.max(vacancy.day, Math.min(vacancy.expiresOn ?? Infinity, ...closures));
  const inOrder = fills
    .map((fill) => ({ ...fill, day: Math.max(fill.day, vacancy.day) }))
    .filter(({ day }) => day < end)
    .sort((a, b) => a.day - b.day || (a.name < b.name ? -1 : 1));
  const filled = inOrder.flatMap(({ day, positions }) => Array.from({ length: positions }, () => day));
  return Array.from({ length: vacancy.positions }, (_, i) => {
    const day = filled[i];
    return day === undefined ? { end, filled: false } : { end: day, filled: true };
  });
};

const countVacancy = (
  counters: Counters,
  vacancy: Vacancy,
  posts: readonly { readonly end: Day; readonly filled: boolean }[],
  { first, horizon }: Span,
): void => {
  const area = provinceOf(vacancy.area);
  const opened = monthOfDay(vacancy.day, 'jalali');
  for (const { end, filled } of posts) {
    counters.add('opened', area, opened);
    counters.add(`posts asking ${vacancy.skill ?? '_U'}`, area, opened);
    for (let month = first - 1; month <= horizon; month += 1)
      if (vacancy.day <= lastDayOf(month) && lastDayOf(month) < end) counters.add('open', area, month);
    if (end === Infinity) continue;
    if (filled) counters.add('filled', area, monthOfDay(end, 'jalali'));
    const weeks = Math.min(26, Math.floor((end - vacancy.day) / 7));
    counters.add(`posts ${filled ? 'filled' : 'censored'} ${weeks}`, area, opened);
  }
};

/** All that is counted of vacancies, post by post, and of placements. */
export const countVacancies = (counters: Counters, known: KnownFacts, span: Span): void => {
  const fills = groupedBy<Fill & { readonly vacancy: string | null }>(
    [...known.of('vacancy-fill'), ...known.of('placement').map((one) => ({ ...one, positions: 1 }))],
    ({ vacancy }) => vacancy ?? '',
  );
  const closures = groupedBy(known.of('vacancy-close'), ({ vacancy }) => vacancy);
  for (const [number, published] of groupedBy(known.of('vacancy'), ({ vacancy }) => vacancy)) {
    const vacancy = best(published, (a, b) => a.day < b.day || (a.day === b.day && a.name < b.name));
    if (vacancy === undefined) continue;
    const closed = (closures.get(number) ?? []).map(({ day }) => day);
    countVacancy(counters, vacancy, postsOf(vacancy, fills.get(number) ?? [], closed), span);
  }
  for (const { area, day } of known.of('placement'))
    counters.add('placements', provinceOf(area), monthOfDay(day, 'jalali'));
};
