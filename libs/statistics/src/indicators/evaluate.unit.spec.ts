import { describe, expect, it } from '@jest/globals';
import { parseMonth } from '@karnama/kernel';
import { evaluate, type Cells, type Moment, type Outcome } from './evaluate.js';
import {
  abs,
  flow,
  lag,
  ln,
  mean,
  minus,
  of,
  opening,
  overAll,
  percent,
  plus,
  ratio,
  stock,
  sum,
  times,
  type Expression,
  type Measure,
} from './expression.js';
import { rounded } from './rational.js';

type Change = { readonly month: string; readonly value: number; readonly code?: string };

/** Cells made by hand: changes of measures by month, apart by one dimension. */
const cellsOf = (changes: Readonly<Record<string, readonly Change[]>>, whole?: Cells): Cells => {
  const inside = ({ measure }: Measure, after: number | null, through: number): readonly Change[] =>
    (changes[measure] ?? []).filter(({ month }) => {
      const at = parseMonth(month);
      return (after === null || at > after) && at <= through;
    });
  return {
    sum: (measure, after, through) =>
      inside(measure, after, through).reduce((total, { value }) => total + BigInt(value), 0n),
    apart: (measure, _dimension, after, through) => {
      const counts = new Map<string, bigint>();
      for (const { code = '_U', value } of inside(measure, after, through))
        counts.set(code, (counts.get(code) ?? 0n) + BigInt(value));
      return { codes: [...counts.keys()], counts: [...counts.values()] };
    },
    whole: () => whole ?? cellsOf(changes),
  };
};

const moment = (first: string, last: string, span: readonly [string, string]): Moment => ({
  first: parseMonth(first),
  last: parseMonth(last),
  begin: parseMonth(span[0]),
  horizon: parseMonth(span[1]),
});

const long: readonly [string, string] = ['1402-01', '1405-12'];
const spring = moment('1403-01', '1403-03', long);

const told = (outcome: Outcome, decimals = 3): string =>
  outcome.value === null ? outcome.reason : rounded(outcome.value, decimals);

const x = of('FLOWS')('x');
const y = of('FLOWS')('y');

const changes = {
  x: [
    { month: '1401-12', value: 500 },
    { month: '1402-01', value: 7 },
    { month: '1402-12', value: 100 },
    { month: '1403-01', value: 10 },
    { month: '1403-02', value: -3 },
    { month: '1403-03', value: 5 },
    { month: '1403-04', value: 1000 },
  ],
  y: [{ month: '1403-02', value: 4 }],
};
const cells = cellsOf(changes);
const at = (expression: Expression, when = spring): string => told(evaluate(expression, when, cells));

describe('terms of a formula', () => {
  it('flow: the sum over the months of the period, first and last included', () => {
    expect(at(flow(x))).toBe('12.000');
    expect(at(flow(x), moment('1403-02', '1403-02', long))).toBe('-3.000');
  });

  it('stock: all changes up to the end of the period; opening: those before its first month', () => {
    expect(at(stock(x))).toBe('619.000');
    expect(at(opening(x))).toBe('607.000');
  });

  it('an opening stock may lie before the first month known', () => {
    expect(at(opening(x), moment('1402-01', '1402-01', long))).toBe('500.000');
  });

  it('sum: the flow over so many months up to the end', () => {
    expect(at(sum(2, x))).toBe('2.000');
    expect(at(sum(12, x))).toBe('112.000');
  });

  it('mean: of the stocks at so many month ends', () => {
    // 617, 614, 619
    expect(at(mean(3, x))).toBe('616.667');
    expect(at(mean(1, x))).toBe('619.000');
  });

  it('a term that reaches before the first month known has no value', () => {
    const first = moment('1402-03', '1402-03', long);
    expect(at(sum(3, x), first)).toBe('7.000');
    expect(at(sum(4, x), first)).toBe('before-start');
    expect(at(mean(3, x), first)).toBe('507.000');
    expect(at(mean(4, x), first)).toBe('before-start');
  });

  it('lag: the same term of the period years earlier, if that is known', () => {
    expect(at(lag(1, flow(x)), moment('1403-01', '1403-12', long))).toBe('107.000');
    expect(at(lag(1, flow(x)), moment('1403-12', '1403-12', long))).toBe('100.000');
    expect(at(lag(2, flow(x)), moment('1404-12', '1404-12', long))).toBe('100.000');
    expect(at(lag(1, flow(x)), moment('1403-01', '1403-12', ['1402-02', '1405-12']))).toBe('before-start');
  });

  it('over all of a dimension: the cells of the whole', () => {
    const part = cellsOf(
      { x: [{ month: '1403-01', value: 1 }] },
      cellsOf({ x: [{ month: '1403-01', value: 4 }] }),
    );
    expect(told(evaluate(ratio(flow(x), overAll('skill', flow(x))), spring, part))).toBe('0.250');
  });
});

describe('arithmetic of a formula', () => {
  it('is exact up to the last division', () => {
    expect(at(plus(flow(x), flow(y), flow(y)))).toBe('20.000');
    expect(at(minus(flow(y), flow(x)))).toBe('-8.000');
    expect(at(times(3, flow(y)))).toBe('12.000');
    expect(at(ratio(flow(y), flow(x)))).toBe('0.333');
    expect(at(percent(flow(y), flow(x)))).toBe('33.333');
    expect(at(abs(minus(flow(y), flow(x))))).toBe('8.000');
    expect(told(evaluate(times(3, ratio(flow(y), flow(x))), spring, cells), 30)).toBe(`1.${'0'.repeat(30)}`);
  });

  it('has no value where the denominator is 0, also when the numerator is', () => {
    const nothing = of('FLOWS')('z');
    expect(at(ratio(flow(x), flow(nothing)))).toBe('no-denominator');
    expect(at(ratio(flow(nothing), flow(nothing)))).toBe('no-denominator');
    expect(at(ratio(flow(nothing), flow(x)))).toBe('0.000');
  });

  it('hands on why a part has no value', () => {
    const early = moment('1402-01', '1402-01', long);
    for (const expression of [
      plus(flow(x), sum(2, x)),
      minus(sum(2, x), flow(x)),
      minus(flow(x), sum(2, x)),
      times(2, sum(2, x)),
      ratio(flow(x), sum(2, x)),
      ratio(sum(2, x), flow(x)),
      abs(sum(2, x)),
      ln(sum(2, x)),
    ])
      expect(at(expression, early)).toBe('before-start');
  });

  it('ln: the natural logarithm; of nothing there is none', () => {
    expect(told(evaluate(ln(ratio(flow(y), flow(x))), spring, cells), 6)).toBe('-1.098612');
    expect(at(ln(flow(of('FLOWS')('z'))))).toBe('no-data');
    expect(at(ln(minus(flow(y), flow(x))))).toBe('no-data');
  });
});

describe('percentiles from bands', () => {
  const counted = (...counts: readonly (readonly [code: string, value: number])[]): Cells =>
    cellsOf({ x: counts.map(([code, value]) => ({ month: '1403-02', code, value })) });
  const percentile = (percent: number, own: Cells, kind: 'flow' | 'stock' = 'flow'): Outcome =>
    evaluate({ op: 'percentile', percent, of: x, kind, bands: 'tenure' }, spring, own);

  it('lie linearly inside their band', () => {
    const own = counted(['M6T11', 2], ['M0T2', 2], ['M3T5', 4]);
    // half of 8 is 4: 2 below, 2 of the 4 in [3, 6)
    expect(told(percentile(50, own))).toBe('4.500');
    expect(told(percentile(10, own))).toBe('1.200');
    expect(told(percentile(90, own))).toBe('9.600');
  });

  it('at an edge belong to the band that ends there', () => {
    expect(told(percentile(50, counted(['M0T2', 2], ['M6T11', 2])))).toBe('3.000');
  });

  it('in the open last band are its lower edge, at least', () => {
    const outcome = percentile(50, counted(['M0T2', 1], ['M_GE120', 2]));
    expect(outcome).toMatchObject({ atLeast: true });
    expect(told(outcome)).toBe('120.000');
    expect(percentile(50, counted(['M0T2', 1]))).toMatchObject({ atLeast: false });
  });

  it('leave out what lies in no band, and are not there without counts', () => {
    expect(told(percentile(50, counted(['_U', 90], ['M0T2', 2], ['M3T5', 0], ['M6T11', -5])))).toBe('1.500');
    expect(told(percentile(50, counted()))).toBe('no-data');
    expect(told(percentile(50, counted(['_U', 3])))).toBe('no-data');
    expect(told(percentile(50, counted(['M0T2', 0], ['M_GE120', 0])))).toBe('no-data');
  });

  it('of a stock take all changes, of a flow those of the period', () => {
    const own = cellsOf({
      x: [
        { month: '1402-12', code: 'M6T11', value: 2 },
        { month: '1403-01', code: 'M0T2', value: 2 },
        { month: '1403-04', code: 'M0T2', value: 9 },
      ],
    });
    expect(told(percentile(50, own))).toBe('1.500');
    expect(told(percentile(75, own, 'stock'))).toBe('9.000');
  });

  it('keep the note through the arithmetic of the formula', () => {
    const own = counted(['M_GE120', 2]);
    const open: Expression = { op: 'percentile', percent: 50, of: x, kind: 'flow', bands: 'tenure' };
    for (const expression of [times(2, open), plus(open, flow(x)), plus(flow(x), open)])
      expect(evaluate(expression, spring, own)).toMatchObject({ atLeast: true });
  });
});

describe('cohorts followed over time', () => {
  const [entered, found, censored] = ['entered', 'found', 'censored'].map((name) => of('COHORT')(name)) as [
    Measure,
    Measure,
    Measure,
  ];
  const cohort = cellsOf({
    entered: [
      { month: '1403-01', code: '00', value: 6 },
      { month: '1403-03', code: '00', value: 4 },
      { month: '1402-12', code: '00', value: 90 },
    ],
    found: [
      { month: '1403-01', code: '00', value: 2 },
      { month: '1403-03', code: '01', value: 2 },
      { month: '1403-01', code: '02', value: 1 },
      { month: '1403-01', code: '03', value: 4 },
    ],
    censored: [{ month: '1403-01', code: '00', value: 2 }],
  });
  const median = (
    unit: 'month' | 'week',
    count: number,
    when: Moment,
    own = cohort,
    withCensored = true,
  ): string =>
    told(
      evaluate(
        {
          op: 'kaplanMeierMedian',
          cohort: entered,
          event: found,
          ...(withCensored ? { censored } : {}),
          steps: { dimension: 'elapsed', unit, count },
        },
        when,
        own,
      ),
      0,
    );

  it('of longer periods are the sums of their months; the median is told as the end of its step', () => {
    // 8/10; then 6 at risk: 8/10 · 4/6 = 8/15; then 4: 8/15 · 3/4 = 2/5
    expect(median('month', 36, spring)).toBe('3');
    // without censoring: 8/10, 6/10, 5/10
    expect(median('month', 36, spring, cohort, false)).toBe('3');
  });

  it('are seen up to the last step that lies wholly before the horizon', () => {
    expect(median('month', 36, moment('1403-01', '1403-03', ['1402-01', '1403-06']))).toBe('3');
    expect(median('month', 36, moment('1403-01', '1403-03', ['1402-01', '1403-05']))).toBe('not-reached');
    expect(median('month', 3, spring)).toBe('3');
    expect(median('month', 2, spring)).toBe('not-reached');
  });

  it('in weeks are told in days, and need all days of the step', () => {
    expect(median('week', 26, spring)).toBe('21');
    expect(median('week', 26, moment('1403-01', '1403-03', ['1402-01', '1403-04']))).toBe('21');
    const late = cellsOf({
      entered: [{ month: '1403-03', code: '00', value: 2 }],
      found: [{ month: '1403-03', code: '03', value: 1 }],
    });
    const short = (code: string): Cells =>
      cellsOf({
        entered: [{ month: '1403-03', code: '00', value: 2 }],
        found: [{ month: '1403-03', code, value: 1 }],
      });
    const throughTir = moment('1403-03', '1403-03', ['1402-01', '1403-04']);
    expect(median('week', 26, throughTir, late)).toBe('28');
    // 31 days after the last of Khordad and that day itself are 32: four whole weeks, no fifth
    expect(median('week', 26, throughTir, short('04'))).toBe('not-reached');
    expect(median('week', 26, moment('1403-03', '1403-03', ['1402-01', '1403-05']), short('04'))).toBe('35');
  });

  it('have no median when nobody entered', () => {
    expect(median('month', 36, spring, cellsOf({}))).toBe('no-denominator');
  });

  it('with a competing event: the share that met the event before the step', () => {
    const share = (before: number, own = cohort): string =>
      told(
        evaluate(
          {
            op: 'aalenJohansen',
            cohort: entered,
            event: found,
            competing: censored,
            dimension: 'elapsed',
            before,
          },
          spring,
          own,
        ),
      );
    // 2 of 10; then 2 of the 6 left, at S = 6/10; then 1 of 4, at S = 4/10
    expect([0, 1, 2, 3].map((before) => share(before))).toEqual(['0.000', '0.200', '0.400', '0.500']);
    expect(share(3, cellsOf({}))).toBe('no-denominator');
  });
});
