import { describe, expect, it } from '@jest/globals';
import { countsOf, deliveriesTogether, largestRevisions } from './changes.js';
import type { IndicatorChanges, ReleaseChanges } from './indicator-api.js';

const figure = (old: string | null, now: string | null) => ({
  period: '1403-01',
  codes: [],
  old,
  new: now,
  effects: null,
});
const changes = (indicator: string, revised: IndicatorChanges['revised'], added = 0): IndicatorChanges => ({
  indicator,
  freq: 'M',
  by: [],
  newPeriods: Array.from({ length: added }, () => figure(null, '1')),
  revised,
});

describe('the largest revisions', () => {
  const list = [
    changes('SMALL', [figure('100', '101'), figure('100', '99')]),
    changes('LARGE', [figure('100', '101'), figure('10', '30')]),
    changes('FLIP', [figure('100', '300'), figure('1', '-1')]),
    changes('NEW', [], 3),
    changes('GONE', [figure('5', null)]),
  ];

  it('are one for each revised indicator: turned signs first, then by size', () => {
    expect(largestRevisions(list, 9).map(({ indicator, new: now }) => [indicator, now])).toEqual([
      ['FLIP', '-1'],
      ['LARGE', '30'],
      ['GONE', null],
      ['SMALL', '101'],
    ]);
    expect(largestRevisions(list, 2)).toHaveLength(2);
  });

  it('are counted apart from new figures', () => {
    const release = { name: 'R2', epoch: 2, cutAt: '' };
    const all: ReleaseChanges = { release, since: release, indicators: list, deliveries: [] };
    expect(countsOf(all)).toEqual({ revised: 7, added: 3, indicators: 4 });
  });
});

describe('deliveries', () => {
  it('add up over agencies and contracts', () => {
    const one = { agency: 'a', contract: 'c', onTime: 1, late: 2, corrections: 3, withdrawals: 4 };
    expect(deliveriesTogether([one, { ...one, contract: 'd' }])).toEqual({
      onTime: 2,
      late: 4,
      corrections: 6,
      withdrawals: 8,
    });
    expect(deliveriesTogether([])).toEqual({ onTime: 0, late: 0, corrections: 0, withdrawals: 0 });
  });
});
