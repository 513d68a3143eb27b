import { describe, expect, it } from '@jest/globals';
import type { Calendar } from '@karnama/kernel';
import {
  cellsOf,
  changed,
  ended,
  known,
  started,
  type GivenRecord,
} from '../person/given-records.spec-kit.js';
import { persons } from './persons.js';

const counted = (records: readonly GivenRecord[], calendar: Calendar = 'jalali') =>
  cellsOf(persons(calendar), known(...records));
const up = { persons: 1, units: 1 };
const down = { persons: -1, units: -1 };

describe('PERSONS', () => {
  it('counts a person in work at the end of the month', () => {
    expect(counted([started('1', '1403-01-31'), ended('1', '1403-02-31')])).toEqual({
      '1403-01 IR-23 C F _U': up,
      '1403-03 IR-23 C F _U': down,
    });
    expect(counted([started('1', '1403-01-31'), ended('1', '1403-02-30')])).toEqual({
      '1403-01 IR-23 C F _U': up,
      '1403-02 IR-23 C F _U': down,
    });
    expect(counted([started('1', '1403-01-01'), ended('1', '1403-01-30')])).toEqual({});
  });

  it('counts once who has two jobs, and then as a multiple job holder', () => {
    const records = [
      started('1', '1403-01-01'),
      started('2', '1403-02-10', { establishment: 'v', weeklyHours: 100 }),
      ended('2', '1403-04-10'),
    ];
    expect(counted(records)).toEqual({
      '1403-01 IR-23 C F _U': up,
      '1403-02 IR-23 C F _U': { multiple: 1 },
      '1403-04 IR-23 C F _U': { multiple: -1 },
    });
  });

  it('moves who changes the job without a day between, and does not count them out', () => {
    const records = [
      started('1', '1403-01-01'),
      ended('1', '1403-03-15'),
      started('2', '1403-03-16', { establishment: 'v', area: 'IR-07' }),
    ];
    expect(counted(records)).toEqual({
      '1403-01 IR-23 C F _U': up,
      '1403-03 IR-23 C F _U': down,
      '1403-03 IR-07 C F _U': up,
    });
  });

  it('counts again who comes back to work', () => {
    const records = [started('1', '1403-01-01'), ended('1', '1403-03-15'), started('2', '1403-05-01')];
    expect(counted(records)).toEqual({
      '1403-01 IR-23 C F _U': up,
      '1403-03 IR-23 C F _U': down,
      '1403-05 IR-23 C F _U': up,
    });
  });

  it('takes the age and the sex of the main job', () => {
    const records = [
      started('1', '1403-01-01', { birthMonth: '1378-06', sex: null, industry: 'ISIC4:F' }),
      ended('1', '1403-08-20'),
    ];
    expect(counted(records)).toEqual({
      '1403-01 IR-23 F _U Y20T24': up,
      '1403-06 IR-23 F _U Y20T24': down,
      '1403-06 IR-23 F _U Y25T29': up,
      '1403-08 IR-23 F _U Y25T29': down,
    });
  });

  describe('the main job', () => {
    /** The area of the main job of two that both go on. */
    const main = (
      one: Record<string, string | number | null>,
      other: Record<string, string | number | null>,
    ) => {
      const jobs = [
        { establishment: 'a', day: '1403-01-10', area: 'IR-01', ...one },
        { establishment: 'b', day: '1403-01-10', area: 'IR-02', ...other },
      ];
      const areas = [jobs, [...jobs].reverse()].map((order) => {
        const cells = counted(order.map((job, i) => started(String(i), String(job.day), job)));
        expect(Object.values(cells)).toEqual([{ persons: 1, multiple: 1, units: 1 }]);
        return Object.keys(cells)[0]?.slice(8, 13);
      });
      expect(areas[0]).toBe(areas[1]);
      return areas[0];
    };

    it('has the most weekly hours; unknown ones are none', () => {
      expect(main({ weeklyHours: 2000 }, { weeklyHours: 2001 })).toBe('IR-02');
      expect(main({ weeklyHours: 2001, monthlyWage: 1 }, { weeklyHours: 2000, monthlyWage: 9 })).toBe(
        'IR-01',
      );
      expect(main({ weeklyHours: null }, { weeklyHours: 1 })).toBe('IR-02');
      expect(main({ weeklyHours: null }, { weeklyHours: 0 })).toBe('IR-01');
    });

    it('then has the highest agreed wage; an unknown one is none', () => {
      expect(main({ monthlyWage: 5 }, { monthlyWage: 6, day: '1403-01-12' })).toBe('IR-02');
      expect(main({ monthlyWage: 6, day: '1403-01-12' }, { monthlyWage: 5 })).toBe('IR-01');
      expect(main({ monthlyWage: null }, { monthlyWage: 1 })).toBe('IR-02');
      expect(main({ monthlyWage: 0 }, { monthlyWage: null })).toBe('IR-01');
    });

    it('then began first, then has the smaller establishment code', () => {
      expect(main({ day: '1403-01-11' }, { day: '1403-01-10' })).toBe('IR-02');
      expect(main({ establishment: 'B' }, { establishment: 'a' })).toBe('IR-01');
      expect(main({ establishment: 'a' }, { establishment: 'B' })).toBe('IR-02');
    });

    it('is another when hours or wages change', () => {
      const more = { establishment: 'v', area: 'IR-07' };
      const records = [
        started('1', '1403-01-01'),
        started('2', '1403-01-10', { ...more, weeklyHours: 100 }),
        changed('2', '1403-03-10', { ...more, weeklyHours: 9900 }),
        changed('1', '1403-05-10', { weeklyHours: 9900, monthlyWage: 1 }),
      ];
      const both = { persons: 1, multiple: 1, units: 1 };
      const gone = { persons: -1, multiple: -1, units: -1 };
      expect(counted(records)).toEqual({
        '1403-01 IR-23 C F _U': both,
        '1403-03 IR-23 C F _U': gone,
        '1403-03 IR-07 C F _U': both,
        '1403-05 IR-07 C F _U': gone,
        '1403-05 IR-23 C F _U': both,
      });
    });
  });

  it('counts Gregorian months where that is the calendar', () => {
    expect(counted([started('1', '2025-01-31'), ended('1', '2025-02-27')], 'gregorian')).toEqual({
      '2025-01 IR-23 C F _U': up,
      '2025-02 IR-23 C F _U': down,
    });
  });

  it('has two stocks, and depends on jobs alone', () => {
    const { measures, dimensions, basis } = persons('jalali');
    expect(measures.map(({ code, kind }) => [code, kind])).toEqual([
      ['persons', 'stock'],
      ['multiple', 'stock'],
    ]);
    expect(dimensions.map(({ code }) => code)).toEqual(['area', 'industry', 'sex', 'age']);
    expect(basis?.(known(started('1', '1403-01-01')))).toHaveLength(1);
  });
});
