import { describe, expect, it } from '@jest/globals';
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
  reachOf,
  stock,
  sum,
  times,
  usesIn,
  wholesIn,
} from './expression.js';

const [jobs, hires] = [of('JOBS')('jobs'), of('JOBS')('hires', { sex: ['F'] })];

describe('how far back a formula looks', () => {
  it('is not at all where it takes the period itself', () => {
    for (const term of [flow(hires), stock(jobs), opening(jobs), times(100, flow(hires)), plus()])
      expect(reachOf(term)).toBe(0);
  });

  it('is the months that it sums or takes the mean over', () => {
    expect(reachOf(sum(3, hires))).toBe(3);
    expect(reachOf(mean(12, jobs))).toBe(12);
  });

  it('is further by the years that it lags', () => {
    expect(reachOf(lag(1, stock(jobs)))).toBe(12);
    expect(reachOf(lag(1, sum(3, hires)))).toBe(15);
    expect(reachOf(lag(2, lag(1, mean(6, jobs))))).toBe(42);
  });

  it('is that of the part that looks back furthest', () => {
    expect(reachOf(percent(sum(3, hires), mean(12, jobs)))).toBe(12);
    expect(reachOf(minus(ln(lag(1, stock(jobs))), abs(sum(6, hires))))).toBe(12);
    expect(reachOf(plus(overAll('sex', sum(4, hires)), flow(hires)))).toBe(4);
  });
});

describe('the measures of a formula', () => {
  it('are those of all its parts, as a stock or as a flow', () => {
    expect(usesIn(percent(sum(3, hires), plus(opening(jobs), mean(2, jobs))))).toEqual([
      { measure: hires, stock: false },
      { measure: jobs, stock: true },
      { measure: jobs, stock: true },
    ]);
  });

  it('are looked at as a whole where a part is over all codes', () => {
    const share = percent(flow(hires), overAll('sex', overAll('area', flow(hires))));
    expect(wholesIn(share)).toEqual(['sex', 'area']);
    expect(wholesIn(plus(share, share))).toEqual(['sex', 'area']);
    expect(wholesIn(flow(hires))).toEqual([]);
  });
});
