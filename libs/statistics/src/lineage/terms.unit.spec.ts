import { describe, expect, it } from '@jest/globals';
import { formatMonth, parseMonth } from '@karnama/kernel';
import {
  flow,
  lag,
  mean,
  of,
  opening,
  overAll,
  percent,
  plus,
  ratio,
  stock,
  sum,
  type Expression,
} from '../indicators/expression.js';
import { termsOf } from './terms.js';

const [jobs, hires] = [of('JOBS')('jobs'), of('JOBS')('hires', { sex: ['F'] })];
const spring = { first: parseMonth('1404-01'), last: parseMonth('1404-03') };

const spansOf = (formula: Expression) =>
  termsOf(formula, spring, 'Q').map(({ measure, from, to }) => [
    measure,
    from === null ? null : formatMonth(from),
    formatMonth(to),
  ]);

describe('the cells that a formula looks at', () => {
  it('are those of the period for a flow, and all changes up to its end or its beginning for a stock', () => {
    expect(spansOf(percent(flow(hires), plus(opening(jobs), stock(jobs))))).toEqual([
      ['hires', '1404-01', '1404-03'],
      ['jobs', null, '1403-12'],
      ['jobs', null, '1404-03'],
    ]);
  });

  it('reach back by the months summed, the month ends of a mean and the years of a lag', () => {
    expect(spansOf(ratio(sum(12, hires), mean(2, jobs)))).toEqual([
      ['hires', '1403-04', '1404-03'],
      ['jobs', null, '1404-03'],
      ['jobs', null, '1404-02'],
    ]);
    expect(spansOf(lag(1, flow(hires)))).toEqual([['hires', '1403-01', '1403-03']]);
  });

  it('are followed once however often the formula uses them', () => {
    expect(termsOf(plus(flow(hires), flow(hires), flow(jobs)), spring, 'Q')).toHaveLength(2);
  });

  it('are of the codes that the conditions let through, the frequency asked for among them', () => {
    const [term] = termsOf(
      flow(of('JOB_FLOWS')('created', { freq: 'frequency', size: { except: ['S0'] } })),
      spring,
      'Q',
    );
    expect([term?.conditions['freq']?.('Q'), term?.conditions['freq']?.('M')]).toEqual([true, false]);
    expect([term?.conditions['size']?.('S0'), term?.conditions['size']?.('S1T9')]).toEqual([false, true]);
  });

  it('know the dimensions over which the formula goes as a whole', () => {
    const terms = termsOf(percent(flow(hires), overAll('area', flow(hires))), spring, 'Q');
    expect(terms.map(({ wholes }) => wholes)).toEqual([[], ['area']]);
  });
});
