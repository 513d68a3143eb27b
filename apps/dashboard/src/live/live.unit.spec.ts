import { describe, expect, it } from '@jest/globals';
import { hashKey } from '@tanstack/react-query';
import type { IndicatorAnswer, IndicatorSummary } from '../indicator-api.js';
import { figureKey, freshIn, none, type FreshFigures } from './fresh.js';
import { mayHaveChanged } from './invalidation.js';
import { freshnessOf } from './freshness.js';
import { summaryOf } from './fresh-summary.js';

const answer = (rows: readonly (readonly [period: string, value: string | null, area?: string])[]) =>
  ({
    indicator: 'HIRES',
    by: rows.some(([, , area]) => area !== undefined) ? ['area'] : [],
    rows: rows.map(([period, value, area]) => ({ period, value, ...(area === undefined ? {} : { area }) })),
  }) as unknown as IndicatorAnswer;

describe('figures that changed while the page is open', () => {
  const before = answer([
    ['1404-01', '5'],
    ['1404-02', '7'],
  ]);

  it('are those that a later answer tells otherwise, with what they were', () => {
    const after = answer([
      ['1404-01', '5'],
      ['1404-02', '8'],
      ['1404-03', '1'],
    ]);
    expect([...freshIn(before, after, none, 100)]).toEqual([
      ['1404-02', { before: '7', value: '8', at: 100 }],
      ['1404-03', { before: null, value: '1', at: 100 }],
    ]);
  });

  it('keep what they were first, however often they change, and are none when they are that again', () => {
    const second = answer([
      ['1404-01', '5'],
      ['1404-02', '8'],
    ]);
    const third = answer([
      ['1404-01', '5'],
      ['1404-02', '9'],
    ]);
    const once = freshIn(before, second, none, 100);
    const twice = freshIn(second, third, once, 200);
    expect([...twice]).toEqual([['1404-02', { before: '7', value: '9', at: 200 }]]);
    expect([...freshIn(third, third, twice, 300)]).toEqual([...twice]);
    expect([...freshIn(third, before, twice, 400)]).toEqual([]);
  });

  it('are told apart by their codes', () => {
    const there = answer([['1404-01', '5', 'IR-23']]);
    const other = answer([['1404-01', '5', 'IR-10']]);
    expect([...freshIn(there, other, none, 1).keys()]).toEqual(['1404-01|IR-10']);
    expect(figureKey({ period: '1404-01', value: '5', area: 'IR-10' }, ['area'])).toBe('1404-01|IR-10');
  });

  it('are counted once, whichever questions they answer', () => {
    const marks = (periods: readonly string[]): FreshFigures =>
      new Map(periods.map((period) => [period, { before: '1', value: '2', at: Number(period.slice(5)) }]));
    const hash = (indicator: string, more: object = {}) =>
      hashKey([
        'data',
        'indicator',
        { indicator, by: [], freq: 'M', area: 'IR', asKnownAt: 'latest', ...more },
      ]);
    const all = new Map([
      [hash('HIRES'), marks(['1404-01', '1404-02'])],
      [hash('HIRES', { from: '1404-02' }), marks(['1404-02'])],
      [hash('SEPS'), marks(['1404-03'])],
    ]);
    expect(summaryOf(all)).toEqual({ figures: 3, indicators: ['HIRES', 'SEPS'], at: 3 });
    expect(summaryOf(new Map())).toEqual({ figures: 0, indicators: [], at: 0 });
  });
});

describe('what is read again', () => {
  const catalogue = [
    { code: 'HIRES', dataflows: ['JOBS'] },
    { code: 'TIGHT', dataflows: ['VACANCIES', 'JOBSEEKERS'] },
  ] as unknown as readonly IndicatorSummary[];
  const indicator = (code: string) => ['data', 'indicator', { indicator: code }];

  it.each([
    ['figures of a dataflow that changed', indicator('HIRES'), ['JOBS'], true],
    ['none of other dataflows', indicator('TIGHT'), ['JOBS'], false],
    ['none because records of other kinds came in', indicator('TIGHT'), ['DELIVERY'], false],
    ['everything that is not settled, when anything may have changed', indicator('TIGHT'), null, true],
    ['what was told of an indicator that the page does not know', indicator('NEW'), ['JOBS'], true],
    ['nothing that a release told', ['settled', 'indicator', { indicator: 'HIRES' }], null, false],
    ['not the list of indicators', ['catalogue'], null, false],
    ['the cells of a dataflow', ['data', { dataflow: 'JOBS' }], ['JOBS'], true],
    ['not those of another', ['data', { dataflow: 'MOVEMENTS' }], ['JOBS'], false],
    ['code lists of a dataflow', ['dataflow', 'JOBS'], ['JOBS'], true],
    ['not those of another', ['dataflow', 'UNITS'], ['JOBS'], false],
    ['a comparison with what is known now', ['data', 'changes', { from: 'r' }], ['JOBS'], true],
    ['the status', ['status'], ['JOBS'], true],
    ['nothing when nothing changed', ['status'], [], false],
  ] as const)('is %s', (_, key, changed, again) => {
    expect(mayHaveChanged(key, changed, catalogue)).toBe(again);
  });
});

describe('the badge', () => {
  it.each([
    ['open', { events: 0, seconds: 0 }, false, 'current'],
    ['open', { events: 3, seconds: 1 }, false, 'behind'],
    ['open', { events: 3, seconds: 1 }, true, 'fixed'],
    ['connecting', undefined, false, 'connecting'],
    ['lost', { events: 0, seconds: 0 }, false, 'lost'],
    ['lost', { events: 0, seconds: 0 }, true, 'lost'],
    ['away', undefined, false, 'away'],
  ] as const)('of a link that is %s with %j, position fixed: %s, says %s', (link, lag, fixed, says) => {
    expect(freshnessOf(link, lag, fixed)).toBe(says);
  });
});
