import type { Day } from '@karnama/kernel';
import type { Attributes } from '../country/facts.js';
import { best, groupedBy, type Known, type KnownFacts } from './known-facts.js';
import type { FactOf } from '../country/facts.js';

type Start = Known<FactOf<'job-start'>>;
type Change = Known<FactOf<'job-change'>>;
type End = Known<FactOf<'job-end'>>;

/** A spell: [start, end), with its start and the changes of its number. */
export type Spell = {
  readonly start: Day;
  readonly end: Day;
  readonly reason: string | null;
  readonly stated: Start;
  readonly changes: readonly Change[];
};

/** Spells of one person in one workshop that touch or overlap. */
export type TrueJob = {
  readonly person: string;
  readonly workshop: string;
  readonly start: Day;
  readonly end: Day;
  readonly reason: string | null;
  readonly sex: 'M' | 'F' | null;
  readonly spells: readonly Spell[];
};

const key = ({ person, spell }: { readonly person: string; readonly spell: string }): string =>
  `${person} ${spell}`;

/** Every spell that has at least one day. */
export const spellsOf = (known: KnownFacts): readonly Spell[] => {
  const changes = groupedBy(known.of('job-change'), key);
  const ends = groupedBy(known.of('job-end'), key);
  return known.of('job-start').flatMap((stated) => {
    const end = best<End>(
      ends.get(key(stated)) ?? [],
      (a, b) => a.lastDay > b.lastDay || (a.lastDay === b.lastDay && a.name > b.name),
    );
    const until = end === undefined ? Infinity : end.lastDay + 1;
    if (until <= stated.day) return [];
    return [
      {
        start: stated.day,
        end: until,
        reason: end?.reason ?? null,
        stated,
        changes: changes.get(key(stated)) ?? [],
      },
    ];
  });
};

const numberOf = ({ stated }: Spell): string => `${stated.spell} ${stated.name}`;

const jobOf = (spells: readonly Spell[]): TrueJob => {
  const last = best(spells, (a, b) => a.end > b.end || (a.end === b.end && numberOf(a) > numberOf(b)));
  const first = best(
    spells,
    (a, b) => a.start < b.start || (a.start === b.start && numberOf(a) < numberOf(b)),
  );
  if (last === undefined || first === undefined) throw new RangeError('a job needs a spell');
  return {
    person: first.stated.person,
    workshop: first.stated.workshop,
    start: first.start,
    end: last.end,
    reason: last.end === Infinity ? null : last.reason,
    sex: first.stated.sex,
    spells,
  };
};

/** The jobs that spells of one person and workshop make. */
export const jobsOfSpells = (spells: readonly Spell[]): readonly TrueJob[] => {
  const jobs: Spell[][] = [];
  let end = -Infinity;
  for (const spell of [...spells].sort((a, b) => a.start - b.start)) {
    if (spell.start <= end) jobs.at(-1)?.push(spell);
    else jobs.push([spell]);
    end = Math.max(end, spell.end);
  }
  return jobs.map(jobOf);
};

/** What the job is on a day. */
export const attributesOn = ({ spells }: TrueJob, day: Day): Attributes => {
  const spell = best(
    spells.filter(({ start }) => start <= day),
    (a, b) => a.start > b.start || (a.start === b.start && numberOf(a) > numberOf(b)),
  );
  if (spell === undefined) throw new RangeError('no such day in the job');
  const since = (change: Change): Day => Math.max(change.day, spell.start);
  const change = best(
    spell.changes.filter((c) => since(c) <= day),
    (a, b) => since(a) > since(b) || (since(a) === since(b) && a.name > b.name),
  );
  return change ?? spell.stated;
};

export const activeOn = ({ start, end }: { readonly start: Day; readonly end: Day }, day: Day): boolean =>
  start <= day && day < end;
