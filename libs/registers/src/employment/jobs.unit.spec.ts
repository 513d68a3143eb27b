import { describe, expect, it } from '@jest/globals';
import { parseDay, parseMonth } from '@karnama/kernel';
import fc from 'fast-check';
import type { EndReason, JobAttributes } from './events.js';
import { attributesOn, isActiveOn, jobsOf, type Job } from './jobs.js';
import type { EmploymentFact, SpellStarted } from './register.js';

const base: JobAttributes = {
  area: 'IR-23',
  industry: null,
  occupation: null,
  contractType: null,
  weeklyHours: null,
  monthlyWage: null,
};

const started = (spell: string, day: string, more: Partial<SpellStarted> = {}): EmploymentFact => ({
  type: 'EmploymentStarted',
  spell,
  person: 'p',
  establishment: 'w',
  enterprise: 'e',
  day: parseDay(day),
  sex: 'F',
  birthMonth: null,
  ...base,
  ...more,
});
const changed = (spell: string, day: string, area: string, person = 'p'): EmploymentFact => ({
  type: 'EmploymentChanged',
  spell,
  person,
  day: parseDay(day),
  ...base,
  area,
});
const ended = (
  spell: string,
  lastDay: string,
  reason: EndReason | null = null,
  person = 'p',
): EmploymentFact => ({
  type: 'EmploymentEnded',
  spell,
  person,
  lastDay: parseDay(lastDay),
  reason,
});

const spansOf = (jobs: readonly Job[]): readonly (readonly [number, number])[] =>
  jobs.map(({ start, end }) => [start, end]);
const areasOf = ({ turns }: Job): readonly (readonly [number, string])[] =>
  turns.map(({ day, attributes }) => [day, attributes.area]);
const only = (jobs: readonly Job[]): Job => {
  expect(jobs).toHaveLength(1);
  return jobs[0] as Job;
};
const day = parseDay;

describe('a spell', () => {
  it('goes on until a record tells its end', () => {
    expect(jobsOf([started('1', '1403-05-10', { birthMonth: parseMonth('1370-04') })])).toEqual([
      {
        person: 'p',
        establishment: 'w',
        start: day('1403-05-10'),
        end: Infinity,
        reason: null,
        sex: 'F',
        birthMonth: parseMonth('1370-04'),
        spells: ['1'],
        turns: [
          {
            day: day('1403-05-10'),
            attributes: started('1', '1403-05-10', { birthMonth: parseMonth('1370-04') }),
          },
        ],
      },
    ]);
  });

  it('lasts up to and with its last day', () => {
    const job = only(jobsOf([ended('1', '1403-05-20', 'quit'), started('1', '1403-05-10')]));
    expect([job.start, job.end, job.reason]).toEqual([day('1403-05-10'), day('1403-05-21'), 'quit']);
    expect(
      ['1403-05-09', '1403-05-10', '1403-05-20', '1403-05-21'].map((at) => isActiveOn(job, day(at))),
    ).toEqual([false, true, true, false]);
  });

  it('may last one day; one that ends before it begins is none', () => {
    const one = only(jobsOf([started('1', '1403-05-10'), ended('1', '1403-05-10')]));
    expect(one.end - one.start).toBe(1);
    expect(jobsOf([started('1', '1403-05-10'), ended('1', '1403-05-09')])).toEqual([]);
    expect(jobsOf([ended('1', '1403-05-09'), changed('1', '1403-05-10', 'IR-07')])).toEqual([]);
  });

  it('ends with the latest last day told, and of two on one day with the record named last', () => {
    const start = started('1', '1403-01-01');
    const [early, late] = [ended('1', '1403-02-01', 'quit'), ended('1', '1403-03-01', 'layoff')];
    for (const facts of [
      [early, late, start],
      [late, early, start],
    ])
      expect(only(jobsOf(facts))).toMatchObject({ end: day('1403-03-02'), reason: 'layoff' });
    expect(only(jobsOf([ended('1', '1403-03-01', 'death'), late, start])).reason).toBe('layoff');
  });

  it('takes ends and changes of its own person and number alone', () => {
    const facts = [
      started('1', '1403-01-01'),
      ended('2', '1403-02-01'),
      ended('1', '1403-02-01', 'quit', 'q'),
      changed('1', '1403-02-01', 'IR-07', 'q'),
      changed('2', '1403-02-01', 'IR-08'),
    ];
    expect(only(jobsOf(facts))).toMatchObject({ end: Infinity, turns: [{ day: day('1403-01-01') }] });
  });
});

describe('a job', () => {
  const first = [started('1', '1403-01-01'), ended('1', '1403-06-31', 'non-renewal')];

  it('is made of spells that touch: a renewal is no new job', () => {
    const job = only(jobsOf([...first, started('2', '1403-07-01'), ended('2', '1403-12-30', 'layoff')]));
    expect(job).toMatchObject({
      start: day('1403-01-01'),
      end: day('1404-01-01'),
      reason: 'layoff',
      spells: ['1', '2'],
    });
  });

  it('ends where a day lies between two spells, unless as many days are bridged', () => {
    const facts = [...first, started('2', '1403-07-02')];
    expect(spansOf(jobsOf(facts))).toEqual([
      [day('1403-01-01'), day('1403-07-01')],
      [day('1403-07-02'), Infinity],
    ]);
    expect(spansOf(jobsOf(facts, 1))).toEqual([[day('1403-01-01'), Infinity]]);
    expect(jobsOf([...first, started('2', '1403-07-03')], 1)).toHaveLength(2);
    expect(jobsOf(facts)).toHaveLength(2);
  });

  it('is made of spells that overlap, up to the latest end of all', () => {
    const inner = [started('2', '1403-02-01', { sex: 'M' }), ended('2', '1403-02-10', 'quit')];
    const job = only(jobsOf([...inner, ...first, started('3', '1403-06-01'), ended('3', '1403-06-05')]));
    expect(job).toMatchObject({ end: day('1403-07-01'), reason: 'non-renewal', sex: 'F' });
    expect(job.spells).toEqual(['1', '2', '3']);
    expect(only(jobsOf([...inner, started('1', '1403-01-01')]))).toMatchObject({
      end: Infinity,
      reason: null,
    });
  });

  it('ends for the reason of the spell that ended last, then of the greater number', () => {
    const facts = (a: string, b: string): EmploymentFact[] => [
      started(a, '1403-01-01'),
      ended(a, '1403-06-31', 'quit'),
      started(b, '1403-02-01'),
      ended(b, '1403-06-31', 'death'),
    ];
    expect(only(jobsOf(facts('1', '2'))).reason).toBe('death');
    expect(only(jobsOf(facts('2', '1'))).reason).toBe('quit');
  });

  it('has sex and birth month of the spell that began first, then of the smaller number', () => {
    const [a, b] = [parseMonth('1370-01'), parseMonth('1380-01')];
    const at = (one: string, other: string): EmploymentFact[] => [
      started('2', one, { sex: 'M', birthMonth: a }),
      started('1', other, { sex: null, birthMonth: b }),
    ];
    expect(only(jobsOf(at('1403-01-01', '1403-01-02')))).toMatchObject({ sex: 'M', birthMonth: a });
    expect(only(jobsOf(at('1403-01-01', '1403-01-01')))).toMatchObject({ sex: null, birthMonth: b });
  });

  it('is one for each person and establishment; they come by start, establishment and person', () => {
    const facts = [
      started('1', '1403-02-01', { establishment: 'a' }),
      started('2', '1403-01-01', { establishment: 'c' }),
      started('3', '1403-01-01', { establishment: 'b', person: 'q' }),
      started('4', '1403-01-01', { establishment: 'b' }),
    ];
    const order = ['b p', 'b q', 'c p', 'a p'];
    for (const shuffled of [facts, [...facts].reverse()])
      expect(jobsOf(shuffled).map(({ establishment, person }) => `${establishment} ${person}`)).toEqual(
        order,
      );
  });

  it('is worked out once for the same facts and bridge', () => {
    expect(jobsOf(first)).toBe(jobsOf(first));
    expect(jobsOf(first, 0)).toBe(jobsOf(first));
    expect(jobsOf([...first])).not.toBe(jobsOf(first));
  });
});

describe('the attributes of a job', () => {
  it('are those of the start until a change', () => {
    const job = only(
      jobsOf([
        changed('1', '1403-03-01', 'IR-08'),
        changed('1', '1403-02-01', 'IR-07'),
        started('1', '1403-01-01'),
        ended('1', '1403-03-31'),
      ]),
    );
    expect(areasOf(job)).toEqual([
      [day('1403-01-01'), 'IR-23'],
      [day('1403-02-01'), 'IR-07'],
      [day('1403-03-01'), 'IR-08'],
    ]);
    const at = [
      '1402-01-01',
      '1403-01-01',
      '1403-01-31',
      '1403-02-01',
      '1403-02-31',
      '1403-03-01',
      '1404-01-01',
    ];
    expect(at.map((text) => attributesOn(job, day(text)).area)).toEqual([
      'IR-23',
      'IR-23',
      'IR-23',
      'IR-07',
      'IR-07',
      'IR-08',
      'IR-08',
    ]);
  });

  it('are those of a change on the day of the start or before it from the start on', () => {
    for (const at of ['1403-01-01', '1402-05-01'])
      expect(areasOf(only(jobsOf([changed('1', at, 'IR-07'), started('1', '1403-01-01')])))).toEqual([
        [day('1403-01-01'), 'IR-07'],
      ]);
  });

  it('are those of the record named last, of changes on one day and of all before the start', () => {
    const facts = [
      changed('1', '1402-05-01', 'IR-07'),
      changed('1', '1402-04-01', 'IR-08'),
      changed('1', '1403-02-01', 'IR-01'),
      changed('1', '1403-02-01', 'IR-02'),
      started('1', '1403-01-01'),
    ];
    expect(areasOf(only(jobsOf(facts)))).toEqual([
      [day('1403-01-01'), 'IR-08'],
      [day('1403-02-01'), 'IR-02'],
    ]);
  });

  it('do not change after the last day', () => {
    const facts = (at: string): EmploymentFact[] => [
      started('1', '1403-01-01'),
      changed('1', at, 'IR-07'),
      ended('1', '1403-02-10'),
    ];
    expect(areasOf(only(jobsOf(facts('1403-02-10'))))).toHaveLength(2);
    expect(areasOf(only(jobsOf(facts('1403-02-11'))))).toHaveLength(1);
  });

  it('are those of the spell that began last, also after its own end, then of the greater number', () => {
    const facts = [
      started('1', '1403-01-01'),
      changed('1', '1403-03-01', 'IR-01'),
      started('2', '1403-02-01', { area: 'IR-07' }),
      ended('2', '1403-02-05'),
      changed('2', '1403-04-01', 'IR-08'),
      started('0', '1403-02-01', { area: 'IR-09' }),
    ];
    expect(areasOf(only(jobsOf(facts)))).toEqual([
      [day('1403-01-01'), 'IR-23'],
      [day('1403-02-01'), 'IR-07'],
      [day('1403-04-01'), 'IR-08'],
    ]);
  });

  it('change with a renewal, and not on the days that are bridged before it', () => {
    const facts = [
      started('1', '1403-01-01'),
      ended('1', '1403-01-10'),
      started('2', '1403-01-15', { area: 'IR-07' }),
    ];
    const job = only(jobsOf(facts, 4));
    expect(attributesOn(job, day('1403-01-14')).area).toBe('IR-23');
    expect(attributesOn(job, day('1403-01-15')).area).toBe('IR-07');
  });
});

describe('any spells', () => {
  const spell = fc.record({ start: fc.nat(30), length: fc.integer({ min: -2, max: 12 }) });

  it('cover with their jobs exactly the days they cover themselves, in spans that do not touch', () =>
    fc.assert(
      fc.property(fc.array(spell, { maxLength: 6 }), (spells) => {
        const from = day('1403-01-01');
        const facts = spells.flatMap(({ start, length }, i): EmploymentFact[] => [
          { ...(started(String(i), '1403-01-01') as SpellStarted), day: from + start },
          {
            type: 'EmploymentEnded',
            spell: String(i),
            person: 'p',
            lastDay: from + start + length - 1,
            reason: null,
          },
        ]);
        const jobs = jobsOf(facts);
        for (let at = -1; at < 45; at++)
          expect(jobs.filter((job) => isActiveOn(job, from + at)).length).toBe(
            spells.some(({ start, length }) => start <= at && at < start + length) ? 1 : 0,
          );
        jobs.forEach((job, i) => {
          expect(job.turns[0]?.day).toBe(job.start);
          expect(job.start).toBeGreaterThan(jobs[i - 1]?.end ?? -Infinity);
        });
      }),
    ));
});
