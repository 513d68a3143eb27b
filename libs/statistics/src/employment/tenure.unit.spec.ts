import { describe, expect, it } from '@jest/globals';
import type { Calendar } from '@karnama/kernel';
import {
  cellsOf,
  changed,
  ended,
  known,
  paid,
  started,
  type GivenRecord,
} from '../person/given-records.spec-kit.js';
import { tenure } from './tenure.js';

const counted = (records: readonly GivenRecord[], calendar: Calendar = 'jalali') =>
  cellsOf(tenure(calendar), known(...records));
const up = { jobs: 1, units: 1 };
const down = { jobs: -1, units: -1 };

describe('TENURE', () => {
  it('counts an open job through all bands by the full months up to the day after the month', () => {
    expect(counted([started('1', '1393-01-01')])).toEqual({
      '1393-01 IR-23 F M0T2': up,
      '1393-03 IR-23 F M0T2': down,
      '1393-03 IR-23 F M3T5': up,
      '1393-06 IR-23 F M3T5': down,
      '1393-06 IR-23 F M6T11': up,
      '1393-12 IR-23 F M6T11': down,
      '1393-12 IR-23 F M12T23': up,
      '1394-12 IR-23 F M12T23': down,
      '1394-12 IR-23 F M24T35': up,
      '1395-12 IR-23 F M24T35': down,
      '1395-12 IR-23 F M36T59': up,
      '1397-12 IR-23 F M36T59': down,
      '1397-12 IR-23 F M60T119': up,
      '1402-12 IR-23 F M60T119': down,
      '1402-12 IR-23 F M_GE120': up,
    });
  });

  it('counts a month later what began after the first day of a month', () => {
    const cells = counted([started('1', '1393-01-02')]);
    expect(cells['1393-03 IR-23 F M3T5']).toBeUndefined();
    expect(cells['1393-04 IR-23 F M3T5']).toEqual(up);
    expect(cells['1403-01 IR-23 F M_GE120']).toEqual(up);
  });

  it('counts nothing after the last month that cells are kept for', () => {
    const months = Object.keys(counted([started('1', '1403-01-01')])).map((cell) => cell.slice(0, 7));
    expect(months.at(-1)).toBe('1407-12');
    expect(Object.keys(counted([started('1', '1401-01-01')])).at(-1)).toBe('1410-12 IR-23 F M_GE120');
    expect(Object.keys(counted([started('1', '1401-01-02')])).at(-1)).toBe('1406-01 IR-23 F M60T119');
  });

  it('takes the job out of its band in the month of its end', () => {
    expect(counted([started('1', '1403-01-10'), ended('1', '1403-03-31')])).toEqual({
      '1403-01 IR-23 F M0T2': up,
      '1403-04 IR-23 F M0T2': { separations: 1, jobs: -1 },
    });
    expect(counted([started('1', '1403-01-01'), ended('1', '1403-03-30')])).toEqual({
      '1403-01 IR-23 F M0T2': up,
      '1403-03 IR-23 F M0T2': { separations: 1, jobs: -1 },
    });
    expect(counted([started('1', '1403-01-01'), ended('1', '1403-03-31')])).toEqual({
      '1403-01 IR-23 F M0T2': up,
      '1403-03 IR-23 F M0T2': down,
      '1403-03 IR-23 F M3T5': up,
      '1403-04 IR-23 F M3T5': { separations: 1, jobs: -1 },
    });
  });

  it.each([
    ['1403-04-08', 'M0T2'],
    ['1403-04-09', 'M3T5'],
    ['1404-01-08', 'M6T11'],
    ['1404-01-09', 'M12T23'],
    ['1413-01-09', 'M_GE120'],
  ])('counts a separation by full months to the end: from 1403-01-10 to %s is %s', (lastDay, band) => {
    const cells = Object.entries(counted([started('1', '1403-01-10'), ended('1', lastDay)]));
    expect(cells.filter(([, sums]) => sums['separations'] === 1).map(([key]) => key)).toEqual([
      `${lastDay.slice(0, 7)} IR-23 F ${band}`,
    ]);
  });

  it('counts a job within a month by its separation alone', () => {
    expect(counted([started('1', '1403-01-10'), ended('1', '1403-01-10')])).toEqual({
      '1403-01 IR-23 F M0T2': { separations: 1, units: 1 },
    });
  });

  it('follows the job into another area, as it stands on the last day of the month', () => {
    const records = [
      started('1', '1403-01-10', { sex: null }),
      changed('1', '1403-02-01', { area: 'IR-07' }),
      changed('1', '1403-02-31', { area: 'IR-08' }),
      ended('1', '1403-03-05'),
    ];
    expect(counted(records)).toEqual({
      '1403-01 IR-23 _U M0T2': up,
      '1403-02 IR-23 _U M0T2': down,
      '1403-02 IR-08 _U M0T2': up,
      '1403-03 IR-08 _U M0T2': { separations: 1, jobs: -1 },
    });
  });

  it('counts months of the other calendar where that is the calendar', () => {
    const cells = counted([started('1', '2025-01-01'), ended('1', '2025-03-31')], 'gregorian');
    expect(cells).toEqual({
      '2025-01 IR-23 F M0T2': up,
      '2025-03 IR-23 F M0T2': down,
      '2025-03 IR-23 F M3T5': up,
      '2025-04 IR-23 F M3T5': { separations: 1, jobs: -1 },
    });
  });

  it('has a flow and a stock, and depends on jobs alone', () => {
    const { measures, dimensions, basis } = tenure('jalali');
    expect(measures.map(({ code, kind }) => [code, kind])).toEqual([
      ['separations', undefined],
      ['jobs', 'stock'],
    ]);
    expect(dimensions.map(({ code }) => code)).toEqual(['area', 'sex', 'tenure']);
    const one = started('1', '1403-01-01');
    expect(basis?.(known(one, paid('1', '1403-01', 5)))).toHaveLength(1);
  });
});
