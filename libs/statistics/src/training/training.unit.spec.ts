import { describe, expect, it } from '@jest/globals';
import type { Dataflow } from '@karnama/cells';
import { personRegister, type PersonState } from '../person/person-state.js';
import type { Said } from '../search/person-histories.spec-kit.js';
import {
  annulled,
  certified,
  completed,
  counted,
  ended,
  enrolled,
  paid,
  started,
  unitsOf,
} from '../search/person-told.spec-kit.js';
import { graduateEntry } from './graduate-entry.js';
import { graduateHistoryOf } from './graduate-history.js';
import { graduates as graduatesIn } from './graduates.js';
import { trainingDataflows } from './index.js';
import { training as trainingIn } from './training.js';

const training = trainingIn('jalali');
const graduates = graduatesIn('jalali');
const entry = graduateEntry('jalali');

describe('an enrolment', () => {
  it('counts in the month of its day and is due in that of its due day, with the age of each', () => {
    expect(counted(training, enrolled('1404-12-29', '1405-01-01'))).toEqual({
      '1404-12 IR-23 F Y20T24 WELD': 'enrolled 1',
      '1405-01 IR-23 F Y25T29 WELD': 'due 1',
    });
  });

  it('is completed in the month in which it was due, whenever that was', () => {
    for (const day of ['1403-03-31', '1403-09-01', '1403-01-05'])
      expect(counted(training, enrolled('1403-01-31', '1403-03-31'), completed(day))).toEqual({
        '1403-01 IR-23 F Y20T24 WELD': 'enrolled 1',
        '1403-03 IR-23 F Y20T24 WELD': 'due 1, completed 1',
      });
    expect(counted(training, completed('1403-03-31'))).toEqual({});
  });

  it('counts as unknown where nothing is known', () => {
    const unknown = { area: 'IR', sex: null, birthMonth: null, skill: null };
    expect(counted(training, enrolled('1403-01-31', '1403-01-31', unknown))).toEqual({
      '1403-01 IR-_U _U _U _U': 'enrolled 1, due 1',
    });
    expect(counted(training, enrolled('1403-01-31', '1403-01-31', { skill: 'flying' }))).toEqual({
      '1403-01 IR-23 F Y20T24 _U': 'enrolled 1, due 1',
    });
  });
});

describe('a certificate', () => {
  it('counts in the month of its day, the person with the first of the month', () => {
    const told = [
      certified('1403-01-31', { area: 'IR-07' }, '1'),
      certified('1403-01-30', {}, '3'),
      certified('1403-01-30', { skill: 'ELEC' }, '2'),
      certified('1403-02-01', {}, '4'),
    ];
    expect(counted(training, ...told)).toEqual({
      '1403-01 IR-07 F Y20T24 WELD': 'certificates 1',
      '1403-01 IR-23 F Y20T24 ELEC': 'certificates 1, certified 1',
      '1403-01 IR-23 F Y20T24 WELD': 'certificates 1',
      '1403-02 IR-23 F Y20T24 WELD': 'certificates 1, certified 1',
    });
  });

  it('never counted when it was annulled: another one may be the first', () => {
    const told = [certified('1403-01-30', {}, '1'), certified('1403-01-31', {}, '2'), annulled('1')];
    expect(counted(training, ...told)).toEqual({
      '1403-01 IR-23 F Y20T24 WELD': 'certificates 1, certified 1',
    });
    expect(counted(graduates, ...told)).toEqual({ '1403-01 IR-23 F WELD': 'graduates 1' });
  });

  it('and each thing of an enrolment is one unit', () => {
    expect(unitsOf(training, enrolled('1403-01-31', '1403-03-31'), certified('1403-04-01'))).toEqual({
      '1403-01 IR-23 F Y20T24 WELD': 1,
      '1403-03 IR-23 F Y20T24 WELD': 1,
      '1403-04 IR-23 F Y20T24 WELD': 1,
    });
    expect(unitsOf(graduates, certified('1403-04-01'))).toEqual({ '1403-04 IR-23 F WELD': 1 });
    expect(unitsOf(entry, certified('1403-04-01'), started('1403-08-01'))).toEqual({
      '1403-04 IR-23 F 00': 1,
      '1403-04 IR-23 F 04': 1,
    });
  });
});

/** Measures of her who was certified on 31 Farvardin 1403. */
const outcome = (...told: readonly Said[]): string | undefined =>
  counted(graduates, certified('1403-01-31', { enrolment: 'n' }), ...told)['1403-01 IR-23 F WELD'];

describe('a graduate', () => {
  it('without a record of employment is not linked', () => {
    expect(outcome()).toBe('graduates 1');
  });

  it('is linked by any record of employment in force, also one that makes no job', () => {
    expect(outcome(paid('1403-05'))).toBe('graduates 1, linked 1');
    expect(outcome(ended('1403-05-01'))).toBe('graduates 1, linked 1');
  });

  it.each([
    ['1403-07-30', '1403-07-30', 'employed_6 1, ever_12 1'],
    ['1403-07-29', '1403-07-29', 'ever_6 1, ever_12 1'],
    ['1403-08-01', '1403-08-30', 'ever_12 1'],
    ['1403-07-29', '1403-07-30', 'employed_6 1, ever_6 1, ever_12 1'],
    ['1404-01-31', '1404-01-31', 'employed_12 1'],
    ['1404-01-30', '1404-01-30', 'ever_12 1'],
    ['1404-01-30', '1404-01-31', 'employed_12 1, ever_12 1'],
    ['1404-02-01', '1404-02-10', ''],
    ['1403-01-31', '1403-01-31', 'ever_6 1, ever_12 1'],
    ['1403-01-01', '1403-01-31', 'ever_6 1, ever_12 1'],
    ['1403-01-01', '1403-01-30', ''],
    ['1402-10-29', '1402-10-30', 'before 1'],
    ['1402-10-30', '1402-10-30', 'before 1'],
    ['1402-10-01', '1402-10-29', ''],
    ['1402-11-01', '1402-11-02', ''],
  ])('of 31 Farvardin with a job from %s to %s: %s', (first, last, values) => {
    expect(outcome(started(first), ended(last))).toBe(
      ['graduates 1', ...(values === '' ? [] : [values]), 'linked 1'].join(', '),
    );
  });

  it('was in work before the training when a job was held three months before the enrolment', () => {
    const job = [started('1402-05-15'), ended('1402-05-15')];
    expect(outcome(enrolled('1402-08-15', '1403-01-01'), ...job)).toBe('graduates 1, before 1, linked 1');
    expect(outcome(enrolled('1402-08-16', '1403-01-01'), ...job)).toBe('graduates 1, linked 1');
    expect(outcome(enrolled('1402-08-14', '1403-01-01'), ...job)).toBe('graduates 1, linked 1');
  });

  it.each([
    ['ISCO08:7212', 'matched_12 1, '],
    ['ISCO08:72', 'matched_12 1, '],
    ['ISCO08:7411', ''],
    ['ISCO08:7', ''],
    [null, ''],
  ])('in welding with a job as %s after twelve months: %smatched', (occupation, matched) => {
    expect(outcome(started('1404-01-31', { occupation }))).toBe(
      `graduates 1, employed_12 1, ${matched}linked 1`,
    );
  });

  it('matches by any of the jobs held on that day, and by none of another day', () => {
    const other = started('1404-01-01', { occupation: 'ISCO08:9112' });
    const welding = { occupation: 'ISCO08:7212', establishment: 'v' };
    const start = 'graduates 1, employed_12 1, ever_12 1';
    expect(outcome(other, started('1404-01-10', welding, 't'))).toBe(`${start}, matched_12 1, linked 1`);
    expect(outcome(other, started('1404-02-01', welding, 't'))).toBe(`${start}, linked 1`);
    expect(outcome(other, started('1404-01-10', welding, 't'), ended('1404-01-30', 't'))).toBe(
      `${start}, linked 1`,
    );
  });

  it('counts once in each month with a certificate, by its first one', () => {
    const told = [
      certified('1403-01-31', { skill: null, sex: null, area: 'IR' }, '2'),
      certified('1403-01-31', {}, '3'),
      certified('1403-02-01', { skill: 'ELEC' }, '1'),
    ];
    expect(counted(graduates, ...told)).toEqual({
      '1403-01 IR-_U _U _U': 'graduates 1',
      '1403-02 IR-23 F ELEC': 'graduates 1',
    });
  });

  it('counts in months of the other calendar, too', () => {
    // six months after 31 March is 30 September, which is 9 Mehr
    const told = [certified('1403-01-12'), started('1403-07-09'), ended('1403-07-09')];
    expect(counted(graduatesIn('gregorian'), ...told)).toEqual({
      '2024-03 IR-23 F WELD': 'graduates 1, employed_6 1, ever_12 1, linked 1',
    });
    expect(counted(trainingIn('gregorian'), certified('1403-01-12', { birthMonth: '2004-04' }))).toEqual({
      '2024-03 IR-23 F Y15T19 WELD': 'certificates 1, certified 1',
    });
  });
});

describe('the first job of a graduate', () => {
  const first = (...told: readonly Said[]) => counted(entry, certified('1403-01-31'), ...told);

  it.each([
    ['1403-01-31', '00'],
    ['1403-02-30', '00'],
    ['1403-02-31', '01'],
    ['1403-07-29', '05'],
    ['1403-07-30', '06'],
    ['1404-12-29', '23'],
    ['1405-01-30', '23'],
  ])('that begins on %s counts under month %s', (start, months) => {
    expect(first(started(start))).toEqual(
      months === '00'
        ? { '1403-01 IR-23 F 00': 'graduates 1, first_job 1' }
        : { '1403-01 IR-23 F 00': 'graduates 1', [`1403-01 IR-23 F ${months}`]: 'first_job 1' },
    );
  });

  it('does not count after twenty-four months, nor when there is none', () => {
    expect(first(started('1405-01-31'))).toEqual({ '1403-01 IR-23 F 00': 'graduates 1' });
    expect(first(started('1402-01-31'), ended('1403-01-30'))).toEqual({
      '1403-01 IR-23 F 00': 'graduates 1',
    });
    expect(first()).toEqual({ '1403-01 IR-23 F 00': 'graduates 1' });
  });

  it('is the one held on the day, else the next to begin', () => {
    expect(first(started('1402-01-31'), ended('1403-01-31'), started('1403-05-01', {}, 't'))).toEqual({
      '1403-01 IR-23 F 00': 'graduates 1, first_job 1',
    });
    const two = [started('1403-09-01'), started('1403-05-31', { establishment: 'v' }, 't')];
    expect(first(...two)).toEqual({
      '1403-01 IR-23 F 00': 'graduates 1',
      '1403-01 IR-23 F 04': 'first_job 1',
    });
  });

  it('counts in the area and sex of the certificate', () => {
    expect(counted(entry, certified('1403-01-31', { area: 'IR', sex: null }))).toEqual({
      '1403-01 IR-_U _U 00': 'graduates 1',
    });
  });
});

describe('what graduates are counted from', () => {
  const evolve = (before: PersonState, { type, record, data }: Said): PersonState =>
    personRegister.evolve(before, {
      ...{ id: record, type, data, stream: 's', revision: 0n, position: 1n },
      metadata: { schemaVersion: 1, receivedAt: '', recordId: record, contract: type },
    });
  const state = (...events: readonly Said[]): PersonState => events.reduce(evolve, personRegister.initial);

  it('is nothing for all who never learned anything', () => {
    const worked = state(started('1403-01-01'));
    expect(graduateHistoryOf(worked)).toBe(graduateHistoryOf(personRegister.initial));
    expect(graduateHistoryOf(worked)).toEqual({ certificates: [], jobs: [], linked: false });
  });

  it('stays the same while wages of a job come in, and changes with certificates and jobs', () => {
    const before = state(certified('1403-01-01'), started('1403-05-01'));
    const history = graduateHistoryOf(before);
    expect(graduateHistoryOf(before)).toBe(history);
    expect(graduateHistoryOf(evolve(before, paid('1403-05')))).toBe(history);
    expect(graduateHistoryOf(evolve(before, annulled('1')))).not.toBe(history);
    expect(graduateHistoryOf(evolve(before, ended('1403-06-01')))).not.toBe(history);
    const [first, ...others] = trainingDataflows('jalali');
    expect(first?.basis?.(before)).toBe(before.skills);
    for (const dataflow of others) expect(dataflow.basis?.(before)).toBe(history);
  });

  it('changes with a wage that is the first record of employment', () => {
    const before = state(certified('1403-01-01'));
    expect(graduateHistoryOf(before).linked).toBe(false);
    expect(graduateHistoryOf(evolve(before, paid('1403-05'))).linked).toBe(true);
  });
});

describe('the dataflows of training', () => {
  const shape = ({ code, dimensions, measures, rollUps }: Dataflow<PersonState>) => ({
    code,
    dimensions: dimensions.map((dimension) => dimension.code).join(' '),
    measures: measures
      .map((measure) => (measure.kind === 'stock' ? `${measure.code}*` : measure.code))
      .join(' '),
    rollUps: rollUps.map((rollUp) => `${rollUp.time}: ${rollUp.dimensions.join(' ')}`),
  });

  it('have the dimensions and measures that their definitions name', () => {
    expect(trainingDataflows('jalali').map(shape)).toEqual([
      {
        code: 'TRAINING',
        dimensions: 'area sex age skill',
        measures: 'enrolled due completed certificates certified',
        rollUps: ['effective: area', 'effective: area skill', 'effective: area sex'],
      },
      {
        code: 'GRADUATES',
        dimensions: 'area sex skill',
        measures: 'graduates employed_6 employed_12 ever_6 ever_12 before matched_12 linked',
        rollUps: ['effective: area', 'effective: area skill', 'effective: area sex'],
      },
      {
        code: 'GRADUATE_ENTRY',
        dimensions: 'area sex elapsed',
        measures: 'graduates first_job',
        rollUps: ['effective: area', 'effective: area elapsed'],
      },
    ]);
  });
});
