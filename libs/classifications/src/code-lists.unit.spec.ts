import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ageBandOf,
  ageBands,
  declarationKinds,
  educationLevels,
  majorGroupOf,
  majorGroups,
  sectionOf,
  sections,
  sexes,
} from './index.js';
import type { Code } from './index.js';

const codesOf = (list: readonly Code[]): readonly string[] => list.map((c) => c.code);

describe('every code list', () => {
  it.each([
    ['sections', sections, 22],
    ['majorGroups', majorGroups, 11],
    ['educationLevels', educationLevels, 10],
    ['sexes', sexes, 3],
    ['ageBands', ageBands, 14],
    ['declarationKinds', declarationKinds, 4],
  ] as const)('%s has distinct codes and names in Persian and English', (_, list, size) => {
    expect(new Set(codesOf(list)).size).toBe(size);
    expect(new Set(list.map((c) => c.name.fa)).size).toBe(size);
    expect(new Set(list.map((c) => c.name.en)).size).toBe(size);
    // Neither Arabic yeh and kaf nor digits of another script slip into a Persian name.
    for (const { name } of list) expect(name.fa).toMatch(/^[^\u064a\u0643\u0660-\u06690-9]+$/);
  });
});

describe('the section of an industry', () => {
  // The structure of ISIC Rev.4: one letter for each division 01…99, a point where there is none.
  const divisions =
    'AAA.BBBBBCCCCCCCCCCCCCCCCCCCCCCCC.DEEEE.FFF.GGG.HHHHH.II.JJJJJJ' +
    'KKK.LMMMMMMM.NNNNNN.OPQQQ.RRRRSSSTTU';

  it('follows from the division, in ISIC Rev.4 and in CNAE 2.0 alike', () => {
    expect(divisions).toHaveLength(99);
    [...divisions].forEach((letter, i) => {
      const division = String(i + 1).padStart(2, '0');
      const section = letter === '.' ? '_U' : letter;
      for (const code of [division, `${division}1`, `${division}10`])
        expect([code, sectionOf(`ISIC4:${code}`)]).toEqual([code, section]);
      expect([division, sectionOf(`CNAE2:${division}00800`)]).toEqual([division, section]);
    });
  });

  it('is the letter itself where only that is given', () => {
    for (const letter of 'ABCDEFGHIJKLMNOPQRSTU') expect(sectionOf(`ISIC4:${letter}`)).toBe(letter);
  });

  it.each([
    null,
    '',
    'C',
    'ISIC4:',
    'ISIC4:Z',
    'ISIC4:1',
    'ISIC4:10710',
    'CNAE2:9999999',
    'CNAE2:990403',
    'SIC:10',
  ])('is unknown for %j', (code) => expect(sectionOf(code)).toBe('_U'));

  it('is in the list for any text', () => {
    const industry = fc.tuple(fc.constantFrom('ISIC4:', 'CNAE2:', ''), fc.string({ maxLength: 8 }));
    fc.assert(
      fc.property(industry, ([scheme, code]) => codesOf(sections).includes(sectionOf(scheme + code))),
    );
  });
});

describe('the major group of an occupation', () => {
  it('is the first digit of an ISCO-08 code', () => {
    for (const digit of '0123456789')
      for (const code of [digit, `${digit}1`, `${digit}110`])
        expect(majorGroupOf(`ISCO08:${code}`)).toBe(digit);
  });

  it('corresponds to the great group of CBO 2002, with repair and maintenance among the trades', () => {
    const groups = [...'0123456789'].map((digit) => majorGroupOf(`CBO2002:${digit}13505`));
    expect(groups.join('')).toBe('0123456787');
  });

  it.each([null, '', '7212', 'ISCO08:', 'ISCO08:72121', 'CBO2002:999999', 'CBO2002:51350', 'CBO2002:x13505'])(
    'is unknown for %j',
    (code) => expect(majorGroupOf(code)).toBe('_U'),
  );
});

describe('the band of an age', () => {
  it.each([
    [0, 'Y0T14'],
    [14, 'Y0T14'],
    [15, 'Y15T19'],
    [19, 'Y15T19'],
    [20, 'Y20T24'],
    [64, 'Y60T64'],
    [65, 'Y65T69'],
    [69, 'Y65T69'],
    [70, 'Y_GE70'],
    [110, 'Y_GE70'],
    [null, '_U'],
    [-1, '_U'],
    [20.5, '_U'],
  ])('of %j is %s', (age, band) => expect(ageBandOf(age)).toBe(band));

  it('is in the list, and never falls as age rises', () => {
    const order = codesOf(ageBands);
    for (let age = 0; age < 120; age += 1)
      expect(order.indexOf(ageBandOf(age + 1))).toBeGreaterThanOrEqual(order.indexOf(ageBandOf(age)));
  });
});
