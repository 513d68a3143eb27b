import type { Day, Month } from '@karnama/kernel';
import type { EndReason, JobAttributes } from './events.js';
import type { EmploymentFact, SpellChanged, SpellEnded, SpellStarted } from './register.js';

/** From `day` on the attributes are these. */
export type Turn = { readonly day: Day; readonly attributes: JobAttributes };

/**
 * A person in an establishment without a gap: spells that touch or overlap are one job, so that a
 * renewal is no hire and no separation.
 */
export type Job = {
  readonly person: string;
  readonly establishment: string;
  /** First day. */
  readonly start: Day;
  /** The day after the last one; Infinity while it is open. */
  readonly end: Day;
  /** Why it ended; null when that is unknown or it is open. */
  readonly reason: EndReason | null;
  readonly sex: 'M' | 'F' | null;
  /** In the calendar in which it was given. */
  readonly birthMonth: Month | null;
  /** Numbers of the spells it is made of. */
  readonly spells: readonly string[];
  /** Days of the job on which attributes change (ascending, the first is `start`). */
  readonly turns: readonly Turn[];
};

type Spell = {
  readonly fact: SpellStarted;
  readonly end: Day;
  readonly reason: EndReason | null;
  readonly changes: readonly SpellChanged[];
};

const known = new WeakMap<object, { readonly bridgeDays: number; readonly jobs: readonly Job[] }>();

/**
 * The jobs that facts in force tell of, ordered by start, establishment and person. What has no start,
 * and spells that end before they begin, are left out. Worked out once for each array of facts.
 * @param facts in the order of their records' names, as `factsInForce` gives them
 * @param bridgeDays days without a spell that do not end a job
 */
export const jobsOf = (facts: readonly EmploymentFact[], bridgeDays = 0): readonly Job[] => {
  const memo = known.get(facts);
  if (memo?.bridgeDays === bridgeDays) return memo.jobs;
  const jobs: Job[] = [];
  for (const spells of spellsByParties(facts))
    for (const run of runsOf(spells, bridgeDays)) jobs.push(jobOf(run));
  jobs.sort(
    (a, b) => a.start - b.start || compare(a.establishment, b.establishment) || compare(a.person, b.person),
  );
  known.set(facts, { bridgeDays, jobs });
  return jobs;
};

/** What the job is on a day; before its start what it is on its start, after its end what it was last. */
export const attributesOn = (job: Job, day: Day): JobAttributes => {
  const { turns } = job;
  let at = turns.length - 1;
  while (at > 0 && (turns[at] as Turn).day > day) at -= 1;
  return (turns[at] as Turn).attributes;
};

/** Whether the job is there on a day. */
export const isActiveOn = (job: Job, day: Day): boolean => job.start <= day && day < job.end;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Separates parts of a key: no code of an agency holds it. */
const separator = '\u001f';

const spellKey = ({ person, spell }: { person: string; spell: string }): string =>
  `${person}${separator}${spell}`;

/** Spells of the same person and establishment, by start, then spell number, then record name. */
const spellsByParties = (facts: readonly EmploymentFact[]): Iterable<Spell[]> => {
  const ends = new Map<string, SpellEnded>();
  const changes = new Map<string, SpellChanged[]>();
  for (const fact of facts) {
    if (fact.type === 'EmploymentEnded') {
      const other = ends.get(spellKey(fact));
      if (other === undefined || fact.lastDay >= other.lastDay) ends.set(spellKey(fact), fact);
    } else if (fact.type === 'EmploymentChanged') {
      const others = changes.get(spellKey(fact));
      if (others === undefined) changes.set(spellKey(fact), [fact]);
      else others.push(fact);
    }
  }
  const byParties = new Map<string, Spell[]>();
  for (const fact of facts) {
    if (fact.type !== 'EmploymentStarted') continue;
    const ended = ends.get(spellKey(fact));
    const end = ended === undefined ? Infinity : ended.lastDay + 1;
    if (end <= fact.day) continue;
    const spell = { fact, end, reason: ended?.reason ?? null, changes: changes.get(spellKey(fact)) ?? [] };
    const parties = `${fact.person}${separator}${fact.establishment}`;
    const others = byParties.get(parties);
    if (others === undefined) byParties.set(parties, [spell]);
    else others.push(spell);
  }
  for (const spells of byParties.values())
    if (spells.length > 1)
      spells.sort((a, b) => a.fact.day - b.fact.day || compare(a.fact.spell, b.fact.spell));
  return byParties.values();
};

/** Spells in runs without a gap of more than `bridgeDays`. */
const runsOf = (spells: readonly Spell[], bridgeDays: number): Spell[][] => {
  const runs: Spell[][] = [];
  let end = -Infinity;
  for (const spell of spells) {
    if (spell.fact.day <= end + bridgeDays) (runs.at(-1) as Spell[]).push(spell);
    else runs.push([spell]);
    end = Math.max(end, spell.end);
  }
  return runs;
};

const jobOf = (run: readonly Spell[]): Job => {
  const [first] = run as [Spell];
  let last = first;
  for (const spell of run)
    if (spell.end > last.end || (spell.end === last.end && spell.fact.spell >= last.fact.spell)) last = spell;
  const { person, establishment, day, sex, birthMonth } = first.fact;
  const { end, reason } = last;
  const spells = run.map(({ fact }) => fact.spell);
  return {
    person,
    establishment,
    start: day,
    end,
    reason,
    sex,
    birthMonth,
    spells,
    turns: turnsOf(run, end),
  };
};

/**
 * Of each day the spell with the latest start says what the job is, also when it ended before one that
 * began earlier.
 */
const turnsOf = (run: readonly Spell[], end: Day): Turn[] => {
  const turns: Turn[] = [];
  for (let i = 0; i < run.length; i++) {
    const { fact, changes } = run[i] as Spell;
    const until = run[i + 1]?.fact.day ?? end;
    if (until <= fact.day) continue;
    turns.push({ day: fact.day, attributes: fact });
    if (changes.length > 0) turnsOfChanges(turns, fact, changes, until);
  }
  return turns;
};

/** A change before the start counts on the start; of several on one day the one with the greatest record name. */
const turnsOfChanges = (
  turns: Turn[],
  start: SpellStarted,
  changes: readonly SpellChanged[],
  until: Day,
): void => {
  const dated = changes.map((fact) => ({ day: Math.max(fact.day, start.day), attributes: fact }));
  // stable: changes of one day stay in the order of their records' names
  for (const turn of dated.sort((a, b) => a.day - b.day)) {
    if (turn.day >= until) return;
    if ((turns.at(-1) as Turn).day === turn.day) turns[turns.length - 1] = turn;
    else turns.push(turn);
  }
};
