import { describe, expect, it } from '@jest/globals';
import type { Calendar } from '@karnama/kernel';
import {
  as,
  cellsOf,
  changed,
  ended,
  known,
  paid,
  started,
  withdrawn,
  type GivenRecord,
} from '../person/given-records.spec-kit.js';
import { personRegister } from '../person/person-state.js';
import { jobs } from './jobs.js';

const counted = (records: readonly GivenRecord[], calendar: Calendar = 'jalali') =>
  cellsOf(jobs(calendar), known(...records));

const cell = 'IR-23 C 7 F _U permanent';
const hired = { jobs: 1, hires: 1, units: 1 };
const left = (reason: string) => ({ jobs: -1, separations: 1, [reason]: 1, units: 1 });
const cameIn = { jobs: 1, reclass_in: 1, units: 1 };
const wentOut = { jobs: -1, reclass_out: 1, units: 1 };

describe('JOBS', () => {
  it('counts nothing of a person of whom nothing is known, nor of an end without its start', () => {
    expect(cellsOf(jobs('jalali'), personRegister.initial)).toEqual({});
    expect(
      counted([ended('1', '1403-01-10'), changed('1', '1403-01-01', {}), paid('1', '1403-01', 5)]),
    ).toEqual({});
  });

  it('counts a hire in the month of the first day, from which on the job stands', () => {
    expect(counted([started('1', '1403-12-30')])).toEqual({ [`1403-12 ${cell}`]: hired });
    expect(counted([started('1', '1404-01-01')])).toEqual({ [`1404-01 ${cell}`]: hired });
  });

  it('counts a separation in the month of the day after the last one', () => {
    const start = started('1', '1403-01-01');
    expect(counted([ended('1', '1403-12-29', 'quit'), start])[`1403-12 ${cell}`]).toEqual(left('quits'));
    expect(counted([start, ended('1', '1403-12-30', 'quit')])[`1404-01 ${cell}`]).toEqual(left('quits'));
  });

  it('counts a job within a month as hire and separation without a stock', () => {
    expect(counted([started('1', '1403-02-01'), ended('1', '1403-02-30')])).toEqual({
      [`1403-02 ${cell}`]: { hires: 1, separations: 1, unknown_ends: 1, units: 2 },
    });
  });

  it.each([
    ['quit', 'quits'],
    ['layoff', 'layoffs'],
    ['discharge', 'layoffs'],
    ['non-renewal', 'layoffs'],
    ['retirement', 'retirements'],
    ['death', 'deaths'],
    ['transfer', 'other_ends'],
    ['other', 'other_ends'],
    [null, 'unknown_ends'],
  ])('counts an end by %s among the %s', (reason, measure) => {
    expect(
      counted([started('1', '1403-01-01'), ended('1', '1403-01-31', reason)])[`1403-02 ${cell}`],
    ).toEqual(left(measure));
  });

  it('counts a renewal as nothing', () => {
    const records = [started('1', '1403-01-01'), ended('1', '1403-12-30'), started('2', '1404-01-01')];
    expect(counted(records)).toEqual({ [`1403-01 ${cell}`]: hired });
  });

  it('counts each establishment by itself', () => {
    const records = [started('1', '1403-01-01'), started('2', '1403-01-05', { establishment: 'v' })];
    expect(counted(records)).toEqual({ [`1403-01 ${cell}`]: { jobs: 2, hires: 2, units: 2 } });
  });

  it('places a job by state, section, major group, sex, age and contract, unknown where they are', () => {
    const bare = {
      area: 'IR',
      industry: null,
      occupation: null,
      contractType: null,
      sex: null,
      birthMonth: null,
    };
    expect(Object.keys(counted([started('1', '1403-01-01', bare)]))).toEqual([
      '1403-01 IR-_U _U _U _U _U _U',
    ]);
    const full = {
      ...bare,
      area: 'IR:0701',
      industry: 'ISIC4:F',
      occupation: 'ISCO08:9313',
      contractType: 'seasonal',
    };
    expect(Object.keys(counted([started('1', '1403-01-01', { ...full, sex: 'M' })]))).toEqual([
      expect.stringMatching(/^1403-01 IR-\d\d F 9 M _U seasonal$/),
    ]);
  });

  describe('a change of cell', () => {
    it('moves the job out of one cell into another in the month of its day', () => {
      const to = 'IR-07 C 7 F _U permanent';
      expect(counted([started('1', '1403-01-05'), changed('1', '1403-03-01', { area: 'IR-07' })])).toEqual({
        [`1403-01 ${cell}`]: hired,
        [`1403-03 ${cell}`]: wentOut,
        [`1403-03 ${to}`]: cameIn,
      });
    });

    it.each([
      ['industry', { industry: 'ISIC4:F' }, 'IR-23 F 7 F _U permanent'],
      ['occupation', { occupation: 'ISCO08:2' }, 'IR-23 C 2 F _U permanent'],
      ['contract', { contractType: null }, 'IR-23 C 7 F _U _U'],
    ])('is one of %s too', (_, change, to) => {
      const cells = counted([started('1', '1403-01-05'), changed('1', '1403-03-01', change)]);
      expect(cells[`1403-03 ${to}`]).toEqual(cameIn);
      expect(cells[`1403-03 ${cell}`]).toEqual(wentOut);
    });

    it('is none when hours, wage or a finer code changes', () => {
      const change = { weeklyHours: 100, monthlyWage: 7, industry: 'ISIC4:2011', occupation: 'ISCO08:7213' };
      expect(counted([started('1', '1403-01-05'), changed('1', '1403-03-01', change)])).toEqual({
        [`1403-01 ${cell}`]: hired,
      });
    });

    it('and its way back within a month are moves, both in and out of both cells', () => {
      const records = [
        started('1', '1403-01-05'),
        changed('1', '1403-03-02', { area: 'IR-07' }),
        changed('1', '1403-03-09', {}),
      ];
      expect(counted(records)[`1403-03 ${cell}`]).toEqual({ reclass_in: 1, reclass_out: 1, units: 2 });
    });

    it('is told by the separation: it lies in the cell of the day before the end', () => {
      const records = [
        started('1', '1403-01-05'),
        changed('1', '1403-03-10', { area: 'IR-07' }),
        ended('1', '1403-03-10', 'quit'),
      ];
      expect(counted(records)['1403-03 IR-07 C 7 F _U permanent']).toEqual({
        separations: 1,
        quits: 1,
        reclass_in: 1,
        units: 2,
      });
    });
  });

  describe('the age of the person', () => {
    const at = (band: string) => `IR-23 C 7 F ${band} permanent`;
    const born = (birthMonth: string, ...more: GivenRecord[]) =>
      counted([started('1', '1403-01-05', { birthMonth }), ...more]);

    it('moves the job on the first day of the month in which the next band is reached', () => {
      expect(born('1378-06', ended('1', '1404-02-01', 'quit'))).toEqual({
        [`1403-01 ${at('Y20T24')}`]: hired,
        [`1403-06 ${at('Y20T24')}`]: wentOut,
        [`1403-06 ${at('Y25T29')}`]: cameIn,
        [`1404-02 ${at('Y25T29')}`]: left('quits'),
      });
    });

    it('moves it when the last day is that first day, not when the job ends the day before', () => {
      expect(born('1378-06', ended('1', '1403-06-01'))[`1403-06 ${at('Y25T29')}`]).toEqual({
        separations: 1,
        unknown_ends: 1,
        reclass_in: 1,
        units: 2,
      });
      expect(born('1378-06', ended('1', '1403-05-31'))[`1403-06 ${at('Y20T24')}`]).toEqual(
        left('unknown_ends'),
      );
    });

    it('moves an open job into every band up to the last', () => {
      const cells = born('1333-03');
      expect(Object.keys(cells)).toEqual([
        `1403-01 ${at('Y65T69')}`,
        `1403-03 ${at('Y65T69')}`,
        `1403-03 ${at('Y_GE70')}`,
      ]);
      // eleven bands further, were cells kept so long: up to the last month that they are kept for
      expect(Object.keys(born('1385-12')).at(-1)).toBe(`1410-12 ${at('Y25T29')}`);
      expect(Object.keys(born('1386-01')).at(-1)).toBe(`1406-01 ${at('Y20T24')}`);
    });

    it('has reached the band when the job starts in the very month', () => {
      expect(Object.keys(born('1378-01', ended('1', '1403-01-20')))).toEqual([`1403-01 ${at('Y25T29')}`]);
      expect(Object.keys(born('1378-02', ended('1', '1403-01-20')))).toEqual([`1403-01 ${at('Y20T24')}`]);
    });

    it('is taken from a birth month of another calendar by its middle', () => {
      // April 1999 has its middle in Farvardin 1378
      expect(Object.keys(born('1999-04', ended('1', '1403-01-20')))).toEqual([`1403-01 ${at('Y25T29')}`]);
      expect(Object.keys(born('1999-05', ended('1', '1403-01-20')))).toEqual([`1403-01 ${at('Y20T24')}`]);
    });

    it('is unknown before birth, which is told as a move like others', () => {
      expect(born('1403-03', ended('1', '1403-03-20'))[`1403-03 ${at('_U')}`]).toEqual(wentOut);
    });

    it('changes together with the attributes as one move', () => {
      const cells = born(
        '1378-06',
        changed('1', '1403-06-01', { area: 'IR-07' }),
        changed('1', '1403-07-01', { area: 'IR-08' }),
        ended('1', '1403-08-15'),
      );
      expect(Object.keys(cells)).toEqual([
        `1403-01 ${at('Y20T24')}`,
        `1403-06 ${at('Y20T24')}`,
        '1403-06 IR-07 C 7 F Y25T29 permanent',
        '1403-07 IR-07 C 7 F Y25T29 permanent',
        '1403-07 IR-08 C 7 F Y25T29 permanent',
        '1403-08 IR-08 C 7 F Y25T29 permanent',
      ]);
    });
  });

  describe('a recall', () => {
    const back = (day: string, establishment = 'w') => {
      const records = [
        started('1', '1402-01-01'),
        ended('1', '1402-04-09'),
        started('2', day, { establishment, area: 'IR-07' }),
      ];
      const [hire] = Object.entries(counted(records)).filter(([key]) => key.includes('IR-07'));
      return hire?.[1];
    };

    it('is a hire in the same establishment up to twelve months after the end', () => {
      expect(back('1402-04-11')).toEqual({ ...hired, recalls: 1 });
      expect(back('1403-04-10')).toEqual({ ...hired, recalls: 1 });
      expect(back('1403-04-11')).toEqual(hired);
      expect(back('1402-04-11', 'v')).toEqual(hired);
    });

    it('looks at the job before, also when others lie between', () => {
      const records = [
        started('1', '1400-01-01'),
        ended('1', '1400-02-01'),
        started('2', '1402-01-01', { area: 'IR-08' }),
        ended('2', '1402-02-01'),
        started('3', '1402-02-01', { establishment: 'v' }),
        started('4', '1402-03-01', { area: 'IR-07' }),
      ];
      const cells = counted(records);
      expect(cells['1402-01 IR-08 C 7 F _U permanent']).toEqual(hired);
      expect(cells['1402-03 IR-07 C 7 F _U permanent']).toEqual({ ...hired, recalls: 1 });
    });
  });

  it('follows corrections and withdrawals', () => {
    const records = [as(started('1', '1403-01-01'), 'a'), as(ended('1', '1403-02-01', 'quit'), 'b')];
    const corrected = [...records, as(ended('1', '1403-05-01', 'death'), 'b', 2)];
    expect(counted(corrected)).toEqual({ [`1403-01 ${cell}`]: hired, [`1403-05 ${cell}`]: left('deaths') });
    expect(counted([...corrected, withdrawn('b')])).toEqual({ [`1403-01 ${cell}`]: hired });
    expect(counted([withdrawn('a'), ...corrected])).toEqual({});
  });

  it('counts by Gregorian months where that is the calendar', () => {
    const records = [started('1', '2025-03-20'), ended('1', '2025-04-29', 'quit')];
    expect(counted(records, 'gregorian')).toEqual({
      [`2025-03 ${cell}`]: hired,
      [`2025-04 ${cell}`]: left('quits'),
    });
  });

  it('depends on jobs alone', () => {
    const dataflow = jobs('jalali');
    const state = known(started('1', '1403-01-01'));
    expect(dataflow.basis?.(known(started('1', '1403-01-01')))).not.toBe(dataflow.basis?.(state));
    expect(dataflow.measures.filter(({ kind }) => kind === 'stock').map(({ code }) => code)).toEqual([
      'jobs',
    ]);
    expect(dataflow.dimensions.map(({ code }) => code)).toEqual(
      'area industry occupation sex age contract'.split(' '),
    );
  });
});
