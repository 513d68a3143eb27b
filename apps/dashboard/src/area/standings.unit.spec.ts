import { describe, expect, it } from '@jest/globals';
import type { IndicatorSummary } from '../indicator-api.js';
import type { Told } from '../panel/told.js';
import { extremeStandings, standingOf, type Standing } from './standings.js';

const row = (period: string, value: string | null, area?: string) => ({
  period,
  value,
  ...(area === undefined ? {} : { area }),
});

const told: Told = {
  summary: { code: 'X' } as IndicatorSummary,
  freq: 'M',
  rows: [row('1404-01', '5'), row('1404-02', '6'), row('1404-03', '9')],
  before: undefined,
};

describe('the standing of a province', () => {
  const country = [row('1404-01', '50'), row('1404-02', '60'), row('1404-03', null)];
  const parts = [
    row('1404-01', '99', 'IR-01'),
    row('1404-02', '8', 'IR-01'),
    row('1404-02', '6', 'IR-23'),
    row('1404-02', '6', 'IR-10'),
    row('1404-02', null, 'IR-03'),
    row('1404-02', '100', 'IR-_U'),
  ];

  it('is taken in the newest period of which the country has a figure, among provinces with one', () => {
    const { whole, here, rank, count } = standingOf(told, country, parts, 'IR-23');
    expect([whole?.value, here?.value, rank, count]).toEqual(['60', '6', 2, 3]);
    expect(standingOf(told, country, parts, 'IR-03').rank).toBeUndefined();
  });

  it('is none while the country has no figure', () => {
    const { whole, here, rank } = standingOf(told, [row('1404-03', null)], parts, 'IR-23');
    expect([whole, here, rank]).toEqual([undefined, undefined, undefined]);
  });
});

describe('the highest and the lowest place', () => {
  const placed = (code: string, rank: number | undefined, count: number): Standing => ({
    told: { ...told, summary: { code } as IndicatorSummary },
    whole: undefined,
    here: undefined,
    rank,
    count,
  });

  it('are found by the part of the provinces that stand before', () => {
    const found = extremeStandings([placed('a', 4, 31), placed('b', 3, 5), placed('c', 2, 31)]);
    expect([found?.best.told.summary.code, found?.worst.told.summary.code]).toEqual(['c', 'b']);
  });

  it('are none where nothing is ranked', () => {
    expect(extremeStandings([placed('a', undefined, 31), placed('b', 1, 1)])).toBeUndefined();
  });
});
