import { describe, expect, it } from '@jest/globals';
import type { Contribution, Dataflow } from '@karnama/cells';
import { fedEvent, recorded } from '@karnama/conformance';
import { formatMonth, type Calendar, type Json } from '@karnama/kernel';
import { establishmentProjection } from './establishment-projection.js';
import { establishmentStates, workshopTotals, type EstablishmentState } from './establishment-state.js';
import { headcountOf } from './headcount.js';
import { jobFlowFrequencies, jobFlows } from './job-flows.js';
import { reporting } from './reporting.js';

type Told = readonly [type: string, record: string, data: Json];

const eventOf = ([type, recordId, data]: Told) => recorded(fedEvent(1, type, data, { recordId }), 1n);
const after = (...told: readonly Told[]): EstablishmentState =>
  told.reduce((state, one) => establishmentStates.evolve(state, eventOf(one)), establishmentStates.initial);

/*
 * Days of the Jalali year 1403: 2024-03-20 is 1 Farvardin, 2024-04-20 1 Ordibehesht, 2024-05-21 1 Khordad,
 * 2024-06-21 1 Tir; 2025-03-20 is 30 Esfand (a leap year), 2025-03-21 1 Farvardin 1404.
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
const starts = (person: string, startDay: string, area = 'IR-23'): Told => [
  'EmploymentStarted',
  `start-${person}`,
  { ...partiesOf(person), ...attributes, area, startDay, sex: null, birthMonth: null, reportedOn },
];
const ends = (person: string, lastDay: string): Told => [
  'EmploymentEnded',
  `end-${person}`,
  { ...partiesOf(person), lastDay, reason: null, reportedOn },
];
const voids = (type: string, recordId: string): Told => [
  type,
  `void-${recordId}`,
  { ...partiesOf(recordId.split('-')[1] ?? ''), contract: 'contract', recordId, successor: null, reportedOn },
];
const declared = (day: string, area = 'IR:2301', industry: string | null = 'ISIC4:1071'): Told => [
  'EstablishmentDeclared',
  'declared',
  { establishment: 'w', enterprise: 'e', day, area, industry, reportedOn },
];
const changed = (day: string, area = 'IR-10', industry: string | null = 'ISIC4:F'): Told => [
  'EstablishmentChanged',
  `changed-${day}`,
  { establishment: 'w', day, area, industry, reportedOn },
];
const succeeded = (predecessor: string, successor: string, day: string, jobs: number): Told => [
  'EstablishmentSucceeded',
  `succeeded-${predecessor}-${successor}`,
  { predecessor, successor, day, jobs, reportedOn },
];
const list = (month: string, record = month): Told => [
  'WageListReceived',
  record,
  { establishment: 'w', enterprise: 'e', month, insured: 1, reportedOn },
];
const many = (count: number, startDay: string): Told[] =>
  Array.from({ length: count }, (_, i) => starts(`p${i}`, startDay));

const counted = (
  dataflow: (calendar: Calendar) => Dataflow<EstablishmentState>,
  state: EstablishmentState,
  calendar: Calendar = 'jalali',
): Contribution[] => [...dataflow(calendar).contributions(state)];

type Row = readonly [month: string, codes: string, measures: readonly number[], units: number];
const rowOf = ({ month, codes, measures, units }: Contribution): Row => [
  formatMonth(month),
  codes.join(' '),
  measures,
  units,
];
const flowsAt = (freq: string, ...told: readonly Told[]): Row[] =>
  counted(jobFlows, after(...told))
    .filter(({ codes, measures }) => codes[0] === freq && measures[4] === 0)
    .map(rowOf);
const stocksAt = (freq: string, ...told: readonly Told[]): Row[] =>
  counted(jobFlows, after(...told))
    .filter(({ codes, measures }) => codes[0] === freq && measures[4] !== 0)
    .map(rowOf);

describe('the headcount of a workshop', () => {
  const on = (...told: readonly Told[]) => {
    const { turns, values } = headcountOf(workshopTotals(after(...told)), 'jalali');
    return turns.map((turn, i) => [formatMonth(turn), values[i]]);
  };

  it('counts a job from the month of its start to the month before its first day away', () => {
    expect(on(starts('p', '2024-03-20'), ends('p', '2024-05-20'))).toEqual([
      ['1403-01', 1],
      ['1403-03', 0],
    ]);
    expect(on(starts('p', '2024-04-19'), ends('p', '2024-05-19'))).toEqual([
      ['1403-01', 1],
      ['1403-02', 0],
    ]);
  });

  it('counts nothing that is over before the last day of its month', () => {
    expect(on(starts('p', '2024-03-20'), ends('p', '2024-04-18'))).toEqual([]);
    expect(on(starts('p', '2024-03-20'), ends('p', '2024-04-19'))).toEqual([
      ['1403-01', 1],
      ['1403-02', 0],
    ]);
  });

  it('is that of the calendar asked for, worked out once', () => {
    const totals = workshopTotals(after(starts('p', '2024-04-01')));
    expect(headcountOf(totals, 'jalali').turns).toEqual([1403 * 12]);
    expect(headcountOf(totals, 'gregorian').turns).toEqual([2024 * 12 + 3]);
    expect(headcountOf(totals, 'jalali')).toBe(headcountOf(totals, 'jalali'));
  });
});

describe('JOB_FLOWS', () => {
  const born = [declared('2024-01-01'), ...many(3, '2024-04-25')];

  it('counts the jobs of a workshop that had none as opened, at each frequency', () => {
    expect(counted(jobFlows, after(...born)).filter(({ measures }) => measures[4] === 0)).toEqual(
      [
        ['M', 1403 * 12 + 1],
        ['Q', 1403 * 12 + 2],
        ['A', 1403 * 12 + 11],
      ].map(([freq, month]) => ({
        month,
        declared: month,
        codes: [freq, 'IR-23', 'C', 'S1T9'],
        measures: [3, 0, 0, 0, 0],
        units: 1,
      })),
    );
  });

  it('counts twice the jobs as a stock, which changes again in the month after', () => {
    expect(stocksAt('M', ...born)).toEqual([
      ['1403-02', 'M IR-23 C S1T9', [0, 0, 0, 0, 3], 1],
      ['1403-03', 'M IR-23 C S1T9', [0, 0, 0, 0, -3], -1],
      ['1403-03', 'M IR-23 C S1T9', [0, 0, 0, 0, 6], 1],
    ]);
    expect(stocksAt('Q', ...born).map(([month]) => month)).toEqual(['1403-03', '1403-06', '1403-06']);
    expect(stocksAt('A', ...born)).toEqual([
      ['1403-12', 'A IR-23 C S1T9', [0, 0, 0, 0, 3], 1],
      ['1404-12', 'A IR-23 C S1T9', [0, 0, 0, 0, -3], -1],
      ['1404-12', 'A IR-23 C S1T9', [0, 0, 0, 0, 6], 1],
    ]);
  });

  it('counts growth, decline and the end by jobs before and after', () => {
    const told = [
      ...born,
      starts('q', '2024-05-21'),
      ends('q', '2024-06-25'),
      ...[0, 1, 2].map((i) => ends(`p${i}`, '2024-07-25')),
    ];
    expect(flowsAt('M', ...told)).toEqual([
      ['1403-02', 'M IR-23 C S1T9', [3, 0, 0, 0, 0], 1],
      ['1403-03', 'M IR-23 C S1T9', [0, 1, 0, 0, 0], 1],
      ['1403-04', 'M IR-23 C S1T9', [0, 0, 0, 1, 0], 1],
      ['1403-05', 'M IR-23 C S1T9', [0, 0, 3, 0, 0], 1],
    ]);
    expect(flowsAt('Q', ...told)).toEqual([
      ['1403-03', 'Q IR-23 C S1T9', [4, 0, 0, 0, 0], 1],
      ['1403-06', 'Q IR-23 C S1T9', [0, 0, 4, 0, 0], 1],
    ]);
    expect(flowsAt('A', ...told)).toEqual([]);
    expect(stocksAt('A', ...told)).toEqual([]);
    expect(stocksAt('Q', ...told)).toEqual([
      ['1403-03', 'Q IR-23 C S1T9', [0, 0, 0, 0, 4], 1],
      ['1403-09', 'Q IR-23 C S1T9', [0, 0, 0, 0, -4], -1],
    ]);
  });

  it('classes a workshop by the mean of its jobs, rounded up', () => {
    const sizes = (count: number) =>
      stocksAt('M', ...many(count, '2024-04-25')).map(([, codes]) => codes.split(' ')[3]);
    expect(sizes(18)).toEqual(['S1T9', 'S1T9', 'S10T49']);
    expect(sizes(19)).toEqual(['S10T49', 'S10T49', 'S10T49']);
    expect(flowsAt('M', ...many(19, '2024-04-25'))[0]?.[1]).toBe('M IR-_U _U S10T49');
  });

  it('counts quarters and years that begin and end with theirs', () => {
    const nowruz = [starts('p', '2025-03-21'), starts('q', '2024-06-21')];
    expect(flowsAt('A', ...nowruz).map(([month, , measures]) => [month, measures])).toEqual([
      ['1403-12', [1, 0, 0, 0, 0]],
      ['1404-12', [0, 1, 0, 0, 0]],
    ]);
    expect(flowsAt('Q', ...nowruz).map(([month]) => month)).toEqual(['1403-06', '1404-03']);
    expect(flowsAt('A', starts('p', '2025-03-20'))[0]?.[0]).toBe('1403-12');
  });

  it('moves the stock with the workshop, and counts its flows where it is at the end of the period', () => {
    const told = [...born, changed('2024-06-21')];
    expect(stocksAt('M', ...told).slice(3)).toEqual([
      ['1403-04', 'M IR-23 C S1T9', [0, 0, 0, 0, -6], -1],
      ['1403-04', 'M IR-10 F S1T9', [0, 0, 0, 0, 6], 1],
    ]);
    expect(stocksAt('M', ...born, changed('2024-06-20')).slice(1)).toEqual([
      ['1403-03', 'M IR-23 C S1T9', [0, 0, 0, 0, -3], -1],
      ['1403-03', 'M IR-10 F S1T9', [0, 0, 0, 0, 6], 1],
    ]);
    expect(flowsAt('A', ...told)[0]?.[1]).toBe('A IR-10 F S1T9');
    expect(flowsAt('Q', ...told)[0]?.[1]).toBe('Q IR-23 C S1T9');
  });

  it('places a workshop nobody declared in the country of its spells', () => {
    const codes = (...told: readonly Told[]) => flowsAt('M', ...told)[0]?.[1];
    expect(codes(starts('p', '2024-04-25', 'BR-MA'))).toBe('M BR-_U _U S1T9');
    expect(codes(starts('p', '2024-04-25', 'IR-23'), starts('q', '2024-04-25', 'BR'))).toBe(
      'M BR-_U _U S1T9',
    );
    expect(codes(starts('p', '2024-04-25', 'BR'), starts('q', '2024-04-25', 'IR-23'))).toBe(
      'M BR-_U _U S1T9',
    );
    const voided = [starts('q', '2024-04-25', 'BR'), voids('EmploymentRecordWithdrawn', 'start-q')];
    expect(codes(starts('p', '2024-04-25'), ...voided)).toBe('M IR-_U _U S1T9');
  });

  it('counts no job that went over: neither destroyed where it was nor created where it is', () => {
    const away = [
      starts('p', '2024-03-01'),
      starts('q', '2024-03-01'),
      ends('p', '2024-05-01'),
      ends('q', '2024-05-01'),
    ];
    expect(flowsAt('M', ...away, succeeded('w', 'x', '2024-05-02', 2))).toEqual([
      ['1402-12', 'M IR-_U _U S1T9', [2, 0, 0, 0, 0], 1],
    ]);
    expect(flowsAt('M', ...away, succeeded('w', 'x', '2024-05-02', 1)).at(-1)).toEqual([
      '1403-02',
      'M IR-_U _U S1T9',
      [0, 0, 1, 0, 0],
      1,
    ]);
    const come = [starts('p', '2024-05-02'), starts('q', '2024-05-02')];
    expect(flowsAt('M', ...come, succeeded('x', 'w', '2024-05-02', 2))).toEqual([]);
    expect(flowsAt('M', ...come, succeeded('x', 'w', '2024-05-02', 3))).toEqual([
      ['1403-02', 'M IR-_U _U S1T9', [0, 0, 0, 1, 0], 1],
    ]);
  });

  it('adds up successions of a period, also where no job changed', () => {
    const told = [
      starts('p', '2024-03-01'),
      succeeded('w', 'x', '2024-04-25', 1),
      succeeded('w', 'y', '2024-05-01', 4),
      succeeded('z', 'w', '2024-05-21', 2),
    ];
    expect(flowsAt('M', ...told).slice(1)).toEqual([
      ['1403-02', 'M IR-_U _U S1T9', [0, 5, 0, 0, 0], 1],
      ['1403-03', 'M IR-_U _U S1T9', [0, 0, 0, 2, 0], 1],
    ]);
    expect(flowsAt('Q', ...told).at(-1)).toEqual(['1403-03', 'Q IR-_U _U S1T9', [0, 3, 0, 0, 0], 1]);
  });

  it('counts a succession of a workshop without jobs as opening or closing', () => {
    const known = declared('2024-01-01');
    expect(flowsAt('M', known, succeeded('w', 'x', '2024-04-25', 2))).toEqual([
      ['1403-02', 'M IR-23 C S0', [2, 0, 0, 0, 0], 1],
    ]);
    expect(flowsAt('M', known, succeeded('x', 'w', '2024-04-25', 2))).toEqual([
      ['1403-02', 'M IR-23 C S0', [0, 0, 2, 0, 0], 1],
    ]);
    expect(flowsAt('M', known, succeeded('w', 'w', '2024-04-25', 2))).toEqual([]);
  });

  it('lets a succession wait until the workshop is known by itself', () => {
    const alone = succeeded('w', 'x', '2024-04-25', 2);
    expect(flowsAt('M', alone)).toEqual([]);
    expect(flowsAt('M', alone, list('1403-01'))).toEqual([]);
    expect(flowsAt('M', alone, changed('2024-01-01'))).toHaveLength(1);
    expect(
      flowsAt('M', alone, declared('2024-01-01'), voids('EstablishmentRecordWithdrawn', 'declared')),
    ).toEqual([]);
    const spell = [starts('p', '2024-03-20'), ends('p', '2024-03-20')];
    expect(flowsAt('M', alone, ...spell)).toEqual([['1403-02', 'M IR-_U _U S0', [2, 0, 0, 0, 0], 1]]);
    expect(flowsAt('M', alone, ...spell, voids('EmploymentRecordWithdrawn', 'start-p'))).toEqual([]);
    expect(flowsAt('M', alone, ends('p', '2024-03-20'))).toEqual([]);
  });

  it('takes back what is withdrawn', () => {
    expect(
      counted(jobFlows, after(starts('p', '2024-04-25'), voids('EmploymentRecordWithdrawn', 'start-p'))),
    ).toEqual([]);
  });

  it('does not depend on wage lists', () => {
    const { basis } = jobFlows('jalali');
    const state = after(...born);
    const withList = establishmentStates.evolve(state, eventOf(list('1403-01')));
    expect(withList).not.toBe(state);
    expect(basis?.(withList)).toBe(basis?.(state));
    for (const told of [starts('z', '2024-03-01'), changed('2024-06-21')])
      expect(basis?.(establishmentStates.evolve(state, eventOf(told)))).not.toBe(basis?.(state));
  });

  it('has monthly, quarterly and yearly figures', () => {
    expect(jobFlowFrequencies.map(({ code, months }) => [code, months])).toEqual([
      ['M', 1],
      ['Q', 3],
      ['A', 12],
    ]);
  });

  it('counts by Gregorian periods where those are the calendar', () => {
    const flows = counted(jobFlows, after(starts('p', '2024-04-25')), 'gregorian').filter(
      ({ measures }) => measures[4] === 0,
    );
    expect(flows.map(({ month }) => formatMonth(month))).toEqual(['2024-04', '2024-06', '2024-12']);
    const move = counted(
      jobFlows,
      after(declared('2024-01-01'), starts('p', '2024-04-25'), changed('2024-06-01')),
      'gregorian',
    );
    expect(move.filter(({ codes }) => codes[0] === 'M' && codes[1] === 'IR-10').map(rowOf)[0]?.[0]).toBe(
      '2024-06',
    );
    const gone = counted(
      jobFlows,
      after(starts('p', '2024-04-25'), succeeded('w', 'x', '2024-07-01', 1)),
      'gregorian',
    );
    expect(
      gone
        .filter(({ codes, measures }) => codes[0] === 'M' && measures[4] === 0)
        .map(rowOf)
        .at(-1)?.[0],
    ).toBe('2024-07');
  });
});

describe('REPORTING', () => {
  const rows = (...told: readonly Told[]) => counted(reporting, after(...told)).map(rowOf);

  it('expects a list of a workshop that had jobs at the end of the month before', () => {
    expect(rows(declared('2024-01-01'), starts('p', '2024-04-01'), ends('p', '2024-06-20'))).toEqual([
      ['1403-02', 'IR-23 C', [1, 0], 1],
      ['1403-05', 'IR-23 C', [-1, 0], -1],
    ]);
  });

  it('counts the expected once, however many jobs it has', () => {
    expect(rows(starts('p', '2024-04-01'), starts('q', '2024-05-01'))).toEqual([
      ['1403-02', 'IR-_U _U', [1, 0], 1],
    ]);
  });

  it('counts lists of the expected, each month once', () => {
    const told = [
      starts('p', '2024-04-01'),
      ends('p', '2024-05-20'),
      list('1403-01'),
      list('1403-02'),
      list('1403-02', 'again'),
    ];
    expect(rows(...told, list('1403-03'), list('1403-04')).slice(2)).toEqual([
      ['1403-02', 'IR-_U _U', [0, 1], 1],
      ['1403-03', 'IR-_U _U', [0, 1], 1],
    ]);
    expect(rows(...told, voids('EstablishmentRecordWithdrawn', '1403-02')).slice(2)).toHaveLength(1);
  });

  it('reads lists of a Gregorian month as the Jalali month of its middle', () => {
    expect(
      counted(reporting, after(starts('p', '2024-04-01'), list('2024-05')))
        .map(rowOf)
        .at(-1),
    ).toEqual(['1403-02', 'IR-_U _U', [0, 1], 1]);
  });

  it('counts where the workshop is on the last day of the month', () => {
    const told = [declared('2024-01-01'), starts('p', '2024-04-01'), list('1403-02'), list('1403-03')];
    expect(rows(...told, changed('2024-06-20'))).toEqual([
      ['1403-02', 'IR-23 C', [1, 0], 1],
      ['1403-03', 'IR-23 C', [-1, 0], -1],
      ['1403-03', 'IR-10 F', [1, 0], 1],
      ['1403-02', 'IR-23 C', [0, 1], 1],
      ['1403-03', 'IR-10 F', [0, 1], 1],
    ]);
  });

  it('counts by Gregorian months where those are the calendar', () => {
    const state = after(starts('p', '2024-04-25'), list('2024-05'));
    expect(counted(reporting, state, 'gregorian').map(({ month }) => formatMonth(month))).toEqual([
      '2024-05',
      '2024-05',
    ]);
  });
});

describe('the register of workshops', () => {
  const workshopsOf = (type: string, data: Json) =>
    establishmentStates.entitiesOf(eventOf([type, 'r', data]));

  it('is told of by spells, wage lists and its own records', () => {
    const types = ['EmploymentStarted', 'EmploymentEnded', 'EmploymentRecordWithdrawn', 'WageListReceived'];
    for (const type of [...types, 'EstablishmentDeclared', 'EstablishmentChanged']) {
      expect([type, workshopsOf(type, { establishment: 'w', enterprise: 'e' })]).toEqual([type, ['w']]);
      expect(establishmentStates.reads.some((prefix) => type.startsWith(prefix))).toBe(true);
    }
  });

  it('is told of by a succession and its withdrawal on both sides', () => {
    expect(workshopsOf('EstablishmentSucceeded', { predecessor: 'w', successor: 'x' })).toEqual(['w', 'x']);
    expect(workshopsOf('EstablishmentSucceeded', { predecessor: 'w', successor: 'w' })).toEqual(['w']);
    expect(workshopsOf('EstablishmentRecordWithdrawn', { establishment: 'w', successor: 'x' })).toEqual([
      'w',
      'x',
    ]);
    expect(workshopsOf('EstablishmentRecordWithdrawn', { establishment: 'w', successor: null })).toEqual([
      'w',
    ]);
  });

  it('is not touched by wages and changes of jobs', () => {
    for (const type of ['WageReported', 'EmploymentChanged']) {
      expect(workshopsOf(type, { establishment: 'w' })).toEqual([]);
      expect(establishmentStates.reads.some((prefix) => type.startsWith(prefix))).toBe(false);
    }
  });

  it('keeps states through storage, and the same object at a repeat', () => {
    const told = [
      declared('2024-01-01'),
      starts('p', '2024-04-01'),
      ends('p', '2024-05-20'),
      list('1403-01'),
    ];
    const state = after(
      ...told,
      succeeded('w', 'x', '2024-05-02', 1),
      voids('EmploymentRecordWithdrawn', 'end-p'),
    );
    const stored = establishmentStates.decode(establishmentStates.encode(state));
    expect(establishmentStates.encode(stored)).toBe(establishmentStates.encode(state));
    expect([stored.own, stored.lists, workshopTotals(stored)]).toEqual([
      state.own,
      state.lists,
      workshopTotals(state),
    ]);
    for (const one of told) {
      expect(establishmentStates.evolve(state, eventOf(one))).toBe(state);
      expect(establishmentStates.evolve(stored, eventOf(one))).toBe(stored);
    }
  });
});

describe('the projection of workshops', () => {
  it.each(['jalali', 'gregorian'] as const)('has its dataflows by the %s calendar', (calendar) => {
    const projection = establishmentProjection(calendar);
    expect([projection.name, projection.register]).toEqual(['establishment', establishmentStates]);
    expect([establishmentStates.code, establishmentStates.version]).toEqual(['establishments', 1]);
    const shape = projection.dataflows.map(({ code, version, dimensions, measures }) => [
      code,
      version,
      dimensions.map((dimension) => dimension.code).join(' '),
      measures.map((measure) => `${measure.code}${measure.kind === 'stock' ? '*' : ''}`).join(' '),
    ]);
    expect(shape).toEqual([
      [
        'JOB_FLOWS',
        1,
        'freq area industry size',
        'created_opening created_expansion destroyed_closing destroyed_contraction jobs_twice*',
      ],
      ['REPORTING', 1, 'area industry', 'expected* reporting'],
    ]);
    for (const dataflow of projection.dataflows) {
      expect(dataflow.rollUps).toContainEqual({ time: 'effective', dimensions: ['area'] });
      const month = [...dataflow.contributions(after(starts('p', '2024-03-21')))][0]?.month ?? 0;
      expect(formatMonth(month).startsWith(calendar === 'jalali' ? '1403' : '2024')).toBe(true);
    }
  });
});

describe('the sources of an establishment', () => {
  it('are the records of its own and those of its jobs', () => {
    const namesOf = (state: EstablishmentState) =>
      establishmentStates
        .sources?.(state)
        .map(({ recordId }) => recordId)
        .sort();
    const told = [starts('p', '2024-05-01'), declared('2024-03-20'), list('1403-01')];
    expect(namesOf(after(...told))).toEqual(['1403-01', 'declared', 'start-p']);
    expect(namesOf(after(...told.slice(0, 1)))).toEqual(['start-p']);
    expect(namesOf(after())).toEqual([]);
  });
});

describe('what corrects the records of an establishment', () => {
  it('is a later version or a withdrawal of one that is known, of its own and of its jobs', () => {
    const told = [starts('p', '2024-05-01'), declared('2024-03-20'), list('1403-01')];
    const stored = establishmentStates.decode(establishmentStates.encode(after(...told)));
    for (const [type, recordId, data] of told) {
      const again = recorded(fedEvent(9, type, data, { recordId, recordVersion: 2 }), 9n);
      const first = eventOf([type, `${recordId}-other`, data]);
      expect([type, establishmentStates.corrects?.(stored, again)]).toEqual([type, true]);
      expect([type, establishmentStates.corrects?.(stored, first)]).toEqual([type, false]);
      expect([type, establishmentStates.corrects?.(establishmentStates.initial, again)]).toEqual([
        type,
        false,
      ]);
    }
    const withdrawal = eventOf(voids('EmploymentRecordWithdrawn', 'start-p'));
    expect(establishmentStates.corrects?.(stored, withdrawal)).toBe(true);
  });
});
