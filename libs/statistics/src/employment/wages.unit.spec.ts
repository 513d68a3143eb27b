import { describe, expect, it } from '@jest/globals';
import type { Calendar } from '@karnama/kernel';
import {
  as,
  cellsOf,
  changed,
  ended,
  known,
  paid,
  started,
  withdrawn,
  type GivenRecord,
} from '../person/given-records.spec-kit.js';
import { wages } from './wages.js';

const counted = (records: readonly GivenRecord[], calendar: Calendar = 'jalali') =>
  cellsOf(wages(calendar), known(...records));
const of = (wage: number, earners = 1) => ({ wage_sum: wage, wage_earners: earners, units: earners });

const job = [started('1', '1403-01-10'), ended('1', '1403-03-31')];
const wage = 3_000_000_000;

describe('WAGES', () => {
  it('counts a wage in its month, in the band it lies in', () => {
    expect(counted([...job, paid('1', '1403-02', wage)])).toEqual({ '1403-02 IR-23 C F W0040': of(wage) });
    expect(counted([paid('1', '1403-02', 0), ...job])).toEqual({
      '1403-02 IR-23 C F W0020': { wage_earners: 1, units: 1 },
    });
  });

  it('counts all records of a spell and month', () => {
    expect(counted([...job, paid('1', '1403-02', wage), paid('1', '1403-02', wage)])).toEqual({
      '1403-02 IR-23 C F W0040': of(2 * wage, 2),
    });
  });

  it('counts a wage of a month in which the job has a day', () => {
    for (const [month, counts] of [
      ['1402-12', 0],
      ['1403-01', 1],
      ['1403-03', 1],
      ['1403-04', 0],
    ] as const)
      expect([month, Object.keys(counted([...job, paid('1', month, wage)])).length]).toEqual([month, counts]);
    const longer = [started('1', '1403-01-31'), ended('1', '1403-04-01')];
    for (const month of ['1403-01', '1403-04'])
      expect(Object.keys(counted([...longer, paid('1', month, wage)]))).toEqual([`${month} IR-23 C F W0040`]);
    expect(counted([...longer, paid('1', '1403-05', wage)])).toEqual({});
  });

  it('waits for the start of its spell', () => {
    expect(counted([paid('1', '1403-02', wage)])).toEqual({});
    expect(counted([started('2', '1403-01-01'), paid('1', '1403-02', wage)])).toEqual({});
    expect(
      counted([started('1', '1403-03-01'), ended('1', '1403-02-01'), paid('1', '1403-02', wage)]),
    ).toEqual({});
  });

  it('counts in every month of the job that its spell belongs to', () => {
    const renewed = [...job, started('2', '1403-04-01', { area: 'IR-07' })];
    expect(counted([...renewed, paid('1', '1403-05', wage), paid('2', '1403-02', wage)])).toEqual({
      '1403-05 IR-07 C F W0040': of(wage),
      '1403-02 IR-23 C F W0040': of(wage),
    });
  });

  it('is in the cell of the last day of the month on which the job is there', () => {
    const moved = [
      started('1', '1403-01-10', { sex: null }),
      changed('1', '1403-02-05', { area: 'IR-07' }),
      changed('1', '1403-02-31', { area: 'IR-08', industry: 'ISIC4:F' }),
      changed('1', '1403-03-05', { area: 'IR-01' }),
      ended('1', '1403-03-10'),
    ];
    const months = ['1403-01', '1403-02', '1403-03'];
    expect(Object.keys(counted([...moved, ...months.map((month) => paid('1', month, wage))]))).toEqual([
      '1403-01 IR-23 C _U W0040',
      '1403-02 IR-08 F _U W0040',
      '1403-03 IR-01 C _U W0040',
    ]);
  });

  it('has a month of another calendar counted in the one that its middle lies in', () => {
    expect(Object.keys(counted([...job, paid('1', '2024-05', wage)]))).toEqual(['1403-02 IR-23 C F W0040']);
    expect(Object.keys(counted([...job, paid('1', '1403-02', wage)], 'gregorian'))).toEqual([
      '2024-05 IR-23 C F W0040',
    ]);
  });

  it('belongs to the job that began last where two have one spell number', () => {
    const two = [
      as(started('1', '1403-01-01', { establishment: 'z' }), 'b'),
      as(started('1', '1403-02-01', { establishment: 'a', area: 'IR-07' }), 'a'),
    ];
    expect(Object.keys(counted([...two, paid('1', '1403-03', wage)]))).toEqual(['1403-03 IR-07 C F W0040']);
  });

  it('follows corrections and withdrawals', () => {
    const first = as(paid('1', '1403-02', wage), 'a');
    const later = as(paid('1', '1403-02', 5), 'a', 2);
    for (const records of [
      [first, later],
      [later, first],
    ])
      expect(counted([...job, ...records])).toEqual({ '1403-02 IR-23 C F W0020': of(5) });
    expect(counted([...job, first, withdrawn('a')])).toEqual({});
    expect(counted([withdrawn('a'), ...job, first])).toEqual({});
  });

  it('depends on the employment records, and on nothing else', () => {
    const { measures, dimensions, basis } = wages('jalali');
    const state = known(...job);
    expect(basis?.(state)).toBe(state.employment);
    expect(measures.map(({ code, kind }) => [code, kind])).toEqual([
      ['wage_sum', undefined],
      ['wage_earners', undefined],
    ]);
    expect(dimensions.map(({ code }) => code)).toEqual(['area', 'industry', 'sex', 'wage']);
  });
});
