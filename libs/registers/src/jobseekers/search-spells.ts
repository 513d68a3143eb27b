import type { Day } from '@karnama/kernel';
import { beginsWithin, coversDay, type DaySpan } from './day-spans.js';
import type { Registration } from './registrations.js';

/**
 * Days without a break on which a person is registered and has no job. `turns` name the registration that
 * holds from a day on: ascending, the first on the first day.
 */
export type SearchSpell = DaySpan & { readonly turns: readonly SearchTurn[] };

export type SearchTurn = { readonly day: Day; readonly registration: Registration };

/** Where a search led: into a job, into training, nowhere known (lapsed), elsewhere. */
export type SearchOutcome = 'job' | 'training' | 'lapsed' | 'other';

/** Days after the end of a registration for reason of a job within which the job has to be seen. */
const daysToSeeTheJob = 30;

type Lead = DaySpan & { readonly registration: Registration };

/**
 * The spells of search of a person, ascending: the days of the registrations less the days of the jobs.
 * @param registrations in the order in which they lead, as `registrationsOf` gives them
 * @param jobs in the order of their first days
 */
export const searchSpellsOf = (
  registrations: readonly Registration[],
  jobs: readonly DaySpan[],
): readonly SearchSpell[] => {
  const spells: SearchSpell[] = [];
  for (const { start, end, registration } of withoutJobs(leads(registrations), jobs)) {
    const turn = { day: start, registration };
    const last = spells.at(-1);
    if (last?.end === start) spells[spells.length - 1] = { ...last, end, turns: [...last.turns, turn] };
    else spells.push({ start, end, turns: [turn] });
  }
  return spells;
};

/** Which registration leads when: the earliest of those active, until its end. */
const leads = (registrations: readonly Registration[]): Lead[] => {
  const found: Lead[] = [];
  let free = -Infinity;
  for (const registration of registrations) {
    const start = Math.max(free, registration.start);
    if (registration.end <= start) continue;
    found.push({ start, end: registration.end, registration });
    free = registration.end;
  }
  return found;
};

const withoutJobs = (found: readonly Lead[], jobs: readonly DaySpan[]): Lead[] => {
  const left: Lead[] = [];
  for (const { start, end, registration } of found) {
    let from = start;
    for (const job of jobs) {
      if (from < Math.min(job.start, end))
        left.push({ start: from, end: Math.min(job.start, end), registration });
      from = Math.max(from, job.end);
    }
    if (from < end) left.push({ start: from, end, registration });
  }
  return left;
};

/**
 * Where a spell that has ended led; null for an open one. Into a job: one is held on the day after, or the
 * registration ended for that reason and a job begins within thirty days.
 */
export const outcomeOf = ({ end, turns }: SearchSpell, jobs: readonly DaySpan[]): SearchOutcome | null => {
  if (end === Infinity) return null;
  if (coversDay(jobs, end)) return 'job';
  switch (turns.at(-1)?.registration.reason) {
    case 'job':
      return beginsWithin(jobs, end, end + daysToSeeTheJob + 1) ? 'job' : 'other';
    case 'training':
      return 'training';
    case 'lapsed':
      return 'lapsed';
    default:
      return 'other';
  }
};
