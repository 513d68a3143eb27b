import { describe, expect, it } from '@jest/globals';
import { dayOf, parseMonth, type Day } from '@karnama/kernel';
import type { Agency } from '../country/agencies.js';
import type { Fact } from '../country/facts.js';
import type { SimulatedRecord } from '../country/records.js';
import { newCounters, type Counters } from './counters.js';
import { countRecords } from './truth-of-country.js';

const day = (text: string): Day => dayOf(text) ?? NaN;
const month = parseMonth;

const first = month('1403-01');
const horizon = month('1404-12');

const attributes = {
  area: 'IR:2301',
  industry: 'ISIC4:C',
  occupation: 'ISCO08:7212',
  contractType: 'fixed-term',
  weeklyHours: 4400,
  monthlyWage: 100_000_000,
};
const parties = (spell: string) => ({ spell, person: 'P', workshop: 'W', enterprise: 'E' });
const traits = { sex: 'F', birthMonth: month('1370-01') } as const;

const start = (spell: string, from: string): Fact => ({
  kind: 'job-start',
  day: day(from),
  ...parties(spell),
  ...traits,
  ...attributes,
});
const end = (spell: string, last: string, reason = 'quit'): Fact => ({
  kind: 'job-end',
  lastDay: day(last),
  reason,
  ...parties(spell),
});

/** Records that each came in once, in the first month. */
const records = (facts: readonly Fact[], agency: Agency = 'social-insurance'): SimulatedRecord[] =>
  facts.map((fact, i) => ({
    agency,
    id: `r${String(i).padStart(3, '0')}`,
    versions: [{ version: 1, fact, reported: day('1403-01-15'), delivered: [first] }],
    withdrawal: null,
    broken: null,
  }));

const counted = (facts: readonly Fact[] | readonly SimulatedRecord[], at = horizon): Counters => {
  const counters = newCounters(first, at);
  const list = facts.map((one) => ('versions' in one ? [one] : records([one]))).flat();
  // names of records given as facts are those of their place in the list
  countRecords(
    counters,
    list.map((one, i) => ('versions' in (facts[i] ?? {}) ? one : { ...one, id: `r${i}` })),
    {
      first,
      horizon: at,
    },
  );
  return counters;
};

const at = (counters: Counters, name: string, label: string, group = 'IR-23'): number =>
  Number(counters.at(name, group, month(label)));

describe('the jobs that a renewal at Nowruz makes', () => {
  // 1403 is a leap year: its last day is 30 Esfand
  const renewed = counted([start('1', '1403-02-10'), end('1', '1403-12-30'), start('2', '1404-01-01')]);

  it('are one: no hire, no separation, a job at every month’s end', () => {
    expect(at(renewed, 'hires', '1403-02')).toBe(1);
    expect(at(renewed, 'hires', '1404-01')).toBe(0);
    expect(at(renewed, 'separations', '1404-01')).toBe(0);
    expect([
      at(renewed, 'jobs', '1403-01'),
      at(renewed, 'jobs', '1403-12'),
      at(renewed, 'jobs', '1404-01'),
    ]).toEqual([0, 1, 1]);
  });

  it('go on in their tenure', () => {
    // 10 Ordibehesht 1403 to 1 Ordibehesht 1404: eleven full months
    expect(at(renewed, 'jobs by tenure M6T11', '1404-01')).toBe(1);
    expect(at(renewed, 'jobs by tenure M12T23', '1404-02')).toBe(1);
  });

  it('are two with a day between: the second is a recall', () => {
    const two = counted([start('1', '1403-02-10'), end('1', '1403-12-29'), start('2', '1404-01-01')]);
    expect(at(two, 'separations', '1403-12')).toBe(1);
    expect(at(two, 'hires', '1404-01')).toBe(1);
    expect(at(two, 'recalls', '1404-01')).toBe(1);
  });

  it('separate in the month after the last day when that is the last of its month', () => {
    const left = counted([start('1', '1403-02-10'), end('1', '1403-12-30')]);
    expect(at(left, 'jobs', '1403-12')).toBe(1);
    expect(at(left, 'separations', '1404-01')).toBe(1);
    expect(at(left, 'quits', '1404-01')).toBe(1);
  });

  it('are stable in the quarters that they fill, with a day to spare at both ends', () => {
    expect(['1403-03', '1403-06', '1403-09', '1404-12'].map((m) => at(renewed, 'stable', m))).toEqual([
      0, 1, 1, 1,
    ]);
  });
});

describe('what the truth knows at a release', () => {
  const [job] = records([start('1', '1403-02-10')]);
  const one = job as SimulatedRecord;
  const [, late] = [first, month('1403-05')];

  it('is nothing before the record came in', () => {
    const [version] = one.versions;
    const record = { ...one, versions: [{ ...version, delivered: [late] }] } as SimulatedRecord;
    expect(at(counted([record], late - 1), 'jobs', '1403-03')).toBe(0);
    expect(at(counted([record], late), 'jobs', '1403-03')).toBe(1);
  });

  it('is the highest version that came in', () => {
    const moved = { ...(one.versions[0] as SimulatedRecord['versions'][number]) };
    const version = { ...moved, version: 2, fact: { ...start('1', '1403-03-10') }, delivered: [late] };
    const record = { ...one, versions: [...one.versions, version] };
    expect(at(counted([record], late - 1), 'hires', '1403-02')).toBe(1);
    expect(at(counted([record], late), 'hires', '1403-02')).toBe(0);
    expect(at(counted([record], late), 'hires', '1403-03')).toBe(1);
  });

  it('is nothing of a record once it is withdrawn', () => {
    const record = { ...one, withdrawal: { id: 'w', reported: day('1403-05-03'), delivered: [late] } };
    expect(at(counted([record], late - 1), 'jobs', '1403-03')).toBe(1);
    expect(at(counted([record], late), 'jobs', '1403-03')).toBe(0);
  });
});

describe('a search', () => {
  const registered: Fact = {
    kind: 'jobseeker',
    registration: 'r1',
    person: 'P',
    day: day('1403-01-20'),
    area: 'IR-07',
    education: '3',
    occupation: null,
    ...traits,
  };
  const left: Fact = {
    kind: 'jobseeker-end',
    registration: 'r1',
    person: 'P',
    lastDay: day('1403-06-31'),
    reason: 'job',
  };

  it('ends with the first day in a job, and has found it', () => {
    const found = counted([registered, start('1', '1403-05-05')]);
    expect(at(found, 'jobseekers', '1403-04', 'IR-07')).toBe(1);
    expect(at(found, 'jobseekers', '1403-05', 'IR-07')).toBe(0);
    expect(at(found, 'outflow to jobs', '1403-05', 'IR-07')).toBe(1);
    // 20 Farvardin to 5 Mordad: three full months
    expect(at(found, 'searches found 3', '1403-01', 'IR-07')).toBe(1);
    expect(at(found, 'placed within 6', '1403-01', 'IR-07')).toBe(1);
  });

  it('has found a job that starts up to thirty days after it was left for one', () => {
    // out on 1 Mehr; thirty days later is 1 Aban
    const within = counted([registered, left, start('1', '1403-08-01')]);
    expect(at(within, 'outflow to jobs', '1403-07', 'IR-07')).toBe(1);
    const later = counted([registered, left, start('1', '1403-08-02')]);
    expect(at(later, 'outflow', '1403-07', 'IR-07')).toBe(1);
    expect(at(later, 'outflow to jobs', '1403-07', 'IR-07')).toBe(0);
    expect(at(later, 'searches censored 5', '1403-01', 'IR-07')).toBe(1);
  });

  it('begins again after a job', () => {
    const again = counted([registered, start('1', '1403-02-01'), end('1', '1403-02-10')]);
    expect(at(again, 'inflow', '1403-01', 'IR-07')).toBe(1);
    expect(at(again, 'inflow', '1403-02', 'IR-07')).toBe(1);
    expect(at(again, 'jobseekers for M0T2', '1403-02', 'IR-07')).toBe(1);
  });
});

describe('a vacancy of three posts', () => {
  const published: Fact = {
    kind: 'vacancy',
    vacancy: 'v1',
    enterprise: null,
    positions: 3,
    day: day('1403-02-01'),
    expiresOn: day('1403-04-01'),
    area: 'IR-23',
    industry: null,
    occupation: null,
    skill: 'WELD',
  };
  const counters = counted([
    published,
    { kind: 'vacancy-fill', vacancy: 'v1', fill: 'f', positions: 1, day: day('1403-01-20') },
    {
      kind: 'placement',
      placement: 'p',
      person: 'P',
      vacancy: 'v1',
      area: 'IR-23',
      sex: 'F',
      day: day('1403-02-15'),
    },
    { kind: 'vacancy-fill', vacancy: 'v1', fill: 'g', positions: 1, day: day('1403-04-01') },
  ]);

  it('opens three, fills two, and closes one when it expires', () => {
    expect(at(counters, 'opened', '1403-02')).toBe(3);
    expect(at(counters, 'filled', '1403-02')).toBe(2);
    expect(['1403-02', '1403-03', '1403-04'].map((m) => at(counters, 'open', m))).toEqual([1, 1, 0]);
    expect(at(counters, 'posts filled 0', '1403-02')).toBe(1);
    expect(at(counters, 'posts filled 2', '1403-02')).toBe(1);
    expect(at(counters, 'posts censored 8', '1403-02')).toBe(1);
    expect(at(counters, 'posts asking WELD', '1403-02')).toBe(3);
    expect(at(counters, 'placements', '1403-02')).toBe(1);
  });
});

describe('a workshop', () => {
  const declared: Fact = {
    kind: 'workshop',
    workshop: 'W',
    enterprise: 'E',
    day: day('1400-01-01'),
    area: 'IR-10',
    industry: null,
  };

  it('creates the jobs that it has more, but not those that it took over', () => {
    const counters = counted([
      declared,
      start('1', '1403-02-10'),
      { ...start('2', '1403-02-11'), person: 'Q' } as Fact,
      { kind: 'workshop-succession', predecessor: 'V', successor: 'W', day: day('1403-02-10'), jobs: 1 },
    ]);
    expect(at(counters, 'created M', '1403-02', 'IR-10')).toBe(1);
    expect(at(counters, 'created Q', '1403-03', 'IR-10')).toBe(1);
    expect(at(counters, 'jobs twice M', '1403-02', 'IR-10')).toBe(2);
    expect(at(counters, 'jobs twice M', '1403-03', 'IR-10')).toBe(4);
  });

  it('is expected to report in the month after one that it ended with a job', () => {
    const list: Fact = {
      kind: 'wage-list',
      workshop: 'W',
      enterprise: 'E',
      month: month('1403-03'),
      insured: 1,
    };
    const counters = counted([declared, start('1', '1403-02-10'), list, list]);
    expect(['1403-02', '1403-03', '1403-04'].map((m) => at(counters, 'expected lists', m, 'IR-10'))).toEqual([
      0, 1, 1,
    ]);
    expect(['1403-02', '1403-03', '1403-04'].map((m) => at(counters, 'lists', m, 'IR-10'))).toEqual([
      0, 1, 0,
    ]);
  });
});

describe('an enterprise', () => {
  it('is born in its first year of activity after two without, and survives into the next', () => {
    const counters = counted([start('1', '1403-02-10')]);
    expect(at(counters, 'births', '1403-12', 'IR-_U')).toBe(1);
    expect(at(counters, 'births', '1404-12', 'IR-_U')).toBe(0);
    expect(at(counters, 'jobs of the born', '1403-12', 'IR-_U')).toBe(1);
    expect(at(counters, 'survivors 1', '1404-12', 'IR-_U')).toBe(1);
  });

  it('is not born of another one', () => {
    const taken: Fact = {
      kind: 'enterprise-succession',
      predecessor: 'D',
      successor: 'E',
      day: day('1403-01-05'),
      form: 'merger',
    };
    expect(at(counted([start('1', '1403-02-10'), taken]), 'births', '1403-12', 'IR-_U')).toBe(0);
  });

  it('dies when it ceases and is not active for two years', () => {
    const ceased: Fact = { kind: 'enterprise-end', enterprise: 'E', lastDay: day('1403-08-01') };
    const told = [start('1', '1402-02-10'), end('1', '1403-08-01'), ceased];
    expect(at(counted(told), 'deaths', '1403-12', 'IR-_U')).toBe(1);
    const activity: Fact = { kind: 'activity', enterprise: 'E', month: month('1405-02') };
    expect(at(counted([...told, activity]), 'deaths', '1403-12', 'IR-_U')).toBe(0);
  });
});

describe('an industrial unit', () => {
  const permit: Fact = {
    kind: 'permit',
    unit: 'u',
    day: day('1403-01-10'),
    area: 'IR-23',
    industry: null,
    estate: null,
    plannedJobs: null,
  };
  const licence: Fact = {
    kind: 'licence',
    unit: 'u',
    day: day('1403-06-09'),
    area: 'IR-10',
    industry: null,
    estate: null,
  };
  const capacity: Fact = {
    kind: 'capacity',
    unit: 'u',
    product: 'x',
    month: month('1403-06'),
    quantity: 3,
    rials: 1000,
  };
  const made = (of: string, quantity: number): Fact => ({
    kind: 'production',
    unit: 'u',
    product: 'x',
    month: month(of),
    quantity,
  });
  const counters = counted([
    permit,
    licence,
    capacity,
    made('1403-07', 2),
    made('1403-08', 1),
    made('1403-09', 0),
  ]);

  it('is licensed after so many full months', () =>
    // 10 Farvardin to 9 Shahrivar: four
    expect(at(counters, 'permits licensed 4', '1403-01')).toBe(1));

  it('is being built, then operates as its latest report of three months says, then idles', () => {
    expect(at(counters, 'units in building', '1403-05')).toBe(1);
    expect(at(counters, 'units in building', '1403-06')).toBe(0);
    expect(at(counters, 'units IDLE', '1403-06', 'IR-10')).toBe(1);
    expect(at(counters, 'units ACTIVE', '1403-07', 'IR-10')).toBe(1);
    expect(at(counters, 'units SEMI', '1403-08', 'IR-10')).toBe(1);
    expect(at(counters, 'units IDLE', '1403-09', 'IR-10')).toBe(1);
    expect(at(counters, 'units IDLE', '1403-12', 'IR-10')).toBe(1);
  });

  it('uses its capacity by value, rounded half up', () => {
    // 1,000 rials = 100,000 minor units; two of three
    expect(at(counters, 'used capacity', '1403-07', 'IR-10')).toBe(66_667);
    expect(at(counters, 'reporting capacity', '1403-07', 'IR-10')).toBe(100_000);
    expect(at(counters, 'capacity', '1403-12', 'IR-10')).toBe(100_000);
    expect(at(counters, 'reporting capacity', '1403-12', 'IR-10')).toBe(0);
  });
});

describe('a graduate', () => {
  const certificate: Fact = {
    kind: 'certificate',
    certificate: 'c1',
    person: 'P',
    enrolment: null,
    area: 'IR-23',
    skill: 'WELD',
    provider: null,
    day: day('1403-03-15'),
    ...traits,
  };

  it('is employed after six months, in work that the skill leads to after twelve', () => {
    const counters = counted([certificate, start('1', '1403-05-20')]);
    expect(at(counters, 'graduates', '1403-03')).toBe(1);
    expect(at(counters, 'employed after 6', '1403-03')).toBe(1);
    expect(at(counters, 'ever employed within 6', '1403-03')).toBe(1);
    expect(at(counters, 'matched after 12', '1403-03')).toBe(1);
    expect(at(counters, 'first job after 2', '1403-03')).toBe(1);
    expect(at(counters, 'employed before', '1403-03')).toBe(0);
    expect(at(counters, 'linked', '1403-03')).toBe(1);
  });

  it('is none with an annulled certificate', () => {
    const annulled: Fact = { kind: 'annulment', certificate: 'c1', person: 'P', day: day('1403-05-01') };
    expect(at(counted([certificate, annulled]), 'graduates', '1403-03')).toBe(0);
  });
});
