import { describe, expect, it } from '@jest/globals';
import type { Contribution, Dataflow } from '@karnama/cells';
import { fedEvent, recorded } from '@karnama/conformance';
import { formatMonth, type Calendar, type Json } from '@karnama/kernel';
import { skillDemand } from './skill-demand.js';
import { vacancies } from './vacancies.js';
import { lastVacancyWeek, vacancyCohort } from './vacancy-cohort.js';
import { vacancyProjection } from './vacancy-projection.js';
import { vacancyStates, type VacancyState } from './vacancy-state.js';

type Told = readonly [type: string, record: string, data: Json];

const eventOf = ([type, recordId, data]: Told) => recorded(fedEvent(1, type, data, { recordId }), 1n);

const after = (...told: readonly Told[]): VacancyState =>
  told.reduce((state, one) => vacancyStates.evolve(state, eventOf(one)), vacancyStates.initial);

// Nowruz of 1403 was 2024-03-20; Farvardin ended on 2024-04-19
const reportedOn = '2024-06-01';
const published = (data: object = {}): Told => [
  'VacancyPublished',
  'p',
  {
    vacancy: 'v',
    enterprise: null,
    positions: 3,
    day: '2024-03-19',
    expiresOn: null,
    area: 'IR:2301',
    industry: 'ISIC4:1071',
    occupation: 'ISCO08:7212',
    skill: 'WELD',
    reportedOn,
    ...data,
  },
];
const filled = (record: string, day: string, positions = 1): Told => [
  'VacancyFilled',
  record,
  { vacancy: 'v', positions, day, reportedOn },
];
const closed = (day: string): Told => ['VacancyClosed', 'c', { vacancy: 'v', day, reportedOn }];
const placed = (day: string): Told => [
  'PlacementRecorded',
  'x',
  { placement: 'x', person: 'p', vacancy: 'v', area: 'IR-23', sex: 'F', day, reportedOn },
];

const counted = (
  dataflow: (calendar: Calendar) => Dataflow<VacancyState>,
  state: VacancyState,
  calendar: Calendar = 'jalali',
) => [...dataflow(calendar).contributions(state)];
const rows = (contributions: readonly Contribution[]) =>
  contributions.map(({ month, codes, measures, units }) => [
    formatMonth(month),
    codes.join(' '),
    measures,
    units,
  ]);

describe('VACANCIES', () => {
  it('opens posts in the month of the opening, where and for what they are', () => {
    expect(counted(vacancies, after(published()))).toEqual([
      {
        month: 1402 * 12 + 11,
        declared: 1402 * 12 + 11,
        codes: ['IR-23', 'C', '7'],
        measures: [3, 0, 0, 0],
        units: 1,
      },
      {
        month: 1402 * 12 + 11,
        declared: 1402 * 12 + 11,
        codes: ['IR-23', 'C', '7'],
        measures: [0, 3, 0, 0],
        units: 1,
      },
    ]);
  });

  it('fills and closes them in the months in which they are no longer open', () => {
    const state = after(published(), filled('f', '2024-03-20', 2), closed('2024-04-20'));
    const cell = 'IR-23 C 7';
    expect(rows(counted(vacancies, state))).toEqual([
      ['1402-12', cell, [3, 0, 0, 0], 1],
      ['1403-01', cell, [-3, 0, 0, 0], -1],
      ['1403-01', cell, [1, 0, 0, 0], 1],
      ['1403-02', cell, [-1, 0, 0, 0], -1],
      ['1402-12', cell, [0, 3, 0, 0], 1],
      ['1403-01', cell, [0, 0, 2, 0], 1],
      ['1403-02', cell, [0, 0, 0, 1], 1],
    ]);
  });

  it('counts no stock of what is opened and gone within a month', () => {
    const state = after(published(), placed('2024-03-19'), closed('2024-03-19'));
    expect(rows(counted(vacancies, state))).toEqual([['1402-12', 'IR-23 C 7', [0, 3, 0, 3], 1]]);
    const both = after(published({ positions: 1 }), placed('2024-03-19'));
    expect(rows(counted(vacancies, both))).toEqual([['1402-12', 'IR-23 C 7', [0, 1, 1, 0], 1]]);
  });

  it('closes nothing when all posts are filled', () => {
    const state = after(published({ positions: 1 }), placed('2024-03-20'), closed('2024-04-20'));
    expect(rows(counted(vacancies, state)).map(([month]) => month)).toEqual([
      '1402-12',
      '1403-01',
      '1402-12',
      '1403-01',
    ]);
  });

  it('puts what is unknown into categories of its own', () => {
    const vague = after(published({ area: 'IR', industry: null, occupation: null }));
    expect(counted(vacancies, vague).map(({ codes }) => codes)).toEqual([
      ['IR-_U', '_U', '_U'],
      ['IR-_U', '_U', '_U'],
    ]);
  });

  it('counts nothing of fills whose publication is not known', () => {
    for (const dataflow of [vacancies, vacancyCohort, skillDemand])
      expect(counted(dataflow, after(filled('f', '2024-03-20')))).toEqual([]);
  });

  it('counts by Gregorian months where those are the calendar', () => {
    const state = after(published({ day: '2024-03-31' }), closed('2024-04-01'));
    expect(counted(vacancies, state, 'gregorian')[0]?.month).toBe(2024 * 12 + 2);
    expect(rows(counted(vacancies, state, 'gregorian')).at(-1)).toEqual([
      '2024-04',
      'IR-23 C 7',
      [0, 0, 0, 3],
      1,
    ]);
    expect(counted(vacancyCohort, state, 'gregorian')[0]?.month).toBe(2024 * 12 + 2);
    expect(counted(skillDemand, state, 'gregorian')[0]?.month).toBe(2024 * 12 + 2);
  });
});

describe('VACANCY_COHORT', () => {
  it('puts the end of each post under its full weeks, in the month of the opening', () => {
    const state = after(
      published({ positions: 5 }),
      filled('f', '2024-03-25'),
      filled('g', '2024-03-26', 2),
      closed('2024-04-09'),
    );
    expect(rows(counted(vacancyCohort, state))).toEqual([
      ['1402-12', 'IR-23 00', [5, 1, 0], 1],
      ['1402-12', 'IR-23 01', [0, 2, 0], 1],
      ['1402-12', 'IR-23 03', [0, 0, 2], 1],
    ]);
  });

  it('counts posts that are still open as opened alone', () => {
    expect(rows(counted(vacancyCohort, after(published())))).toEqual([['1402-12', 'IR-23 00', [3, 0, 0], 1]]);
  });

  it('adds up what falls under one code, and leaves out empty ones', () => {
    const state = after(
      published({ positions: 2 }),
      filled('f', '2024-03-19'),
      placed('2024-03-20'),
      closed('2024-05-01'),
    );
    expect(rows(counted(vacancyCohort, state))).toEqual([['1402-12', 'IR-23 00', [2, 2, 0], 1]]);
    const ended = after(published({ positions: 3 }), filled('f', '2024-03-27'), closed('2024-03-28'));
    expect(rows(counted(vacancyCohort, ended))).toEqual([
      ['1402-12', 'IR-23 00', [3, 0, 0], 1],
      ['1402-12', 'IR-23 01', [0, 1, 2], 1],
    ]);
  });

  it('ends with 26 weeks and more', () => {
    expect(lastVacancyWeek).toBe(26);
    const elapsed = (day: string) => counted(vacancyCohort, after(published(), closed(day)))[1]?.codes[1];
    expect(elapsed('2024-09-16')).toBe('25');
    expect(elapsed('2024-09-17')).toBe('26');
    expect(elapsed('2025-09-17')).toBe('26');
  });
});

describe('SKILL_DEMAND', () => {
  it('counts the posts by the skill family they ask for', () => {
    expect(rows(counted(skillDemand, after(published(), closed('2024-03-19'))))).toEqual([
      ['1402-12', 'IR-23 WELD', [3], 1],
    ]);
    expect(counted(skillDemand, after(published({ skill: null })))[0]?.codes).toEqual(['IR-23', '_U']);
  });
});

describe('the register of vacancies', () => {
  const vacanciesOf = (told: Told) => vacancyStates.entitiesOf(eventOf(told));

  it('is told of by vacancy records and by placements that name the vacancy', () => {
    for (const told of [published(), filled('f', '2024-03-20'), closed('2024-03-20'), placed('2024-03-20')])
      expect(vacanciesOf(told)).toEqual(['v']);
    expect(vacanciesOf(['VacancyRecordWithdrawn', 'w', { vacancy: 'v' }])).toEqual(['v']);
    expect(vacanciesOf(['JobseekerRecordWithdrawn', 'w', { vacancy: 'v' }])).toEqual(['v']);
  });

  it('is not told of by what names no vacancy, nor by other events', () => {
    expect(vacanciesOf(['PlacementRecorded', 'w', { vacancy: null }])).toEqual([]);
    expect(vacanciesOf(['JobseekerRecordWithdrawn', 'w', { vacancy: null }])).toEqual([]);
    expect(vacanciesOf(['VacancyMoved', 'w', { vacancy: 'v' }])).toEqual([]);
  });

  it('keeps states through storage, and the same object at a repeat', () => {
    const state = after(published(), filled('f', '2024-03-20'));
    expect(vacancyStates.decode(vacancyStates.encode(state))).toEqual(state);
    expect(vacancyStates.evolve(state, eventOf(published()))).toBe(state);
  });

  it('reads the events it is told of', () => {
    const types = ['VacancyPublished', 'VacancyFilled', 'VacancyClosed', 'VacancyRecordWithdrawn'];
    for (const type of [...types, 'PlacementRecorded', 'JobseekerRecordWithdrawn'])
      expect(vacancyStates.reads.some((prefix) => type.startsWith(prefix))).toBe(true);
    expect(vacancyStates.reads.some((prefix) => 'JobseekerRegistered'.startsWith(prefix))).toBe(false);
  });
});

describe('the projection of vacancies', () => {
  it.each(['jalali', 'gregorian'] as const)('has its dataflows by the %s calendar', (calendar) => {
    const projection = vacancyProjection(calendar);
    expect(projection.name).toBe('vacancy');
    expect(projection.register).toBe(vacancyStates);
    expect([vacancyStates.code, vacancyStates.version]).toEqual(['vacancies', 1]);
    const shape = projection.dataflows.map(({ code, version, dimensions, measures }) => [
      code,
      version,
      dimensions.map((dimension) => dimension.code).join(' '),
      measures.map((measure) => `${measure.code}${measure.kind === 'stock' ? '*' : ''}`).join(' '),
    ]);
    expect(shape).toEqual([
      ['VACANCIES', 1, 'area industry occupation', 'open* opened filled closed'],
      ['VACANCY_COHORT', 1, 'area elapsed', 'opened filled censored'],
      ['SKILL_DEMAND', 1, 'area skill', 'posts'],
    ]);
    for (const { rollUps } of projection.dataflows)
      expect(rollUps).toContainEqual({ time: 'effective', dimensions: ['area'] });
    const month = [...(projection.dataflows[2]?.contributions(after(published())) ?? [])][0]?.month ?? 0;
    expect(formatMonth(month)).toBe(calendar === 'jalali' ? '1402-12' : '2024-03');
  });
});
