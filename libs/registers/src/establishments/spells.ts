import { parseDay, recordRegister, type Day, type FactShape, type Records } from '@karnama/kernel';
import type { EmploymentEnded, EmploymentStarted } from '../employment/events.js';

/**
 * A spell began on `day`. An employer has thousands of them and is told of often: no more is kept than
 * its figures need.
 */
export type StaffStarted = {
  readonly type: 'EmploymentStarted';
  readonly person: string;
  readonly spell: string;
  readonly establishment: string;
  /** Kept for enterprises. */
  readonly enterprise?: string;
  readonly day: Day;
  /** Kept for establishments. */
  readonly area?: string;
};

/** A spell ended; `lastDay` is its last day. */
export type StaffEnded = {
  readonly type: 'EmploymentEnded';
  readonly person: string;
  readonly spell: string;
  readonly lastDay: Day;
};

export type StaffFact = StaffStarted | StaffEnded;

const ended: FactShape<StaffFact> = {
  fields: ['person', 'spell', 'lastDay'],
  fact(data) {
    const { person, spell, lastDay } = data as EmploymentEnded;
    return { type: 'EmploymentEnded', person, spell, lastDay: parseDay(lastDay) };
  },
};

const workshopStarted: FactShape<StaffFact> = {
  fields: ['person', 'spell', 'establishment', 'day', 'area'],
  fact(data) {
    const { person, spell, establishment, startDay, area } = data as EmploymentStarted;
    return { type: 'EmploymentStarted', person, spell, establishment, day: parseDay(startDay), area };
  },
};

const enterpriseStarted: FactShape<StaffFact> = {
  fields: ['person', 'spell', 'establishment', 'enterprise', 'day'],
  fact(data) {
    const { person, spell, establishment, enterprise, startDay } = data as EmploymentStarted;
    return { type: 'EmploymentStarted', person, spell, establishment, enterprise, day: parseDay(startDay) };
  },
};

const withdrawal = 'EmploymentRecordWithdrawn';

/** Spells of employment in one workshop: when they began and ended. Changes and wages pass it by. */
export const workshopStaffRegister = recordRegister<StaffFact>(
  { EmploymentStarted: workshopStarted, EmploymentEnded: ended },
  withdrawal,
);

/** Spells of employment in the workshops of one enterprise. */
export const enterpriseStaffRegister = recordRegister<StaffFact>(
  { EmploymentStarted: enterpriseStarted, EmploymentEnded: ended },
  withdrawal,
);

/** From when to when a job was there: [start, end), `end` Infinity while it is open. */
export type Span = { readonly start: Day; readonly end: Day };

const separator = '\u001f';

const known = new WeakMap<object, readonly Span[]>();

/**
 * The spans of the jobs that records tell of, by the rule of `jobsOf`: a job is a person in an
 * establishment without a gap. In no particular order. Worked out once for each set of records.
 */
export const spansOf = (records: Records<StaffFact>): readonly Span[] => {
  let spans = known.get(records);
  if (spans === undefined) {
    spans = worked(records);
    known.set(records, spans);
  }
  return spans;
};

const worked = (records: Records<StaffFact>): readonly Span[] => {
  const ends = endsOf(records);
  const byParties = new Map<string, Span[]>();
  for (const { fact, withdrawn } of records.values()) {
    if (fact?.type !== 'EmploymentStarted' || withdrawn) continue;
    const end = (ends.get(fact.person + separator + fact.spell) ?? Infinity) + 1;
    if (end <= fact.day) continue;
    const parties = fact.person + separator + fact.establishment;
    const others = byParties.get(parties);
    if (others === undefined) byParties.set(parties, [{ start: fact.day, end }]);
    else others.push({ start: fact.day, end });
  }
  const spans: Span[] = [];
  for (const spells of byParties.values()) joinInto(spans, spells);
  return spans;
};

/** Latest last day of each spell that has one. */
const endsOf = (records: Records<StaffFact>): Map<string, Day> => {
  const ends = new Map<string, Day>();
  for (const { fact, withdrawn } of records.values()) {
    if (fact?.type !== 'EmploymentEnded' || withdrawn) continue;
    const key = fact.person + separator + fact.spell;
    ends.set(key, Math.max(fact.lastDay, ends.get(key) ?? -Infinity));
  }
  return ends;
};

/** Spells that touch or overlap become one span. */
const joinInto = (spans: Span[], spells: Span[]): void => {
  spells.sort((a, b) => a.start - b.start);
  let [{ start, end }] = spells as [Span];
  for (const spell of spells) {
    if (spell.start > end) {
      spans.push({ start, end });
      ({ start, end } = spell);
    }
    end = Math.max(end, spell.end);
  }
  spans.push({ start, end });
};
