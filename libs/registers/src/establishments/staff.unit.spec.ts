import { describe, expect, it } from '@jest/globals';
import { fedEvent, recorded } from '@karnama/conformance';
import { formatDay, parseDay, type Json } from '@karnama/kernel';
import fc from 'fast-check';
import { enterpriseStaffRegister, spansOf, workshopStaffRegister } from './spells.js';
import { staffRegister, type Staff, type StaffTotals } from './staff.js';

type Told = { readonly type: string; readonly record: string; readonly data: Json };

const eventOf = ({ type, record, data }: Told, i: number) =>
  recorded(fedEvent(i + 1, type, data, { recordId: record }), BigInt(i + 1));

const partiesOf = (person: string) => ({
  person,
  spell: `s-${person}`,
  establishment: 'w',
  enterprise: 'e',
});
const started = (person: string, startDay: string, area = 'IR-23'): Told => ({
  type: 'EmploymentStarted',
  record: `start-${person}`,
  data: { ...partiesOf(person), startDay, area, reportedOn: '2024-06-01' },
});
const ended = (person: string, lastDay: string): Told => ({
  type: 'EmploymentEnded',
  record: `end-${person}`,
  data: { ...partiesOf(person), lastDay, reportedOn: '2024-06-01' },
});
const withdrawn = (recordId: string, person: string): Told => ({
  type: 'EmploymentRecordWithdrawn',
  record: `void-${recordId}`,
  data: { ...partiesOf(person), contract: 'contract', recordId, reportedOn: '2024-06-01' },
});

const workshop = staffRegister(workshopStaffRegister);
const enterprise = staffRegister(enterpriseStaffRegister);
const day = parseDay('2024-03-20');

const after = (told: readonly Told[], register = workshop, from = register.initial): Staff =>
  told.reduce((staff, one, i) => register.evolve(staff, eventOf(one, i)), from);
const listed = ({ begins, ends, employers, countries }: StaffTotals) =>
  [[...begins], [...ends], [...employers], [...countries]].map((tally) =>
    tally.sort(([a], [b]) => (a < b ? -1 : 1)),
  );

describe('the totals of a staff', () => {
  it('are jobs by first day and by first day away, and spells by employer and country', () => {
    const told = [
      started('p', '2024-03-20'),
      started('q', '2024-03-20', 'BR-MA'),
      ended('q', '2024-03-31'),
      started('r', '2024-03-22'),
    ];
    const totals = [
      [
        [day, 2],
        [day + 2, 1],
      ],
      [[day + 12, 1]],
    ];
    expect(listed(workshop.totals(after(told)))).toEqual([
      ...totals,
      [['w', 3]],
      [
        ['BR', 1],
        ['IR', 2],
      ],
    ]);
    expect(listed(enterprise.totals(after(told, enterprise)))).toEqual([...totals, [['e', 3]], []]);
  });

  it('hold nothing of what is withdrawn, nor of ends alone', () => {
    const none = [[], [], [], []];
    expect(listed(workshop.totals(workshop.initial))).toEqual(none);
    expect(listed(workshop.totals(after([ended('p', '2024-03-31')])))).toEqual(none);
    expect(listed(workshop.totals(after([started('p', '2024-03-20'), withdrawn('start-p', 'p')])))).toEqual(
      none,
    );
  });

  it('are worked out once for the same staff', () => {
    const staff = after([started('p', '2024-03-20')]);
    expect(workshop.totals(staff)).toBe(workshop.totals(staff));
  });

  it('are those of all its records, whenever they are stored on the way', () => {
    const person = fc.integer({ min: 0, max: 150 }).map((n) => `person ${n}`);
    const on = fc.integer({ min: day, max: day + 9 }).map((at) => formatDay(at));
    const told = fc.oneof(
      fc.tuple(person, on, fc.constantFrom('IR-23', 'BR')).map(([who, at, area]) => started(who, at, area)),
      fc.tuple(person, on).map(([who, at]) => ended(who, at)),
      person.map((who) => withdrawn(`start-${who}`, who)),
      person.map((who) => withdrawn(`end-${who}`, who)),
    );
    const batches = fc.array(fc.array(told, { maxLength: 30 }), { maxLength: 6 });
    fc.assert(
      fc.property(batches, (all) => {
        let staff = workshop.initial;
        let records = workshopStaffRegister.initial;
        for (const batch of all) {
          staff = workshop.decode(workshop.encode(after(batch, workshop, staff)));
          records = batch.reduce(
            (held, one, i) => workshopStaffRegister.evolve(held, eventOf(one, i)),
            records,
          );
          const { begins, ends, countries, employers } = workshop.totals(staff);
          const spans = spansOf(records);
          const expanded = (tally: ReadonlyMap<number, number>) =>
            [...tally].flatMap(([at, jobs]) => Array.from({ length: jobs }, () => at)).sort();
          expect(expanded(begins)).toEqual(spans.map(({ start }) => start).sort());
          expect(expanded(ends)).toEqual(spans.flatMap(({ end }) => (end === Infinity ? [] : [end])).sort());
          const starts = [...records.values()].flatMap(({ fact, withdrawn: isVoid }) =>
            fact?.type === 'EmploymentStarted' && !isVoid ? [String(fact.area)] : [],
          );
          expect(employers.get('w') ?? 0).toBe(starts.length);
          for (const country of ['IR', 'BR'])
            expect(countries.get(country) ?? 0).toBe(
              starts.filter((area) => area.startsWith(country)).length,
            );
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a staff', () => {
  it('stays the same object at repeats and at events of other types', () => {
    const told = [started('p', '2024-03-20'), withdrawn('x', 'q')];
    const staff = after(told);
    const stored = workshop.decode(workshop.encode(staff));
    for (const one of [...told, { ...started('z', '2024-03-20'), type: 'WageReported' }]) {
      expect(workshop.evolve(staff, eventOf(one, 9))).toBe(staff);
      expect(workshop.evolve(stored, eventOf(one, 9))).toBe(stored);
    }
  });

  it('names the records of all its spells, as they were stored and as they came since', () => {
    const stored = workshop.decode(
      workshop.encode(
        after([started('p', '2024-03-20'), started('q', '2024-03-20'), ended('q', '2024-03-31')]),
      ),
    );
    const staff = [withdrawn('end-q', 'q'), started('r', '2024-03-20')].reduce(
      (one, told, i) => workshop.evolve(one, eventOf(told, i + 3)),
      stored,
    );
    const named = (of: Staff) =>
      workshop
        .sources(of)
        .map(({ recordId, withdrawn: isVoid }) => `${recordId}${isVoid ? ' withdrawn' : ''}`)
        .sort();
    expect(named(workshop.initial)).toEqual([]);
    expect(named(stored)).toEqual(['end-q', 'start-p', 'start-q']);
    expect(named(staff)).toEqual(['end-q withdrawn', 'start-p', 'start-q', 'start-r']);
    expect(workshop.sources(workshop.decode(workshop.encode(staff)))).toEqual(workshop.sources(staff));
  });

  it('is written again as it was read, and only the buckets that changed are read', () => {
    const persons = Array.from({ length: 300 }, (_, i) => started(`p${i}`, '2024-03-20'));
    const stored = workshop.decode(workshop.encode(after(persons)));
    expect(stored.stored.size).toBeGreaterThan(50);
    expect(stored.stored.size).toBeLessThanOrEqual(64);
    expect(stored.changed.size).toBe(0);
    expect(workshop.encode(workshop.decode(workshop.encode(stored)))).toEqual(workshop.encode(stored));
    const told = workshop.evolve(stored, eventOf(ended('p7', '2024-03-31'), 1));
    expect(told.changed.size).toBe(1);
    const again = workshop.decode(workshop.encode(told));
    expect(again.stored.size).toBe(stored.stored.size);
    expect(listed(workshop.totals(again))).toEqual([
      [[day, 300]],
      [[day + 12, 1]],
      [['w', 300]],
      [['IR', 300]],
    ]);
  });
});
