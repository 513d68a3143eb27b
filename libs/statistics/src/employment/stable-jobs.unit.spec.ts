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
import { stableJobs } from './stable-jobs.js';

const counted = (records: readonly GivenRecord[], calendar: Calendar = 'jalali') =>
  cellsOf(stableJobs(calendar), known(...records));
const up = { stable: 1, units: 1 };
const down = { stable: -1, units: -1 };

describe('STABLE_JOBS', () => {
  it('counts an open job from the quarter after the one in which it began, in its last month', () => {
    expect(counted([started('1', '1403-01-01')])).toEqual({ '1403-06 IR-23 C F _U': up });
    expect(counted([started('1', '1403-03-31')])).toEqual({ '1403-06 IR-23 C F _U': up });
    expect(counted([started('1', '1403-04-01')])).toEqual({ '1403-09 IR-23 C F _U': up });
    expect(counted([started('1', '1402-12-29')])).toEqual({ '1403-03 IR-23 C F _U': up });
  });

  it('counts a job up to the last quarter that it outlasts by more than the first day of the next', () => {
    const until = (lastDay: string) => counted([started('1', '1402-12-01'), ended('1', lastDay)]);
    const one = { '1403-03 IR-23 C F _U': up, '1403-06 IR-23 C F _U': down };
    expect(until('1403-03-31')).toEqual({});
    expect(until('1403-04-01')).toEqual(one);
    expect(until('1403-06-31')).toEqual(one);
    expect(until('1403-07-01')).toEqual({ '1403-03 IR-23 C F _U': up, '1403-09 IR-23 C F _U': down });
  });

  it('counts nothing of a job within two quarters', () => {
    expect(counted([started('1', '1403-01-01'), ended('1', '1403-06-31')])).toEqual({});
    expect(counted([started('1', '1403-01-01'), ended('1', '1403-02-31')])).toEqual({});
  });

  it('places the job as it is on the last day of the quarter', () => {
    const records = [
      started('1', '1402-11-01', { birthMonth: '1378-06', sex: 'M' }),
      changed('1', '1402-12-05', { area: 'IR-01' }),
      changed('1', '1403-02-05', { area: 'IR-07' }),
      changed('1', '1403-03-31', { area: 'IR-08' }),
      changed('1', '1403-07-01', { area: 'IR-08', industry: 'ISIC4:F' }),
      ended('1', '1403-10-01'),
    ];
    expect(counted(records)).toEqual({
      '1403-03 IR-08 C M Y20T24': up,
      '1403-06 IR-08 C M Y20T24': down,
      '1403-06 IR-08 C M Y25T29': up,
      '1403-09 IR-08 C M Y25T29': down,
      '1403-09 IR-08 F M Y25T29': up,
      '1403-12 IR-08 F M Y25T29': down,
    });
  });

  it('counts two jobs of one person both', () => {
    const records = [started('1', '1402-12-01'), started('2', '1402-12-01', { establishment: 'v' })];
    expect(counted(records)).toEqual({ '1403-03 IR-23 C F _U': { stable: 2, units: 2 } });
  });

  it('counts Gregorian quarters where that is the calendar', () => {
    expect(counted([started('1', '2025-03-31'), ended('1', '2025-07-01')], 'gregorian')).toEqual({
      '2025-06 IR-23 C F _U': up,
      '2025-09 IR-23 C F _U': down,
    });
  });

  it('has one stock, and depends on jobs alone', () => {
    const { measures, dimensions, basis } = stableJobs('jalali');
    expect(measures.map(({ code, kind }) => [code, kind])).toEqual([['stable', 'stock']]);
    expect(dimensions.map(({ code }) => code)).toEqual(['area', 'industry', 'sex', 'age']);
    expect(basis?.(known(started('1', '1403-01-01')))).toHaveLength(1);
  });
});
