import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IndicatorRow } from './indicator-api.js';
import {
  extremesAmong,
  flips,
  latestFigure,
  rankedBy,
  releaseBefore,
  revisedIn,
  signOf,
} from './readings.js';

const row = (period: string, value: string | null): IndicatorRow => ({ period, value });
const releases = ['R1', 'R2', 'R3'].map((name, i) => ({ name, epoch: i + 1, cutAt: '' }));

describe('the release a position is compared with', () => {
  it('is the newest one for what is known now, the one before for a release, none for the first', () => {
    expect(releaseBefore(releases, undefined)?.name).toBe('R3');
    expect(releaseBefore(releases, 'R3')?.name).toBe('R2');
    expect(releaseBefore(releases, 'R1')).toBeUndefined();
    expect(releaseBefore(releases, 'R9')).toBeUndefined();
    expect(releaseBefore([], undefined)).toBeUndefined();
  });
});

describe('revisions', () => {
  it('are other figures of periods that had one: new periods are none, lost ones are', () => {
    const before = [row('1403-01', '5'), row('1403-02', '6'), row('1403-03', '7'), row('1403-04', null)];
    const after = [row('1403-01', '5'), row('1403-02', '8'), row('1403-03', null), row('1403-04', '1')];
    expect(revisedIn([...after, row('1403-05', '2')], before)).toEqual([
      { period: '1403-02', before: '6', value: '8' },
      { period: '1403-03', before: '7', value: null },
    ]);
  });

  it('flip when growth became decline, not when either is nothing', () => {
    expect(flips('-3', '2')).toBe(true);
    expect(flips('0.5', '-0.1')).toBe(true);
    expect(flips('0', '-0.1')).toBe(false);
    expect(flips('-0.00', '1')).toBe(false);
    expect(flips(null, '1')).toBe(false);
    expect(flips('2', '3')).toBe(false);
  });

  it('know the sign of any exact text', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), (value) =>
        expect(signOf(String(value))).toBe(value === 0n ? 0 : value < 0n ? -1 : 1),
      ),
    );
  });
});

describe('rows', () => {
  it('have their newest figure before periods that are not there yet', () => {
    expect(latestFigure([row('1403-01', '1'), row('1403-02', '2'), row('1403-03', null)])?.period).toBe(
      '1403-02',
    );
    expect(latestFigure([row('1403-01', null)])).toBeUndefined();
  });

  it('have extremes by number, not by text', () => {
    const found = extremesAmong([row('a', '9'), row('b', '10'), row('c', null), row('d', '-2')]);
    expect([found?.highest.period, found?.lowest.period]).toEqual(['b', 'd']);
    expect(extremesAmong([row('a', null)])).toBeUndefined();
  });

  it('rank largest first, equal figures alike; the unknown and those without one last, without a rank', () => {
    const rows = [
      { area: 'IR-_U', period: 'p', value: '99' },
      { area: 'A', period: 'p', value: '9' },
      { area: 'B', period: 'p', value: null },
      { area: 'C', period: 'p', value: '10' },
      { area: 'D', period: 'p', value: '9.0' },
    ];
    expect(rankedBy(rows, 'area').map(({ code, rank }) => [code, rank])).toEqual([
      ['C', 1],
      ['A', 2],
      ['D', 2],
      ['IR-_U', undefined],
      ['B', undefined],
    ]);
  });
});
