import { describe, expect, it } from '@jest/globals';
import { multiplesOf } from './small-multiples-lines.js';

const row = (area: string, period: string, value: string | null, change?: string | null) => ({
  period,
  value,
  area,
  ...(change === undefined ? {} : { change_year: change }),
});

const country = [
  { period: '1404-01', value: '40' },
  { period: '1404-02', value: '50' },
  { period: '1404-03', value: null },
];
const rows = [
  row('IR-23', '1404-01', '10'),
  row('IR-23', '1404-02', '20', '3'),
  row('IR-10', '1404-01', '0'),
  row('IR-10', '1404-02', '4', '-1.50'),
  row('IR-21', '1404-02', '4', '0.0'),
  row('IR-_U', '1404-02', '9', '9'),
];
const codes = ['IR-10', 'IR-21', 'IR-23', 'IR-03'];

describe('the provinces side by side', () => {
  it('show shares as they are, all on one scale with the country', () => {
    const { charts, whole, scale } = multiplesOf({ kind: 'share' }, country, rows, codes);
    expect(charts.map(({ code, line }) => [code, line])).toEqual([
      ['IR-10', [0, 4, null]],
      ['IR-21', [null, 4, null]],
      ['IR-23', [10, 20, null]],
      ['IR-03', [null, null, null]],
    ]);
    expect(whole).toEqual([40, 50, null]);
    expect(scale).toEqual({ low: 0, high: 50 });
  });

  it('show levels from their own first figure above 0, taken as 100', () => {
    const { charts, whole } = multiplesOf({ kind: 'level' }, country, rows, codes);
    expect(charts.map(({ line }) => line)).toEqual([
      [0, 100, null],
      [null, 100, null],
      [100, 200, null],
      [null, null, null],
    ]);
    expect(whole).toEqual([100, 125, null]);
  });

  it('tell the figures of the newest period of the country, and how many rose and fell', () => {
    const { period, charts, up, down } = multiplesOf({ kind: 'level' }, country, rows, codes);
    expect([period, up, down]).toEqual(['1404-02', 1, 1]);
    expect(charts.map(({ figure }) => figure?.value)).toEqual(['4', '4', '20', undefined]);
  });
});
