import { describe, expect, it } from '@jest/globals';
import type { Contribution, Dataflow } from '@karnama/cells';
import { fedEvent, recorded } from '@karnama/conformance';
import { formatMonth, type Calendar, type Json } from '@karnama/kernel';
import { employers } from './employers.js';
import { enterpriseProjection } from './enterprise-projection.js';
import { enterpriseStates, enterpriseTotals, type EnterpriseState } from './enterprise-state.js';
import { enterprises } from './enterprises.js';

type Told = readonly [type: string, record: string, data: Json];

const eventOf = ([type, recordId, data]: Told) => recorded(fedEvent(1, type, data, { recordId }), 1n);
const after = (...told: readonly Told[]): EnterpriseState =>
  told.reduce((state, one) => enterpriseStates.evolve(state, eventOf(one)), enterpriseStates.initial);

/*
 * Jalali years begin: 1402 on 2023-03-21, 1403 on 2024-03-20, 1404 on 2025-03-21, 1405 on 2026-03-21,
 * 1406 on 2027-03-21, 1407 on 2028-03-20.
 */
const reportedOn = '2024-06-01';
const attributes = {
  industry: null,
  occupation: null,
  contractType: null,
  weeklyHours: null,
  monthlyWage: null,
};
const partiesOf = (person: string) => ({ person, spell: `s-${person}`, establishment: 'w', enterprise: 'e' });
const starts = (person: string, startDay: string): Told => [
  'EmploymentStarted',
  `start-${person}`,
  { ...partiesOf(person), ...attributes, area: 'IR-23', startDay, sex: null, birthMonth: null, reportedOn },
];
const ends = (person: string, lastDay: string): Told => [
  'EmploymentEnded',
  `end-${person}`,
  { ...partiesOf(person), lastDay, reason: null, reportedOn },
];
const job = (person: string, from: string, to: string): Told[] => [starts(person, from), ends(person, to)];
const jobs = (count: number, from: string, to?: string): Told[] =>
  Array.from({ length: count }, (_, i) =>
    to === undefined ? [starts(`${from}-${i}`, from)] : job(`${from}-${i}`, from, to),
  ).flat();
const registered = (data: object = {}): Told => [
  'EnterpriseRegistered',
  'registered',
  {
    enterprise: 'e',
    day: '2020-01-01',
    area: 'IR:2301',
    industry: 'ISIC4:1071',
    legalForm: 'company',
    reportedOn,
    ...data,
  },
];
const active = (month: string): Told => [
  'EnterpriseActivityReported',
  `active-${month}`,
  { enterprise: 'e', month, reportedOn },
];
const ceased = (lastDay: string): Told => [
  'EnterpriseCeased',
  `ceased-${lastDay}`,
  { enterprise: 'e', lastDay, reportedOn },
];
const succeeded = (predecessor: string, successor: string, day: string): Told => [
  'EnterpriseSucceeded',
  `succeeded-${day}`,
  { predecessor, successor, day, kind: 'merger', reportedOn },
];
const voids = (type: string, recordId: string): Told => [
  type,
  `void-${recordId}`,
  { ...partiesOf(recordId.split('-')[1] ?? ''), contract: 'contract', recordId, successor: null, reportedOn },
];

const counted = (
  dataflow: (calendar: Calendar) => Dataflow<EnterpriseState>,
  state: EnterpriseState,
  calendar: Calendar = 'jalali',
): Contribution[] => [...dataflow(calendar).contributions(state)];

const codes = enterprises('jalali').measures.map(({ code }) => code);

/** Each contribution as its month and its measures by name; those that are 0 left out. */
const figures = (state: EnterpriseState, calendar: Calendar = 'jalali') =>
  counted(enterprises, state, calendar).map(({ month, measures }) => [
    formatMonth(month),
    measures.flatMap((value, i) => (value === 0 ? [] : [`${codes[i] ?? ''} ${value}`])).join(', '),
  ]);
const yearsOf = (measure: string, ...told: readonly Told[]): string[] =>
  figures(after(...told))
    .filter(([, named]) => named?.split(', ').some((one) => one.startsWith(`${measure} `)))
    .map(([month]) => month ?? '');

describe('ENTERPRISES: activity', () => {
  it('holds in the years in which a job has a day, booked in their last month', () => {
    expect(counted(enterprises, after(registered(), ...job('p', '2024-03-20', '2025-03-20')))).toMatchObject([
      { month: 1403 * 12 + 11, declared: 1403 * 12 + 11, codes: ['IR-23', 'C', 'S1T9', 'company'], units: 1 },
      { month: 1404 * 12 + 11, codes: ['IR-23', 'C', 'S1T9', 'company'], units: -1 },
      { month: 1403 * 12 + 11, declared: 1403 * 12 + 11, codes: ['IR-23', 'C', 'S1T9', 'company'], units: 1 },
    ]);
    expect(yearsOf('active', ...job('p', '2024-03-20', '2025-03-20'))).toEqual(['1403-12', '1404-12']);
    expect(yearsOf('active', ...job('p', '2024-03-19', '2024-03-20'))).toEqual([
      '1402-12',
      '1403-12',
      '1403-12',
      '1404-12',
    ]);
    expect(yearsOf('active', ...job('p', '2024-03-20', '2025-03-21')).at(-1)).toBe('1405-12');
  });

  it('goes on while a job is open', () => {
    expect(yearsOf('active', starts('p', '2024-05-01'))).toEqual(['1403-12']);
  });

  it('holds in years with a month of activity, told in either calendar', () => {
    expect(yearsOf('active', active('1403-12'))).toEqual(['1403-12', '1404-12']);
    expect(yearsOf('active', active('2024-03'))).toEqual(['1402-12', '1403-12']);
    expect(yearsOf('active', active('1403-05'), active('1404-01'))).toEqual(['1403-12', '1405-12']);
    expect(
      yearsOf('active', active('1403-05'), voids('EnterpriseRecordWithdrawn', 'active-1403-05')),
    ).toEqual([]);
  });

  it('is placed by the registration, unknown without one', () => {
    expect(counted(enterprises, after(active('1403-01')))[0]?.codes).toEqual(['IR-_U', '_U', 'S0', '_U']);
    const vague = registered({ area: 'BR', industry: null, legalForm: null });
    expect(counted(enterprises, after(vague, active('1403-01')))[0]?.codes).toEqual([
      'BR-_U',
      '_U',
      'S0',
      '_U',
    ]);
    expect(counted(enterprises, after(registered()))).toEqual([]);
  });

  it('is classed by the jobs at the end of the year', () => {
    const told = [...jobs(10, '2024-05-01'), ...job('p', '2023-05-01', '2024-03-18')];
    const stocks = counted(enterprises, after(...told)).slice(0, 3);
    expect(stocks.map(({ month, codes: [, , size], units }) => [formatMonth(month), size, units])).toEqual([
      ['1402-12', 'S0', 1],
      ['1403-12', 'S0', -1],
      ['1403-12', 'S10T49', 1],
    ]);
  });
});

describe('ENTERPRISES: births', () => {
  it('are first years of activity after two without, with their jobs at the end of the year', () => {
    expect(figures(after(...jobs(3, '2024-05-01'))).filter(([, named]) => named?.includes('birth'))).toEqual([
      ['1403-12', 'births 1, birth_jobs 3'],
    ]);
    expect(figures(after(active('1403-01')))[2]).toEqual(['1403-12', 'births 1']);
  });

  it('are none after a rest of one year, and again after two', () => {
    expect(yearsOf('births', active('1400-01'), active('1402-01'))).toEqual(['1400-12']);
    expect(yearsOf('births', active('1400-01'), active('1403-01'))).toEqual(['1400-12', '1403-12']);
    expect(yearsOf('births', active('1400-01'), active('1401-01'))).toEqual(['1400-12']);
  });

  it('are none of what took over from another in the year or the year before', () => {
    const birth = (day: string) => yearsOf('births', active('1403-01'), succeeded('f', 'e', day));
    expect(birth('2023-03-20')).toEqual(['1403-12']);
    expect(birth('2023-03-21')).toEqual([]);
    expect(birth('2025-03-20')).toEqual([]);
    expect(birth('2025-03-21')).toEqual(['1403-12']);
    expect(yearsOf('births', active('1403-01'), succeeded('e', 'f', '2024-05-01'))).toEqual(['1403-12']);
  });

  it('know an enterprise also by its spells alone, and not by those withdrawn', () => {
    const took = succeeded('f', 'e', '2024-05-01');
    expect(yearsOf('births', starts('p', '2024-05-01'), took)).toEqual([]);
    expect(
      yearsOf(
        'births',
        took,
        active('1403-01'),
        starts('p', '2024-05-01'),
        voids('EmploymentRecordWithdrawn', 'start-p'),
      ),
    ).toEqual([]);
  });
});

describe('ENTERPRISES: deaths', () => {
  it('are years of activity in which it ceased and after which it is not active for two years', () => {
    const death = (...told: readonly Told[]) =>
      yearsOf('deaths', active('1403-01'), ceased('2024-05-01'), ...told);
    expect(death()).toEqual(['1403-12']);
    expect(death(active('1404-01'))).toEqual([]);
    expect(death(active('1405-01'))).toEqual([]);
    expect(death(active('1406-01'))).toEqual(['1403-12']);
    expect(death(active('1402-01'))).toEqual(['1403-12']);
    expect(death(ceased('2024-06-01'))).toEqual(['1403-12']);
    expect(death(voids('EnterpriseRecordWithdrawn', 'ceased-2024-05-01'))).toEqual([]);
  });

  it('count one each, beside the year of activity', () => {
    expect(figures(after(active('1402-01'), active('1403-01'), ceased('2024-05-01')))).toContainEqual([
      '1403-12',
      'deaths 1',
    ]);
  });

  it('need activity in the year in which it ceased', () => {
    expect(yearsOf('deaths', active('1403-01'), ceased('2025-03-20'))).toEqual(['1403-12']);
    expect(yearsOf('deaths', active('1403-01'), ceased('2025-03-21'))).toEqual([]);
    expect(yearsOf('deaths', active('1403-01'))).toEqual([]);
  });

  it('are none where another took over in the year or the year after', () => {
    const death = (day: string) =>
      yearsOf('deaths', active('1403-01'), ceased('2024-05-01'), succeeded('e', 'f', day));
    expect(death('2024-03-19')).toEqual(['1403-12']);
    expect(death('2024-03-20')).toEqual([]);
    expect(death('2026-03-20')).toEqual([]);
    expect(death('2026-03-21')).toEqual(['1403-12']);
    expect(
      yearsOf('deaths', active('1403-01'), ceased('2024-05-01'), succeeded('f', 'e', '2025-05-01')),
    ).toEqual(['1403-12']);
  });
});

describe('ENTERPRISES: survival', () => {
  it('follows births for five years while they are active, in the year reached', () => {
    const state = after(starts('p', '2024-05-01'));
    expect(figures(state).filter(([, named]) => named?.startsWith('survivors'))).toEqual([
      ['1404-12', 'survivors_1 1'],
      ['1405-12', 'survivors_2 1'],
      ['1406-12', 'survivors_3 1'],
      ['1407-12', 'survivors_4 1'],
      ['1408-12', 'survivors_5 1'],
    ]);
  });

  it('counts only the years in which it is active', () => {
    const state = after(active('1403-01'), active('1405-06'));
    expect(figures(state).filter(([, named]) => named?.startsWith('survivors'))).toEqual([
      ['1405-12', 'survivors_2 1'],
    ]);
  });

  it('goes on with what was taken over, from the year of the birth on', () => {
    const survivals = (day: string) =>
      figures(after(active('1403-01'), succeeded('e', 'f', day)))
        .filter(([, named]) => named?.startsWith('survivors'))
        .map(([month]) => month);
    expect(survivals('2024-03-19')).toEqual([]);
    expect(survivals('2024-03-20')).toEqual(['1404-12', '1405-12', '1406-12', '1407-12', '1408-12']);
    expect(survivals('2026-03-20')).toEqual(['1404-12', '1405-12', '1406-12', '1407-12', '1408-12']);
    expect(survivals('2026-03-21')).toEqual(['1405-12', '1406-12', '1407-12', '1408-12']);
  });
});

describe('ENTERPRISES: high growth', () => {
  const growth = (before: number, extra: number) =>
    figures(after(...jobs(before, '2024-05-01'), ...jobs(extra, '2027-01-01'))).filter(([, named]) =>
      named?.includes('hg_base'),
    );

  it('starts from 10 jobs three years before', () => {
    expect(growth(9, 20)).toEqual([['1408-12', 'active 1, hg_base 1']]);
    expect(growth(10, 0)).toEqual([['1406-12', 'active 1, hg_base 1']]);
  });

  it('is 1.331 times the jobs or more', () => {
    expect(growth(10, 3)[0]).toEqual(['1406-12', 'active 1, hg_base 1']);
    expect(growth(10, 4)[0]).toEqual(['1406-12', 'active 1, hg_base 1, high_growth 1']);
    expect(growth(1000, 331)[0]?.[1]).toBe('active 1, hg_base 1, high_growth 1');
    expect(growth(1000, 330)[0]?.[1]).toBe('active 1, hg_base 1');
  });

  it('ends three years after the jobs of the base change, and with activity', () => {
    const state = after(
      ...jobs(10, '2024-05-01', '2025-05-01'),
      active('1405-01'),
      active('1406-01'),
      active('1407-01'),
    );
    expect(figures(state).slice(0, 7)).toEqual([
      ['1403-12', 'active 1'],
      ['1404-12', 'active -1'],
      ['1404-12', 'active 1'],
      ['1406-12', 'active -1'],
      ['1406-12', 'active 1, hg_base 1'],
      ['1407-12', 'active -1, hg_base -1'],
      ['1407-12', 'active 1'],
    ]);
    const idle = after(...jobs(10, '2024-05-01', '2025-05-01'));
    expect(figures(idle).some(([, named]) => named?.includes('hg_base'))).toBe(false);
  });
});

describe('EMPLOYERS', () => {
  const rows = (...told: readonly Told[]) =>
    counted(employers, after(...told)).map(({ month, codes: named, measures, units }) => [
      formatMonth(month),
      named.join(' '),
      measures,
      units,
    ]);

  it('counts an enterprise with a job on the last day of the month', () => {
    expect(rows(registered(), ...job('p', '2024-04-19', '2024-05-19'))).toEqual([
      ['1403-01', 'IR-23 C S1T9', [1], 1],
      ['1403-02', 'IR-23 C S1T9', [-1], -1],
    ]);
    expect(rows(...job('p', '2024-04-20', '2024-05-19'))).toEqual([]);
  });

  it('counts it once, in the class of its jobs', () => {
    expect(rows(...jobs(9, '2024-04-01'), ...jobs(1, '2024-05-01'))).toEqual([
      ['1403-01', 'IR-_U _U S1T9', [1], 1],
      ['1403-02', 'IR-_U _U S1T9', [-1], -1],
      ['1403-02', 'IR-_U _U S10T49', [1], 1],
    ]);
    expect(rows(...jobs(3, '2024-04-01'), ...jobs(1, '2024-05-01'))).toHaveLength(1);
  });

  it('counts no activity without jobs', () => {
    expect(rows(registered(), active('1403-01'))).toEqual([]);
  });

  it('counts by Gregorian months and years where those are the calendar', () => {
    const state = after(...job('p', '2023-12-31', '2024-01-01'));
    expect(counted(employers, state, 'gregorian').map(({ month }) => formatMonth(month))).toEqual([
      '2023-12',
      '2024-01',
    ]);
    expect(figures(state, 'gregorian')).toEqual([
      ['2023-12', 'active 1'],
      ['2024-12', 'active -1'],
      ['2024-12', 'active 1'],
      ['2025-12', 'active -1'],
      ['2023-12', 'births 1, birth_jobs 1'],
      ['2024-12', 'survivors_1 1'],
    ]);
  });
});

describe('the register of enterprises', () => {
  const enterprisesOf = (type: string, data: Json) => enterpriseStates.entitiesOf(eventOf([type, 'r', data]));

  it('is told of by spells and its own records', () => {
    const own = ['EnterpriseRegistered', 'EnterpriseActivityReported', 'EnterpriseCeased'];
    for (const type of ['EmploymentStarted', 'EmploymentEnded', 'EmploymentRecordWithdrawn', ...own]) {
      expect([type, enterprisesOf(type, { establishment: 'w', enterprise: 'e' })]).toEqual([type, ['e']]);
      expect(enterpriseStates.reads.some((prefix) => type.startsWith(prefix))).toBe(true);
    }
  });

  it('is told of by a succession and its withdrawal on both sides', () => {
    expect(enterprisesOf('EnterpriseSucceeded', { predecessor: 'e', successor: 'f' })).toEqual(['e', 'f']);
    expect(enterprisesOf('EnterpriseSucceeded', { predecessor: 'e', successor: 'e' })).toEqual(['e']);
    expect(enterprisesOf('EnterpriseRecordWithdrawn', { enterprise: 'e', successor: 'f' })).toEqual([
      'e',
      'f',
    ]);
    expect(enterprisesOf('EnterpriseRecordWithdrawn', { enterprise: 'e', successor: null })).toEqual(['e']);
  });

  it('is not touched by wages, wage lists and changes of jobs', () => {
    for (const type of ['WageReported', 'WageListReceived', 'EmploymentChanged']) {
      expect(enterprisesOf(type, { enterprise: 'e' })).toEqual([]);
      expect(enterpriseStates.reads.some((prefix) => type.startsWith(prefix))).toBe(false);
    }
  });

  it('keeps states through storage, and the same object at a repeat', () => {
    const told = [
      registered(),
      ...job('p', '2024-04-01', '2024-05-01'),
      active('1403-01'),
      ceased('2024-05-01'),
    ];
    const state = after(...told, voids('EmploymentRecordWithdrawn', 'end-p'));
    const stored = enterpriseStates.decode(enterpriseStates.encode(state));
    expect(enterpriseStates.encode(stored)).toBe(enterpriseStates.encode(state));
    expect([stored.own, enterpriseTotals(stored)]).toEqual([state.own, enterpriseTotals(state)]);
    for (const one of told) {
      expect(enterpriseStates.evolve(state, eventOf(one))).toBe(state);
      expect(enterpriseStates.evolve(stored, eventOf(one))).toBe(stored);
    }
  });
});

describe('the projection of enterprises', () => {
  it.each(['jalali', 'gregorian'] as const)('has its dataflows by the %s calendar', (calendar) => {
    const projection = enterpriseProjection(calendar);
    expect([projection.name, projection.register]).toEqual(['enterprise', enterpriseStates]);
    expect([enterpriseStates.code, enterpriseStates.version]).toEqual(['enterprises', 1]);
    const shape = projection.dataflows.map(({ code, version, dimensions, measures }) => [
      code,
      version,
      dimensions.map((dimension) => dimension.code).join(' '),
      measures.map((measure) => `${measure.code}${measure.kind === 'stock' ? '*' : ''}`).join(' '),
    ]);
    expect(shape).toEqual([
      [
        'ENTERPRISES',
        1,
        'area industry size form',
        'active* births deaths birth_jobs survivors_1 survivors_2 survivors_3 survivors_4 survivors_5 hg_base* high_growth*',
      ],
      ['EMPLOYERS', 1, 'area industry size', 'employers*'],
    ]);
    for (const dataflow of projection.dataflows) {
      expect(dataflow.rollUps).toContainEqual({ time: 'effective', dimensions: ['area'] });
      const month = [...dataflow.contributions(after(starts('p', '2024-03-21')))][0]?.month ?? 0;
      expect(formatMonth(month).startsWith(calendar === 'jalali' ? '1403' : '2024')).toBe(true);
    }
  });
});

describe('the sources of an enterprise', () => {
  it('are the records of its own and those of its jobs', () => {
    const namesOf = (state: EnterpriseState) =>
      enterpriseStates
        .sources?.(state)
        .map(({ recordId }) => recordId)
        .sort();
    const told = [starts('p', '2024-05-01'), registered(), active('1403-01')];
    expect(namesOf(after(...told))).toEqual(['active-1403-01', 'registered', 'start-p']);
    expect(namesOf(after(...told.slice(0, 1)))).toEqual(['start-p']);
    expect(namesOf(after())).toEqual([]);
  });
});

describe('the name of a survival', () => {
  it('says the years in the digits of its language', () => {
    const [one, five] = ['survivors_1', 'survivors_5'].map((name) =>
      enterprises('jalali').measures.find(({ code }) => code === name),
    );
    expect([one?.name.fa, five?.name.fa].map((name) => name?.match(/[۰-۹]+/)?.[0])).toEqual(['۱', '۵']);
    expect([one?.name.en, five?.name.en]).toEqual(['Survivors after 1 year', 'Survivors after 5 years']);
  });
});

describe('what corrects the records of an enterprise', () => {
  it('is a later version or a withdrawal of one that is known, of its own and of its jobs', () => {
    const told = [starts('p', '2024-05-01'), registered()];
    const stored = enterpriseStates.decode(enterpriseStates.encode(after(...told)));
    for (const [type, recordId, data] of told) {
      const again = recorded(fedEvent(9, type, data, { recordId, recordVersion: 2 }), 9n);
      const first = eventOf([type, `${recordId}-other`, data]);
      expect([type, enterpriseStates.corrects?.(stored, again)]).toEqual([type, true]);
      expect([type, enterpriseStates.corrects?.(stored, first)]).toEqual([type, false]);
      expect([type, enterpriseStates.corrects?.(enterpriseStates.initial, again)]).toEqual([type, false]);
    }
    const withdrawal = eventOf(voids('EmploymentRecordWithdrawn', 'start-p'));
    expect(enterpriseStates.corrects?.(stored, withdrawal)).toBe(true);
  });
});
