import { describe, expect, it } from '@jest/globals';
import type { IndicatorAnswer, IndicatorSummary } from '../indicator-api.js';
import { codeOf, periodsOf, revisionsOf, toldBy, type Told } from './told.js';

const summary = (code: string): IndicatorSummary => ({
  code,
  name: { fa: code, en: code },
  theme: { code: 't', name: { fa: '', en: '' } },
  unit: { fa: '', en: '' },
  decimals: 0,
  kind: 'level',
  frequencies: ['M', 'Q'],
  dimensions: ['area'],
  additivity: { time: true, area: true },
});

const answer = (indicator: string, freq: 'M' | 'Q', values: Readonly<Record<string, string | null>>) =>
  ({
    indicator,
    freq,
    by: [],
    unit: { fa: '', en: '' },
    decimals: 0,
    kind: 'level',
    knowledge: { release: 'latest', epoch: 1 },
    rows: Object.entries(values).map(([period, value]) => ({ period, value })),
  }) satisfies IndicatorAnswer;

describe('the answers of a batch', () => {
  const asked = ['HIRES', 'JC@Q', 'WEATHER'];
  const answers = [
    answer('HIRES', 'M', { '1404-01': '5', '1404-02': '7' }),
    answer('JC', 'Q', { '1403-Q4': null, '1404-Q1': '9' }),
    answer('WEATHER', 'M', {}),
  ];
  const before = [answer('HIRES', 'M', { '1404-01': '4' }), answer('JC', 'Q', { '1403-Q4': '1' })];
  const told = toldBy(asked, answers, { release: '1404-01', answers: before }, [
    summary('HIRES'),
    summary('JC'),
  ]);
  const of = (name: string): Told => {
    const found = told.get(name);
    if (found === undefined) throw new Error(`nothing told of ${name}`);
    return found;
  };

  it('stand by what was asked, at the frequency that was answered', () => {
    expect([...told.keys()]).toEqual(['HIRES', 'JC@Q']);
    expect([of('JC@Q').summary.code, of('JC@Q').freq, codeOf('JC@Q')]).toEqual(['JC', 'Q', 'JC']);
  });

  it('are compared period by period with what was told before', () => {
    expect(revisionsOf(of('HIRES'))).toEqual([{ period: '1404-01', before: '4', value: '5' }]);
    expect(revisionsOf(of('JC@Q'))).toEqual([{ period: '1403-Q4', before: '1', value: null }]);
  });

  it('are no revisions when there is nothing before', () => {
    const alone = toldBy(['HIRES'], answers, undefined, [summary('HIRES')]).get('HIRES');
    expect(alone?.before).toBeUndefined();
    expect(alone && revisionsOf(alone)).toEqual([]);
  });

  it('share an axis of all their periods', () => {
    const longer = { ...of('HIRES'), rows: answer('HIRES', 'M', { '1403-12': '1', '1404-01': '2' }).rows };
    expect(periodsOf([of('HIRES'), longer])).toEqual(['1403-12', '1404-01', '1404-02']);
  });
});
