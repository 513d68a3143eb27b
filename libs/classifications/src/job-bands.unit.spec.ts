import { describe, expect, it } from '@jest/globals';
import { contractTypes, tenureBandOf, tenureBands, wageBandOf, wageBands, type Code } from './index.js';

describe('code lists of jobs', () => {
  it.each<[string, readonly Code[], number]>([
    ['contractTypes', contractTypes, 6],
    ['tenureBands', tenureBands, 8],
    ['wageBands', wageBands, 25],
  ])('%s has distinct codes and names in Persian and English', (_, list, size) => {
    expect(new Set(list.map(({ code }) => code)).size).toBe(size);
    expect(new Set(list.map(({ name }) => name.fa)).size).toBe(size);
    expect(new Set(list.map(({ name }) => name.en)).size).toBe(size);
    for (const { name } of list) expect(name.fa).toMatch(/^[^\u064a\u0643\u0660-\u06690-9]+$/);
  });

  it('name the contracts that records may state', () => {
    expect(contractTypes.map(({ code }) => code)).toEqual([
      'permanent',
      'fixed-term',
      'seasonal',
      'apprenticeship',
      'other',
      '_U',
    ]);
  });
});

describe.each([
  ['tenure', tenureBands],
  ['wage', wageBands],
] as const)('bands of %s', (_, bands) => {
  it('begin at 0, follow each other without a gap, and the last is open', () => {
    expect(bands[0]?.from).toBe(0);
    bands.forEach(({ to }, i) => expect(to).toBe(bands[i + 1]?.from ?? null));
  });
});

describe('the tenure band', () => {
  it('is told by its first and last month', () => {
    expect(tenureBands.map(({ code }) => code)).toEqual(
      'M0T2 M3T5 M6T11 M12T23 M24T35 M36T59 M60T119 M_GE120'.split(' '),
    );
    expect(tenureBands[1]?.name).toMatchObject({ fa: '۳ تا ۵ ماه', en: '3 to 5 months' });
    expect(tenureBands[7]?.name).toMatchObject({ fa: '۱۲۰ ماه و بیشتر', en: '120 months and over' });
  });

  it.each([
    [0, 'M0T2'],
    [2, 'M0T2'],
    [3, 'M3T5'],
    [5, 'M3T5'],
    [6, 'M6T11'],
    [11, 'M6T11'],
    [12, 'M12T23'],
    [24, 'M24T35'],
    [35, 'M24T35'],
    [36, 'M36T59'],
    [59, 'M36T59'],
    [60, 'M60T119'],
    [119, 'M60T119'],
    [120, 'M_GE120'],
    [999, 'M_GE120'],
  ])('of %d full months is %s', (months, band) => expect(tenureBandOf(months)).toBe(band));
});

describe('the wage band', () => {
  const rials = 100;

  it('is told by its upper edge in millions of rials a month', () => {
    expect(wageBands[0]).toMatchObject({ code: 'W0020', from: 0, to: 20_000_000 * rials });
    expect(wageBands[1]).toMatchObject({ code: 'W0040', from: 20_000_000 * rials, to: 40_000_000 * rials });
    expect(wageBands[24]).toMatchObject({ code: 'W_GE2000', from: 2_000_000_000 * rials, to: null });
    expect(wageBands[10]?.name).toMatchObject({
      fa: '۲۰۰ تا کمتر از ۲۳۰ میلیون ریال',
      en: '200 to under 230 million rials',
    });
    expect(wageBands[24]?.name.fa).toBe('۲۰۰۰ میلیون ریال و بیشتر');
    for (const { code, to } of wageBands.slice(0, -1)) expect(Number(code.slice(1)) * 1e6 * rials).toBe(to);
  });

  it('reaches from its lower edge up to just below its upper edge', () => {
    for (const { code, from, to } of wageBands) {
      expect(wageBandOf(from)).toBe(code);
      expect(wageBandOf(to === null ? Number.MAX_SAFE_INTEGER : to - 1)).toBe(code);
    }
    expect(wageBandOf(-1)).toBe('W0020');
  });
});
