import { describe, expect, it } from '@jest/globals';
import type { IndicatorSummary } from '../indicator-api.js';
import { balancesOf, latestFirst, newestBySender } from './senders.js';
import type { Sender } from './supply-api.js';

const sender = (contract: string, more: Partial<Sender> = {}): Sender => ({
  agency: 'a',
  contract,
  received: 10,
  accepted: 9,
  quarantined: 1,
  problems: [],
  delivery: null,
  ...more,
});

const delivery = (onTime: number, late: number, lateShare: string | null) => ({
  onTime,
  late,
  lateShare,
  corrections: 0,
  withdrawals: 0,
  last: '1404-01',
});

describe('the balance of the senders', () => {
  it('takes what was received from the channel where it was asked, the largest sender first', () => {
    const topics = [{ topic: 'karnama.a.starts', received: 12, unexplained: 2 }];
    expect(
      balancesOf([sender('ends'), sender('starts')], topics).map(({ contract, received, unexplained }) => [
        contract,
        received,
        unexplained,
      ]),
    ).toEqual([
      ['starts', 12, 2],
      ['ends', 10, undefined],
    ]);
  });
});

describe('who is late', () => {
  it('is told by share, then by number; contracts without labour facts are not judged', () => {
    const senders = [
      sender('few', { delivery: delivery(95, 5, '5.00') }),
      sender('none', { delivery: delivery(0, 0, null) }),
      sender('movements'),
      sender('many', { delivery: delivery(50, 50, '50.00') }),
      sender('more', { delivery: delivery(950, 50, '5.00') }),
    ];
    expect(latestFirst(senders).map(({ contract }) => contract)).toEqual(['many', 'more', 'few', 'none']);
  });

  it('reads the newest figure of each sender, whenever that was', () => {
    const rows = [
      { period: '1403-12', agency: 'a', contract: 'starts', value: '7' },
      { period: '1404-01', agency: 'a', contract: 'starts', value: '9' },
      { period: '1404-01', agency: 'a', contract: 'ends', value: null, reason: 'no-data' as const },
    ];
    const newest = newestBySender({
      summary: {} as IndicatorSummary,
      freq: 'M',
      rows,
      before: undefined,
    });
    expect([...newest].map(([name, { value }]) => [name, value])).toEqual([['a/starts', '9']]);
    expect(newestBySender(undefined).size).toBe(0);
  });
});
