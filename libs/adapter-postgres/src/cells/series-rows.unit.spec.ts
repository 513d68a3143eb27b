import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { seriesIn, wholesIn } from './series-rows.js';

describe('whole numbers of an array as the server writes it', () => {
  it('are numbers as long as they are exact, bigints beyond', () => {
    expect(wholesIn('{}')).toEqual([]);
    expect(wholesIn('{0}')).toEqual([0]);
    expect(wholesIn('{9007199254740991,-9007199254740991,9007199254740992,-9223372036854775809}')).toEqual([
      9007199254740991,
      -9007199254740991,
      9007199254740992n,
      -9223372036854775809n,
    ]);
  });

  it('of arrays of arrays stand one behind the other, and nothing is zero', () => {
    expect(wholesIn('{{1,NULL,-3},{NULL,NULL,40}}')).toEqual([1, 0, -3, 0, 0, 40]);
    expect(wholesIn('{NULL}')).toEqual([0]);
  });

  it('are read digit by digit as they were written', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n })), (values) => {
        const read = wholesIn(`{${values.join(',')}}`);
        expect(read.map(BigInt)).toEqual(values);
        for (const value of read) expect(typeof value === 'number').toBe(Number.isSafeInteger(Number(value)));
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -(10 ** 15), max: 10 ** 15 })), (values) => {
        expect(wholesIn(`{${values.join(',')}}`)).toEqual(values.map((value) => value + 0));
      }),
    );
  });
});

describe('series of rows', () => {
  it('put months in order and leave out those, and groups, that come to nothing', () => {
    const rows = [
      ['A', 7, '{103,101,102}', '{3,1,0}', '{0,-1,0}'],
      ['B', 7, '{101,102}', '{0,0}', '{0,0}'],
      ['C', 8, '{101}', '{0}', '{12345678901234567890}'],
    ];
    expect(seriesIn(rows, 2)).toEqual([
      {
        group: ['A', 7],
        months: [101, 103],
        sums: [
          [1, 3],
          [-1, 0],
        ],
      },
      { group: ['C', 8], months: [101], sums: [[0], [12345678901234567890n]] },
    ]);
  });

  it('add up what stands several times for a month, exactly', () => {
    const most = Number.MAX_SAFE_INTEGER;
    const rows = [['A', '{102,101,102,102,103}', `{${most},4,1,-3,5}`, '{1,2,-1,0,-7}']];
    expect(seriesIn(rows, 1)).toEqual([
      {
        group: ['A'],
        months: [101, 102, 103],
        sums: [
          [4, most - 2, 5],
          [2, 0, -7],
        ],
      },
    ]);
    expect(seriesIn([['B', `{7,7}`, `{${most},1}`]], 1)).toEqual([
      { group: ['B'], months: [7], sums: [[9007199254740992n]] },
    ]);
    expect(seriesIn([['C', `{7,8,7}`, `{5,0,-5}`]], 1)).toEqual([]);
  });

  it('take as many values from each start on as there are, within the months that count', () => {
    const rows = [
      ['A', '{96,108}', '{{1,2,3,NULL},{5,6,7,8}}', '{{10,20,30,40},{50,60,70,80}}'],
      ['A', '{98,110}', '{-3,1}', '{0,2}'],
      ['B', '{96}', '{{1,0,0,0}}', '{{0,0,0,0}}'],
    ];
    expect(seriesIn(rows, 1, { from: 97, to: 110 })).toEqual([
      {
        group: ['A'],
        months: [97, 98, 99, 108, 109, 110],
        sums: [
          [2, 0, 0, 5, 6, 8],
          [20, 30, 40, 50, 60, 72],
        ],
      },
    ]);
    expect(seriesIn(rows, 1, { to: 96 })).toEqual([
      { group: ['A'], months: [96], sums: [[1], [10]] },
      { group: ['B'], months: [96], sums: [[1], [0]] },
    ]);
  });

  it('of no cells at all are none', () => {
    expect(seriesIn([[null, null]], 0)).toEqual([]);
    expect(seriesIn([], 1)).toEqual([]);
  });
});
