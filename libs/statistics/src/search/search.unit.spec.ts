import { describe, expect, it } from '@jest/globals';
import type { Dataflow } from '@karnama/cells';
import { ageBands } from '@karnama/classifications';
import { firstDayOf, monthOfDay, parseDay, parseMonth } from '@karnama/kernel';
import { personRegister, type PersonState } from '../person/person-state.js';
import { ageBandIn, ageTurns } from './age.js';
import { searchDataflows } from './index.js';
import { jobseekers as jobseekersIn } from './jobseekers.js';
import type { Said } from './person-histories.spec-kit.js';
import {
  counted,
  deregistered,
  ended,
  paid,
  placed,
  registered,
  started,
  unitsOf,
} from './person-told.spec-kit.js';
import { placements as placementsIn } from './placements.js';
import { searchCohort } from './search-cohort.js';
import { searchDuration } from './search-duration.js';
import { searchHistoryOf } from './search-history.js';

const jobseekers = jobseekersIn('jalali');
const search = searchDuration('jalali');
const cohort = searchCohort('jalali');
const placements = placementsIn('jalali');

const stocks = (cells: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(cells).flatMap(([cell, values]) => {
      const value = /jobseekers (-?\d)/.exec(values)?.[1];
      return value === undefined ? [] : [[cell, value]];
    }),
  );

describe('a jobseeker', () => {
  it('counts from the month of registration on, and leaves in the month after the last day', () => {
    expect(
      counted(
        jobseekers,
        registered('1403-01-31', { birthMonth: null }),
        deregistered('1403-02-31', 'lapsed'),
      ),
    ).toEqual({
      '1403-01 IR-23 F _U 6': 'jobseekers 1, inflow 1',
      '1403-03 IR-23 F _U 6': 'jobseekers -1, outflow 1, out_lapsed 1',
    });
    expect(
      counted(
        jobseekers,
        registered('1403-02-01', { birthMonth: null }),
        deregistered('1403-02-30', 'lapsed'),
      ),
    ).toEqual({ '1403-02 IR-23 F _U 6': 'inflow 1, outflow 1, out_lapsed 1' });
  });

  it('counts as unknown where nothing is known, and in the state of the area', () => {
    const unknown = { area: 'IR', sex: null, birthMonth: null, education: null };
    expect(counted(jobseekers, registered('1403-01-15', unknown))).toEqual({
      '1403-01 IR-_U _U _U _U': 'jobseekers 1, inflow 1',
    });
  });

  it('is none while in a job, and none without a registration', () => {
    const { '1403-01 IR-23 F Y20T24 6': first, ...later } = counted(
      jobseekers,
      started('1402-12-01'),
      ended('1403-01-10'),
      registered('1403-01-01'),
    );
    expect([first, later['1405-01 IR-23 F Y20T24 6']]).toEqual([
      'jobseekers 1, inflow 1',
      'jobseekers -1, reclass_out 1',
    ]);
    expect(counted(jobseekers, started('1402-12-01'), ended('1403-01-10'))).toEqual({});
    expect(counted(jobseekers, deregistered('1403-01-10', 'job'))).toEqual({});
    expect(counted(jobseekers, started('1402-12-01'), registered('1403-01-01'))).toEqual({});
  });

  it('comes in again after each job', () => {
    const told = [registered('1403-01-05', { birthMonth: null }), started('1403-02-10'), ended('1403-04-09')];
    expect(counted(jobseekers, ...told)).toEqual({
      '1403-01 IR-23 F _U 6': 'jobseekers 1, inflow 1, placed_6 1, placed_12 1',
      '1403-02 IR-23 F _U 6': 'jobseekers -1, outflow 1, out_job 1',
      '1403-04 IR-23 F _U 6': 'jobseekers 1, inflow 1',
    });
  });

  it('moves to the next age band on the first of the month of birth', () => {
    const [registration, end] = [registered('1404-12-29', {}), deregistered('1405-01-02', 'training')];
    expect(counted(jobseekers, registration, end)).toEqual({
      '1404-12 IR-23 F Y20T24 6': 'jobseekers 1, inflow 1',
      '1405-01 IR-23 F Y20T24 6': 'jobseekers -1, reclass_out 1',
      '1405-01 IR-23 F Y25T29 6': 'outflow 1, out_training 1, reclass_in 1',
    });
    // the age of the day before counts for who leaves on the first day of the new band
    expect(counted(jobseekers, registration, deregistered('1404-12-29', 'training'))).toEqual({
      '1404-12 IR-23 F Y20T24 6': 'jobseekers 1, inflow 1',
      '1405-01 IR-23 F Y20T24 6': 'jobseekers -1, outflow 1, out_training 1',
    });
    expect(counted(jobseekers, registered('1405-01-01'), end)).toEqual({
      '1405-01 IR-23 F Y25T29 6': 'inflow 1, outflow 1, out_training 1',
    });
  });

  it('is reclassified when another registration leads, in the month of the first day under it', () => {
    const told = [
      registered('1403-01-05', { birthMonth: null }),
      registered('1403-01-06', { birthMonth: null, area: 'IR-07', sex: 'M', education: '3' }, '2'),
      deregistered('1403-02-31', 'lapsed'),
    ];
    expect(counted(jobseekers, ...told)).toEqual({
      '1403-01 IR-23 F _U 6': 'jobseekers 1, inflow 1',
      '1403-03 IR-07 M _U 3': 'jobseekers 1, reclass_in 1',
      '1403-03 IR-23 F _U 6': 'jobseekers -1, reclass_out 1',
    });
  });

  it('has the age that the leading registration tells, no other', () => {
    const told = [
      registered('1404-12-05'),
      deregistered('1404-12-20', 'lapsed'),
      registered('1404-12-10', { birthMonth: null }, '2'),
      deregistered('1405-02-10', 'lapsed', '2'),
    ];
    expect(counted(jobseekers, ...told)).toEqual({
      '1404-12 IR-23 F Y20T24 6': 'inflow 1, reclass_out 1',
      '1404-12 IR-23 F _U 6': 'jobseekers 1, reclass_in 1',
      '1405-02 IR-23 F _U 6': 'jobseekers -1, outflow 1, out_lapsed 1',
    });
  });

  it('is not reclassified when the next registration says the same', () => {
    const told = [
      registered('1403-01-05', { birthMonth: null }),
      registered('1403-01-06', { birthMonth: null }, '2'),
      deregistered('1403-02-31', 'lapsed'),
    ];
    expect(counted(jobseekers, ...told)).toEqual({ '1403-01 IR-23 F _U 6': 'jobseekers 1, inflow 1' });
  });

  it.each([
    ['training', 'out_training'],
    ['lapsed', 'out_lapsed'],
    ['job', 'out_other'],
    ['retired', 'out_other'],
    ['death', 'out_other'],
    ['other', 'out_other'],
    [null, 'out_other'],
  ])('who leaves for reason %s counts under %s', (reason, measure) => {
    const told = [registered('1403-01-05', { birthMonth: null }), deregistered('1403-02-01', reason)];
    expect(counted(jobseekers, ...told)['1403-02 IR-23 F _U 6']).toBe(
      `jobseekers -1, outflow 1, ${measure} 1`,
    );
  });

  it.each([
    ['1403-02-02', 'out_job'],
    ['1403-03-01', 'out_job'],
    ['1403-03-02', 'out_other'],
  ])('who left for a job that began on %s counts under %s', (start, measure) => {
    const told = [registered('1403-01-05', { birthMonth: null }), deregistered('1403-02-01', 'job')];
    expect(counted(jobseekers, ...told, started(start))['1403-02 IR-23 F _U 6']).toBe(
      `jobseekers -1, outflow 1, ${measure} 1`,
    );
  });

  it.each([
    ['1403-06-31', ', placed_6 1, placed_12 1'],
    ['1403-07-29', ', placed_6 1, placed_12 1'],
    ['1403-07-30', ', placed_12 1'],
    ['1404-01-30', ', placed_12 1'],
    ['1404-01-31', ''],
  ])('registered on 31 Farvardin 1403, with a job from %s: placed%s', (start, placed) => {
    const cells = counted(jobseekers, registered('1403-01-31', { birthMonth: null }), started(start));
    expect(cells['1403-01 IR-23 F _U 6']).toBe(`jobseekers 1, inflow 1${placed}`);
  });

  it('is not placed by a job that began before', () => {
    const told = [started('1402-11-01'), ended('1402-12-01'), registered('1403-01-31', { birthMonth: null })];
    expect(counted(jobseekers, ...told)).toEqual({ '1403-01 IR-23 F _U 6': 'jobseekers 1, inflow 1' });
  });

  it('is one unit of each flow', () => {
    const told = [
      registered('1404-12-29'),
      deregistered('1405-01-02', 'training'),
      registered('1405-02-01', { birthMonth: null }, '2'),
      deregistered('1405-02-02', 'lapsed', '2'),
    ];
    expect(unitsOf(jobseekers, ...told)).toEqual({
      '1404-12 IR-23 F Y20T24 6': 1,
      '1405-01 IR-23 F Y20T24 6': 1,
      '1405-01 IR-23 F Y25T29 6': 2,
      '1405-02 IR-23 F _U 6': 2,
    });
  });

  it('counts in months of the other calendar, too', () => {
    const told = [registered('1403-01-12', { birthMonth: '2004-04' }), deregistered('1403-01-13', 'lapsed')];
    expect(counted(jobseekersIn('gregorian'), ...told)).toEqual({
      '2024-03 IR-23 F Y15T19 6': 'jobseekers 1, inflow 1',
      '2024-04 IR-23 F Y15T19 6': 'jobseekers -1, reclass_out 1',
      '2024-04 IR-23 F Y20T24 6': 'outflow 1, out_lapsed 1, reclass_in 1',
    });
  });
});

describe('the duration of search', () => {
  it('is that of the full months at the end of the last day of the month', () => {
    expect(counted(search, registered('1403-01-01'), deregistered('1405-05-10', 'job'))).toEqual({
      '1403-01 IR-23 F M0T2': 'jobseekers 1',
      '1403-03 IR-23 F M0T2': 'jobseekers -1',
      '1403-03 IR-23 F M3T5': 'jobseekers 1',
      '1403-06 IR-23 F M3T5': 'jobseekers -1',
      '1403-06 IR-23 F M6T11': 'jobseekers 1',
      '1403-12 IR-23 F M6T11': 'jobseekers -1',
      '1403-12 IR-23 F M12T23': 'jobseekers 1',
      '1404-12 IR-23 F M12T23': 'jobseekers -1',
      '1404-12 IR-23 F M_GE24': 'jobseekers 1',
      '1405-05 IR-23 F M_GE24': 'jobseekers -1',
    });
    expect(counted(search, registered('1403-01-02'))).toEqual({
      '1403-01 IR-23 F M0T2': 'jobseekers 1',
      '1403-04 IR-23 F M0T2': 'jobseekers -1',
      '1403-04 IR-23 F M3T5': 'jobseekers 1',
      '1403-07 IR-23 F M3T5': 'jobseekers -1',
      '1403-07 IR-23 F M6T11': 'jobseekers 1',
      '1404-01 IR-23 F M6T11': 'jobseekers -1',
      '1404-01 IR-23 F M12T23': 'jobseekers 1',
      '1405-01 IR-23 F M12T23': 'jobseekers -1',
      '1405-01 IR-23 F M_GE24': 'jobseekers 1',
    });
  });

  it('turns at the end of a month also when the search ends in the month after', () => {
    expect(counted(search, registered('1403-01-01'), deregistered('1403-04-10', 'job'))).toEqual({
      '1403-01 IR-23 F M0T2': 'jobseekers 1',
      '1403-03 IR-23 F M0T2': 'jobseekers -1',
      '1403-03 IR-23 F M3T5': 'jobseekers 1',
      '1403-04 IR-23 F M3T5': 'jobseekers -1',
    });
  });

  it('goes on under another registration, in its cell', () => {
    const told = [
      registered('1403-01-02'),
      deregistered('1403-03-01', 'lapsed'),
      registered('1403-02-01', { area: 'IR-07', sex: null }, '2'),
      deregistered('1403-05-01', 'lapsed', '2'),
    ];
    expect(counted(search, ...told)).toEqual({
      '1403-01 IR-23 F M0T2': 'jobseekers 1',
      '1403-03 IR-23 F M0T2': 'jobseekers -1',
      '1403-03 IR-07 _U M0T2': 'jobseekers 1',
      '1403-04 IR-07 _U M0T2': 'jobseekers -1',
      '1403-04 IR-07 _U M3T5': 'jobseekers 1',
      '1403-05 IR-07 _U M3T5': 'jobseekers -1',
    });
  });

  it('begins anew after a job', () => {
    const told = [registered('1403-01-02'), started('1403-03-05'), ended('1403-03-05')];
    expect(counted(search, ...told)['1403-04 IR-23 F M3T5']).toBeUndefined();
    expect(counted(search, ...told)['1403-06 IR-23 F M3T5']).toBe('jobseekers 1');
  });

  it('does not count who left before the end of the month', () => {
    expect(counted(search, registered('1403-01-02'), deregistered('1403-01-30', 'job'))).toEqual({});
    expect(counted(search, registered('1403-01-02'), deregistered('1403-01-31', 'job'))).toEqual({
      '1403-01 IR-23 F M0T2': 'jobseekers 1',
      '1403-02 IR-23 F M0T2': 'jobseekers -1',
    });
  });

  it('is the same stock as that of jobseekers', () => {
    const told = [registered('1403-01-02', { birthMonth: null }), deregistered('1403-02-10', 'job')];
    expect(Object.values(stocks(counted(search, ...told)))).toEqual(
      Object.values(stocks(counted(jobseekers, ...told))),
    );
  });
});

describe('a cohort of jobseekers', () => {
  it('only enters while it searches', () => {
    expect(counted(cohort, registered('1403-01-31'))).toEqual({ '1403-01 IR-23 F 00': 'entered 1' });
  });

  it.each([
    ['1403-02-30', '01'],
    ['1403-02-29', '00'],
    ['1405-12-29', '35'],
    ['1406-01-30', '36'],
    ['1409-01-30', '36'],
  ])('registered on 31 Farvardin 1403 and gone after %s: %s months', (last, months) => {
    const cells = counted(cohort, registered('1403-01-31'), deregistered(last, 'lapsed'));
    const expected =
      months === '00'
        ? { '1403-01 IR-23 F 00': 'entered 1, censored 1' }
        : { '1403-01 IR-23 F 00': 'entered 1', [`1403-01 IR-23 F ${months}`]: 'censored 1' };
    expect(cells).toEqual(expected);
  });

  it('finds a job, in its month and cell of entry', () => {
    const told = [
      registered('1403-01-31'),
      deregistered('1403-02-10', 'lapsed'),
      registered('1403-02-01', { area: 'IR-07', sex: 'M' }, '2'),
      started('1403-04-31'),
    ];
    expect(counted(cohort, ...told)).toEqual({
      '1403-01 IR-23 F 00': 'entered 1',
      '1403-01 IR-23 F 03': 'found 1',
    });
  });

  it('is one unit for each thing counted', () => {
    expect(unitsOf(cohort, registered('1403-01-31'), deregistered('1403-05-10', 'lapsed'))).toEqual({
      '1403-01 IR-23 F 00': 1,
      '1403-01 IR-23 F 03': 1,
    });
  });
});

describe('a placement', () => {
  it.each([
    ['1403-01-02', 'placements 1'],
    ['1403-01-03', 'placements 1, confirmed 1'],
    ['1403-02-02', 'placements 1, confirmed 1'],
    ['1403-03-01', 'placements 1, confirmed 1'],
    ['1403-03-02', 'placements 1'],
  ])('on 2 Ordibehesht with a job from %s: %s', (start, values) => {
    expect(counted(placements, placed('1403-02-02'), started(start))).toEqual({ '1403-02 IR-07 M': values });
  });

  it('counts in the state and sex that it names', () => {
    expect(counted(placements, placed('1403-01-31', { area: 'IR', sex: null }))).toEqual({
      '1403-01 IR-_U _U': 'placements 1',
    });
    expect(unitsOf(placements, placed('1403-01-31'))).toEqual({ '1403-01 IR-07 M': 1 });
  });

  it('needs no registration', () => {
    expect(counted(jobseekers, placed('1403-01-31'))).toEqual({});
  });
});

describe('age bands', () => {
  it('turn at the first of the month in which a band begins, between two days', () => {
    const born = parseMonth('1380-03');
    const days = (from: string, to: string) => ageTurns(born, parseDay(from), parseDay(to), 'jalali');
    const at20 = firstDayOf(parseMonth('1400-03'));
    expect(days('1400-02-31', '1400-03-02')).toEqual([at20]);
    expect(days('1400-02-31', '1400-03-01')).toEqual([]);
    expect(days('1400-03-01', '1400-03-05')).toEqual([]);
    expect(ageTurns(null, 0, 1e6, 'jalali')).toEqual([]);
  });

  it('turn whenever they change, and only then', () => {
    const born = parseMonth('1330-03');
    const turns = ageTurns(born, parseDay('1329-01-01'), Infinity, 'jalali');
    const months = turns.map((day) => monthOfDay(day, 'jalali'));
    expect(months.map((month) => firstDayOf(month))).toEqual(turns);
    expect(months.map((month) => ageBandIn(born, month, 'jalali'))).toEqual(
      ageBands.slice(0, -1).map(({ code }) => code),
    );
    expect(months.map((month) => ageBandIn(born, month - 1, 'jalali'))).toEqual(
      ['_U', ...ageBands.map(({ code }) => code)].slice(0, -2),
    );
  });

  it('turn no more after the last month that cells are kept for', () => {
    const until = (born: string) =>
      ageTurns(parseMonth(born), parseDay('1402-01-01'), Infinity, 'jalali').map((day) =>
        monthOfDay(day, 'jalali'),
      );
    expect(until('1385-12').at(-1)).toBe(parseMonth('1410-12'));
    expect(until('1386-01').at(-1)).toBe(parseMonth('1406-01'));
  });

  it('are unknown without a birth month and before it', () => {
    expect(ageBandIn(null, parseMonth('1403-01'), 'jalali')).toBe('_U');
    expect(ageBandIn(parseMonth('1403-02'), parseMonth('1403-01'), 'jalali')).toBe('_U');
    expect(ageBandIn(parseMonth('1403-02'), parseMonth('1403-02'), 'jalali')).toBe('Y0T14');
  });

  it('take a birth month of another calendar as the month that its middle lies in', () => {
    expect(ageBandIn(parseMonth('1983-04'), parseMonth('1401-12'), 'jalali')).toBe('Y35T39');
    expect(ageBandIn(parseMonth('1983-04'), parseMonth('1402-01'), 'jalali')).toBe('Y40T44');
  });
});

describe('what search is counted from', () => {
  const evolve = (before: PersonState, { type, record, data }: Said): PersonState =>
    personRegister.evolve(before, {
      ...{ id: record, type, data, stream: 's', revision: 0n, position: 1n },
      metadata: { schemaVersion: 1, receivedAt: '', recordId: record, contract: type },
    });
  const state = (...events: readonly Said[]): PersonState => events.reduce(evolve, personRegister.initial);

  it('is nothing for all who never searched', () => {
    const worked = state(started('1403-01-01'));
    expect(searchHistoryOf(worked)).toBe(searchHistoryOf(personRegister.initial));
    expect(searchHistoryOf(worked)).toEqual({ searches: [], placements: [], jobs: [] });
  });

  it('stays the same while wages come in, and changes with registrations and jobs', () => {
    const before = state(registered('1403-01-01'), started('1403-05-01'));
    const history = searchHistoryOf(before);
    expect(searchHistoryOf(before)).toBe(history);
    expect(searchHistoryOf(evolve(before, paid('1403-05')))).toBe(history);
    expect(searchHistoryOf(evolve(before, deregistered('1403-02-01', 'job')))).not.toBe(history);
    expect(searchHistoryOf(evolve(before, ended('1403-06-01')))).not.toBe(history);
    for (const dataflow of searchDataflows('jalali')) expect(dataflow.basis?.(before)).toBe(history);
  });
});

describe('the dataflows of search', () => {
  const shape = ({ code, dimensions, measures, rollUps }: Dataflow<PersonState>) => ({
    code,
    dimensions: dimensions.map((dimension) => dimension.code).join(' '),
    measures: measures
      .map((measure) => (measure.kind === 'stock' ? `${measure.code}*` : measure.code))
      .join(' '),
    rollUps: rollUps.map((rollUp) => `${rollUp.time}: ${rollUp.dimensions.join(' ')}`),
  });

  it('have the dimensions and measures that their definitions name, stocks marked', () => {
    expect(searchDataflows('jalali').map(shape)).toEqual([
      {
        code: 'JOBSEEKERS',
        dimensions: 'area sex age education',
        measures:
          'jobseekers* inflow outflow out_job out_training out_lapsed out_other reclass_in reclass_out placed_6 placed_12',
        rollUps: [
          'effective: area',
          'effective: area sex',
          'effective: area sex age',
          'effective: area education',
        ],
      },
      {
        code: 'SEARCH',
        dimensions: 'area sex duration',
        measures: 'jobseekers*',
        rollUps: ['effective: area', 'effective: area duration'],
      },
      {
        code: 'SEARCH_COHORT',
        dimensions: 'area sex elapsed',
        measures: 'entered found censored',
        rollUps: ['effective: area', 'effective: area elapsed'],
      },
      {
        code: 'PLACEMENTS',
        dimensions: 'area sex',
        measures: 'placements confirmed',
        rollUps: ['effective: area'],
      },
    ]);
  });
});
