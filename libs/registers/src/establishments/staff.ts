import {
  recordKey,
  sourcesOf,
  type Day,
  type Json,
  type RecordedEvent,
  type RecordRegister,
  type Records,
  type RecordSource,
} from '@karnama/kernel';
import type { JobParties } from '../employment/events.js';
import { spansOf, type StaffFact } from './spells.js';

/** How many there are of each; what there is none of is absent. */
export type Tally<K> = ReadonlyMap<K, number>;

/** What is counted of the staff of one employer. */
export type StaffTotals = {
  /** Jobs by their first day. */
  readonly begins: Tally<Day>;
  /** Jobs by the first day on which they are not there. */
  readonly ends: Tally<Day>;
  /** Spells in force by the employer they name: one, by its code, or none. */
  readonly employers: Tally<string>;
  /** Spells in force by the country of their area; empty where areas are not kept. */
  readonly countries: Tally<string>;
};

/**
 * The spells of an employer. It may have tens of thousands and is told of one at a time; so they lie in
 * buckets by person, read only when one of their persons is told of, with the totals of all beside them.
 */
export type Staff = {
  /** Totals of the buckets as they were stored. */
  readonly base: StaffTotals;
  /** Buckets as text, by number. */
  readonly stored: ReadonlyMap<number, string>;
  /** Buckets that are no longer as they were stored. */
  readonly changed: ReadonlyMap<number, Records<StaffFact>>;
};

/** The staff as a register keeps it: `evolve` returns the same object when an event changes nothing. */
export type StaffRegister = {
  readonly initial: Staff;
  evolve(staff: Staff, event: RecordedEvent): Staff;
  /** Whether an event that changes the staff mends what was told before; as of a register of records. */
  corrects(staff: Staff, event: RecordedEvent): boolean;
  /** The records of all spells. */
  sources(staff: Staff): readonly RecordSource[];
  /** Worked out once for each staff. */
  totals(staff: Staff): StaffTotals;
  /** Lines without line breaks in them. */
  encode(staff: Staff): string[];
  decode(lines: readonly string[]): Staff;
};

const buckets = 64;

type Mutable = { [K in keyof StaffTotals]: Map<K extends 'begins' | 'ends' ? Day : string, number> };

const count = <K>(tally: Map<K, number>, of: K, sign: 1 | -1): void => {
  const sum = (tally.get(of) ?? 0) + sign;
  if (sum === 0) tally.delete(of);
  else tally.set(of, sum);
};

const countAll = (totals: Mutable, records: Records<StaffFact>, sign: 1 | -1): void => {
  for (const { start, end } of spansOf(records)) {
    count(totals.begins, start, sign);
    if (end !== Infinity) count(totals.ends, end, sign);
  }
  for (const { fact, withdrawn } of records.values()) {
    if (fact?.type !== 'EmploymentStarted' || withdrawn) continue;
    count(totals.employers, fact.enterprise ?? fact.establishment, sign);
    if (fact.area !== undefined) count(totals.countries, fact.area.slice(0, 2), sign);
  }
};

/** @param register keeps the spells of a bucket; of enterprises when their starts hold the enterprise */
export const staffRegister = (register: RecordRegister<StaffFact>): StaffRegister => {
  const known = new WeakMap<Staff, StaffTotals>();
  const storedBucket = ({ stored }: Staff, at: number): Records<StaffFact> => {
    const text = stored.get(at);
    return text === undefined ? register.initial : register.decode(JSON.parse(text) as Json);
  };

  const bucketOf = ({ data }: RecordedEvent): number => recordKey((data as JobParties).person) % buckets;
  const bucket = (staff: Staff, at: number): Records<StaffFact> =>
    staff.changed.get(at) ?? storedBucket(staff, at);

  const totals = (staff: Staff): StaffTotals => {
    if (staff.changed.size === 0) return staff.base;
    const done = known.get(staff);
    if (done !== undefined) return done;
    const { begins, ends, employers, countries } = staff.base;
    const sums: Mutable = {
      begins: new Map(begins),
      ends: new Map(ends),
      employers: new Map(employers),
      countries: new Map(countries),
    };
    for (const [at, records] of staff.changed) {
      countAll(sums, storedBucket(staff, at), -1);
      countAll(sums, records, 1);
    }
    known.set(staff, sums);
    return sums;
  };

  return {
    initial: {
      base: { begins: new Map(), ends: new Map(), employers: new Map(), countries: new Map() },
      stored: new Map(),
      changed: new Map(),
    },
    evolve(staff, event) {
      if (!register.knows(event.type)) return staff;
      const at = bucketOf(event);
      const before = bucket(staff, at);
      const after = register.evolve(before, event);
      return after === before ? staff : { ...staff, changed: new Map(staff.changed).set(at, after) };
    },
    corrects: (staff, event) => register.corrects(bucket(staff, bucketOf(event)), event),
    totals,
    sources: (staff) =>
      [...new Set([...staff.stored.keys(), ...staff.changed.keys()])]
        .sort((a, b) => a - b)
        .flatMap((at) => sourcesOf(bucket(staff, at))),
    encode(staff) {
      const { begins, ends, employers, countries } = totals(staff);
      const lines = [JSON.stringify([[...begins], [...ends], [...employers], [...countries]])];
      for (const [at, text] of staff.stored) if (!staff.changed.has(at)) lines.push(`${at} ${text}`);
      for (const [at, records] of staff.changed)
        lines.push(`${at} ${JSON.stringify(register.encode(records))}`);
      return lines;
    },
    decode([head = '', ...lines]) {
      const [begins, ends, employers, countries] = JSON.parse(head) as [
        [Day, number][],
        [Day, number][],
        [string, number][],
        [string, number][],
      ];
      return {
        base: {
          begins: new Map(begins),
          ends: new Map(ends),
          employers: new Map(employers),
          countries: new Map(countries),
        },
        stored: new Map(
          lines.map((line) => {
            const cut = line.indexOf(' ');
            return [Number(line.slice(0, cut)), line.slice(cut + 1)];
          }),
        ),
        changed: new Map(),
      };
    },
  };
};
