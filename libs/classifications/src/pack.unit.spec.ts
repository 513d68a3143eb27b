import { describe, expect, it } from '@jest/globals';
import { parseMonth } from '@karnama/kernel';
import {
  ancestorAt,
  classificationPack,
  codeAt,
  codesOfLevel,
  holdsIn,
  labelIn,
  recode,
  type Correspondence,
  type StatedCode,
} from './index.js';

const always = { from: null, to: null };
const head = {
  name: 'trades',
  version: '1',
  scheme: 'T1',
  title: { fa: 'پیشه‌ها', en: 'Trades' },
  source: 'written for this test',
  valid: { from: parseMonth('2008-01'), to: null },
  levels: ['group', 'trade'],
};
const stated = (code: string, parent: string | null, more: Partial<StatedCode> = {}): StatedCode => ({
  code,
  parent,
  name: { fa: `پیشهٔ ${code}`, en: `trade ${code}` },
  valid: always,
  ...more,
});
const groups = [stated('7', null), stated('72', '7'), stated('8', null), stated('71', '7')];
const pack = classificationPack(head, groups);

describe('a pack of a classification', () => {
  it('holds its codes with their levels, in the order of the file', () => {
    expect([...pack.codes.values()].map(({ code, level, parent }) => [code, level, parent])).toEqual([
      ['7', 'group', undefined],
      ['72', 'trade', '7'],
      ['8', 'group', undefined],
      ['71', 'trade', '7'],
    ]);
    expect(pack.codes.get('8')).not.toHaveProperty('parent');
  });

  it.each([
    ['a code stated twice', [stated('7', null), stated('7', null)], 'code 7 is there twice'],
    ['a parent that comes later', [stated('72', '7'), stated('7', null)], 'does not stand before it'],
    ['a parent that is not there', [stated('7', null), stated('82', '8')], 'code 82 lies in 8'],
    ['a code below the last level', [...groups, stated('721', '72')], 'deeper than the levels group, trade'],
    ['no name in Persian', [stated('7', null, { name: { fa: '', en: 'x' } })], 'needs a name'],
    ['no name in English', [stated('7', null, { name: { fa: 'ی', en: '' } })], 'needs a name'],
    ['Arabic kaf', [stated('7', null, { name: { fa: 'كار', en: 'x' } })], 'Arabic letters'],
    ['Arabic yeh', [stated('7', null, { name: { fa: 'ميز', en: 'x' } })], 'Arabic letters'],
    ['no code at all', [], 'there is no code'],
  ])('is refused with %s', (_, codes, message) => {
    expect(() => classificationPack(head, codes)).toThrow(
      expect.objectContaining({ code: 'broken-pack', message: expect.stringContaining(message) }),
    );
    expect(() => classificationPack(head, codes)).toThrow(/^trades 1: /);
  });

  it('knows the codes of a level, and in which of them a code lies', () => {
    expect(codesOfLevel(pack, 'trade').map(({ code }) => code)).toEqual(['72', '71']);
    expect(ancestorAt(pack, '72', 'group')?.code).toBe('7');
    expect(ancestorAt(pack, '72', 'trade')?.code).toBe('72');
    expect(ancestorAt(pack, '7', 'trade')).toBeUndefined();
    expect(ancestorAt(pack, '99', 'group')).toBeUndefined();
  });

  it('names a code as events write it or bare, and one it has not by itself', () => {
    expect(labelIn(pack, 'T1:72').en).toBe('trade 72');
    expect(labelIn(pack, '72').en).toBe('trade 72');
    expect(labelIn(pack, 'T2:72')).toEqual({ fa: 'T2:72', en: 'T2:72' });
    expect(labelIn({ ...pack, scheme: null }, '72').en).toBe('trade 72');
    expect(labelIn({ ...pack, scheme: null }, 'T1:72').en).toBe('T1:72');
  });
});

describe('validity', () => {
  const span = { from: parseMonth('1389-04'), to: parseMonth('1400-01') };

  it.each([
    ['1389-03', false],
    ['1389-04', true],
    ['1399-12', true],
    ['1400-01', false],
    // their middles lie in Khordad and Tir 1389, in Esfand 1399 and Farvardin 1400
    ['2010-05', false],
    ['2010-07', true],
    ['2021-03', true],
    ['2021-04', false],
  ])('in %s: %p', (month, holds) => expect(holdsIn(span, parseMonth(month))).toBe(holds));

  it('has no beginning or no end where none is stated', () => {
    expect(holdsIn(always, parseMonth('1300-01'))).toBe(true);
    expect(holdsIn({ ...span, from: null }, parseMonth('1300-01'))).toBe(true);
    expect(holdsIn({ ...span, to: null }, parseMonth('1499-01'))).toBe(true);
  });

  it('of a code is that of the pack and its own', () => {
    const dated = classificationPack(head, [...groups, stated('9', null, { valid: span })]);
    expect(codeAt(dated, '9', parseMonth('1389-04'))?.code).toBe('9');
    expect(codeAt(dated, '9', parseMonth('1389-03'))).toBeUndefined();
    expect(codeAt(dated, '7', parseMonth('2007-12'))).toBeUndefined();
    expect(codeAt(dated, '7', parseMonth('2008-01'))?.code).toBe('7');
    expect(codeAt(dated, '6', parseMonth('2008-01'))).toBeUndefined();
  });
});

describe('recoding', () => {
  const table: Correspondence = {
    name: 'old-to-new',
    version: '1',
    title: { fa: 'قدیم به جدید', en: 'Old to new' },
    source: 'written for this test',
    valid: always,
    sourcePack: null,
    targetPack: 'trades',
    match: 'exact',
    targets: new Map([
      ['1', ['7']],
      ['2', ['71', '72']],
      ['23', ['8']],
      ['9', []],
    ]),
  };

  it('gives the one target', () => expect(recode(table, '1')).toEqual({ code: '7', reason: null }));

  it('never chooses between several: the code is unknown, and why is told', () => {
    expect(recode(table, '2')).toEqual({ code: '_U', reason: 'ambiguous', candidates: ['71', '72'] });
  });

  it('tells a code without a target from one that the table does not list', () => {
    expect(recode(table, '9')).toEqual({ code: '_U', reason: 'no-target', candidates: [] });
    expect(recode(table, '3')).toEqual({ code: '_U', reason: 'not-listed', candidates: [] });
    expect(recode(table, '11')).toEqual({ code: '_U', reason: 'not-listed', candidates: [] });
  });

  it('follows the longest listed beginning where the table says so', () => {
    const byPrefix: Correspondence = { ...table, match: 'longest-prefix' };
    expect(recode(byPrefix, '1999').code).toBe('7');
    expect(recode(byPrefix, '234').code).toBe('8');
    expect(recode(byPrefix, '22').reason).toBe('ambiguous');
    expect(recode(byPrefix, '4').reason).toBe('not-listed');
    expect(recode(byPrefix, '').reason).toBe('not-listed');
  });
});
