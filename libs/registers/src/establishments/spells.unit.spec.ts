import { describe, expect, it } from '@jest/globals';
import { fedEvent, recorded } from '@karnama/conformance';
import { factsInForce, formatDay, parseDay, type Json, type Records } from '@karnama/kernel';
import fc from 'fast-check';
import { jobsOf } from '../employment/jobs.js';
import { employmentRegister } from '../employment/register.js';
import { enterpriseStaffRegister, spansOf, workshopStaffRegister, type StaffFact } from './spells.js';

type Told = { readonly type: string; readonly record: string; readonly data: Json };

const eventOf = ({ type, record, data }: Told, i: number) =>
  recorded(fedEvent(i + 1, type, data, { recordId: record }), BigInt(i + 1));

const after = (register: typeof workshopStaffRegister, told: readonly Told[]): Records<StaffFact> =>
  told.reduce((records, one, i) => register.evolve(records, eventOf(one, i)), register.initial);

const parties = { person: 'p', spell: '1', establishment: 'w', enterprise: 'e' };
const attributes = {
  area: 'IR-23',
  industry: 'ISIC4:C',
  occupation: null,
  contractType: null,
  weeklyHours: 4400,
  monthlyWage: 1,
};
const started = (record: string, startDay: string, whose: object = {}): Told => ({
  type: 'EmploymentStarted',
  record,
  data: {
    ...parties,
    ...attributes,
    startDay,
    sex: 'F',
    birthMonth: null,
    reportedOn: '2024-06-01',
    ...whose,
  },
});
const ended = (record: string, lastDay: string, whose: object = {}): Told => ({
  type: 'EmploymentEnded',
  record,
  data: { ...parties, lastDay, reason: null, reportedOn: '2024-06-01', ...whose },
});
const withdrawn = (recordId: string): Told => ({
  type: 'EmploymentRecordWithdrawn',
  record: `w-${recordId}`,
  data: { ...parties, contract: 'contract', recordId, reportedOn: '2024-06-01' },
});

const day = parseDay('2024-03-20');
const spans = (...told: readonly Told[]) =>
  [...spansOf(after(workshopStaffRegister, told))].sort((a, b) => a.start - b.start);

describe('the spells that an employer keeps', () => {
  it('hold no more than is counted: a workshop the area, an enterprise its own id', () => {
    const told = [started('a', '2024-03-20'), ended('b', '2024-04-01')];
    const end = { type: 'EmploymentEnded', person: 'p', spell: '1', lastDay: day + 12 };
    const start = { type: 'EmploymentStarted', person: 'p', spell: '1', establishment: 'w', day };
    const facts = (register: typeof workshopStaffRegister) => factsInForce(after(register, told));
    expect(facts(workshopStaffRegister)).toEqual([{ ...start, area: 'IR-23' }, end]);
    expect(facts(enterpriseStaffRegister)).toEqual([{ ...start, enterprise: 'e' }, end]);
  });

  it.each([workshopStaffRegister, enterpriseStaffRegister])(
    'come back from storage as they were',
    (register) => {
      const records = after(register, [started('a', '2024-03-20'), ended('b', '2024-04-01'), withdrawn('b')]);
      expect(register.decode(JSON.parse(JSON.stringify(register.encode(records))) as Json)).toEqual(records);
    },
  );

  it('know nothing of wages and changes', () => {
    for (const register of [workshopStaffRegister, enterpriseStaffRegister]) {
      expect(register.knows('WageReported')).toBe(false);
      expect(register.knows('EmploymentChanged')).toBe(false);
      expect(register.knows('EmploymentRecordWithdrawn')).toBe(true);
    }
  });
});

describe('the spans of jobs', () => {
  it('last from the first day to the day after the last', () => {
    expect(spans(ended('b', '2024-04-01'), started('a', '2024-03-20'))).toEqual([
      { start: day, end: day + 13 },
    ]);
  });

  it('are open without an end, and none without a start', () => {
    expect(spans(started('a', '2024-03-20'))).toEqual([{ start: day, end: Infinity }]);
    expect(spans(ended('b', '2024-04-01'))).toEqual([]);
  });

  it('may be of one day; what ends before it begins counts nothing', () => {
    expect(spans(started('a', '2024-03-20'), ended('b', '2024-03-20'))).toEqual([
      { start: day, end: day + 1 },
    ]);
    expect(spans(started('a', '2024-03-20'), ended('b', '2024-03-19'))).toEqual([]);
  });

  it('end with the latest end that is in force', () => {
    const told = [started('a', '2024-03-20'), ended('c', '2024-04-10'), ended('b', '2024-04-01')];
    expect(spans(...told)).toEqual([{ start: day, end: day + 22 }]);
    expect(spans(...told, withdrawn('c'))).toEqual([{ start: day, end: day + 13 }]);
    expect(spans(...told, withdrawn('c'), withdrawn('b'))).toEqual([{ start: day, end: Infinity }]);
    expect(spans(...told, withdrawn('a'))).toEqual([]);
  });

  it('take ends of their own spell and person alone', () => {
    const other = [ended('b', '2024-04-01', { spell: '2' }), ended('c', '2024-04-01', { person: 'q' })];
    expect(spans(started('a', '2024-03-20'), ...other)).toEqual([{ start: day, end: Infinity }]);
  });

  it('join spells that touch, of a person in a workshop', () => {
    const first = [started('a', '2024-03-20'), ended('b', '2024-03-31')];
    const next = (on: string, whose: object) => started('c', on, { spell: '2', ...whose });
    expect(spans(...first, next('2024-04-01', {}))).toEqual([{ start: day, end: Infinity }]);
    expect(spans(...first, next('2024-04-02', {}))).toEqual([
      { start: day, end: day + 12 },
      { start: day + 13, end: Infinity },
    ]);
    for (const whose of [{ person: 'q' }, { establishment: 'x' }])
      expect(spans(...first, next('2024-04-01', whose))).toHaveLength(2);
  });

  it('last as long as the longest of overlapping spells', () => {
    const told = [
      started('a', '2024-03-20'),
      ended('b', '2024-04-30'),
      started('c', '2024-03-25', { spell: '2' }),
      ended('d', '2024-04-01', { spell: '2' }),
      started('e', '2024-04-30', { spell: '3' }),
      ended('f', '2024-05-01', { spell: '3' }),
    ];
    expect(spans(...told.toReversed())).toEqual([{ start: day, end: day + 43 }]);
  });

  it('are worked out once for the same records', () => {
    const records = after(workshopStaffRegister, [started('a', '2024-03-20')]);
    expect(spansOf(records)).toBe(spansOf(records));
  });

  it('are those of the jobs that the person register makes of the same records', () => {
    const on = fc.integer({ min: day, max: day + 12 }).map((at) => formatDay(at));
    const whose = fc.record({
      person: fc.constantFrom('p', 'q'),
      spell: fc.constantFrom('1', '2', '3'),
      establishment: fc.constantFrom('w', 'x'),
    });
    const record = fc.nat(40).map((n) => `r${n}`);
    const told = fc.oneof(
      fc.tuple(record, on, whose).map(([name, at, of]) => started(name, at, of)),
      fc.tuple(record, on, whose).map(([name, at, of]) => ended(name, at, of)),
      record.map((name) => withdrawn(name)),
    );
    fc.assert(
      fc.property(fc.array(told, { maxLength: 14 }), (all) => {
        const jobs = jobsOf(
          factsInForce(
            all.reduce(
              (held, one, i) => employmentRegister.evolve(held, eventOf(one, i)),
              employmentRegister.initial,
            ),
          ),
        );
        const byBoth = (a: { start: number; end: number }, b: typeof a) =>
          a.start - b.start || (a.end < b.end ? -1 : 1);
        for (const register of [workshopStaffRegister, enterpriseStaffRegister])
          expect([...spansOf(after(register, all))].sort(byBoth)).toEqual(
            jobs.map(({ start, end }) => ({ start, end })).sort(byBoth),
          );
      }),
      { numRuns: 300 },
    );
  });
});
