import { lastDayOf, monthOfDay, type Day, type Month } from '@karnama/kernel';
import type { Span } from './count-jobs.js';
import type { Counters } from './counters.js';
import { best, groupedBy, provinceOf, type KnownFacts } from './known-facts.js';
import { activeOn, type TrueJob } from './true-jobs.js';

type Entry = { readonly day: Day; readonly name: string; readonly area: string };

const later = (a: Entry, b: Entry): boolean => a.day > b.day || (a.day === b.day && a.name > b.name);

/** Where a workshop is on a day: as the latest entry says, before the first as on the first day. */
const placeOn = (entries: readonly Entry[], day: Day): string => {
  const first = Math.min(...entries.map((entry) => entry.day));
  const entry = best(
    entries.filter((e) => e.day <= Math.max(day, first)),
    later,
  );
  return provinceOf(entry?.area ?? 'IR');
};

const lengths = { M: 1, Q: 3, A: 12 } as const;

/** Created and destroyed jobs, and workshops that report, workshop by workshop. */
export const countWorkshops = (
  counters: Counters,
  known: KnownFacts,
  jobsOf: ReadonlyMap<string, readonly TrueJob[]>,
  { first, horizon }: Span,
): void => {
  const declared = groupedBy(known.of('workshop'), ({ workshop }) => workshop);
  const changed = groupedBy(known.of('workshop-change'), ({ workshop }) => workshop);
  const started = new Set(known.of('job-start').map(({ workshop }) => workshop));
  const lists = groupedBy(known.of('wage-list'), ({ workshop }) => workshop);
  const from = groupedBy(known.of('workshop-succession'), ({ predecessor }) => predecessor);
  const to = groupedBy(known.of('workshop-succession'), ({ successor }) => successor);

  for (const workshop of new Set([...declared.keys(), ...changed.keys(), ...started])) {
    const jobs = jobsOf.get(workshop) ?? [];
    const declaration = best(
      declared.get(workshop) ?? [],
      (a, b) => a.day < b.day || (a.day === b.day && a.name < b.name),
    );
    const entries: readonly Entry[] = [
      ...(declaration === undefined ? [] : [declaration]),
      ...(changed.get(workshop) ?? []),
    ];
    const counts = new Map<Month, number>();
    for (let month = first - 1; month <= horizon; month += 1)
      counts.set(month, jobs.filter((job) => activeOn(job, lastDayOf(month))).length);
    const at = (month: Month): number => counts.get(month) ?? 0;

    const transferred = (after: Month, until: Month): number => {
      const within = ({ day }: { readonly day: Day }): boolean => {
        const month = monthOfDay(day, 'jalali');
        return month > after && month <= until;
      };
      const total = (list: readonly { readonly day: Day; readonly jobs: number }[] = []): number =>
        list.filter(within).reduce((sum, one) => sum + one.jobs, 0);
      return total(from.get(workshop)) - total(to.get(workshop));
    };

    for (const [freq, length] of Object.entries(lengths))
      for (let month = first + length - 1; month <= horizon; month += 1) {
        if ((month + 1) % length !== 0) continue;
        const [b, e] = [at(month - length), at(month)];
        const net = e - b + transferred(month - length, month);
        if (b + e === 0 && net === 0) continue;
        const area = placeOn(entries, lastDayOf(month));
        counters.add(`created ${freq}`, area, month, Math.max(0, net));
        counters.add(`destroyed ${freq}`, area, month, Math.max(0, -net));
        counters.add(`jobs twice ${freq}`, area, month, b + e);
      }

    const reported = new Set((lists.get(workshop) ?? []).map(({ month }) => month));
    for (let month = first; month <= horizon; month += 1) {
      if (at(month - 1) === 0) continue;
      const area = placeOn(entries, lastDayOf(month));
      counters.add('expected lists', area, month);
      if (reported.has(month)) counters.add('lists', area, month);
    }
  }
};
