import { describe, expect, it } from '@jest/globals';
import { leadsTo, skillFamilies, skillFamilyOf } from './index.js';

describe('skill families', () => {
  it('have distinct codes and names in Persian and English, and an unknown one at the end', () => {
    expect(skillFamilies.map(({ code }) => code).join(' ')).toBe(
      'ELEC WELD AUTO CONS WOOD TEXT FOOD AGRI ICT HLTH BEAU TOUR MGMT HAND MINE _U',
    );
    expect(new Set(skillFamilies.map(({ name }) => name.fa)).size).toBe(16);
    expect(new Set(skillFamilies.map(({ name }) => name.en)).size).toBe(16);
    for (const { name } of skillFamilies) expect(name.fa).toMatch(/^[^يك٠-٩0-9]+$/);
  });

  it('name ISCO-08 groups that are not said twice within a family', () => {
    for (const { code, occupations } of skillFamilies.filter((family) => family.code !== '_U')) {
      expect([code, occupations.length > 0]).toEqual([code, true]);
      for (const prefix of occupations) {
        expect(prefix).toMatch(/^(6|[1-9]\d{1,3})$/);
        expect([code, occupations.filter((other) => other.startsWith(prefix))]).toEqual([code, [prefix]]);
      }
    }
    expect(skillFamilies.at(-1)?.occupations).toEqual([]);
  });

  it.each([
    ['ELEC', 'ELEC'],
    ['_U', '_U'],
    ['elec', '_U'],
    ['', '_U'],
    [null, '_U'],
  ])('%s is read as %s', (text, family) => {
    expect(skillFamilyOf(text)).toBe(family);
  });

  it.each([
    ['ELEC', 'ISCO08:7411', true],
    ['ELEC', '7411', true],
    ['ELEC', 'ISCO08:74', true],
    ['ELEC', 'ISCO08:7', false],
    ['ELEC', 'ISCO08:3113', true],
    ['ELEC', 'ISCO08:311', false],
    ['ELEC', 'ISCO08:7212', false],
    ['ELEC', 'CBO2002:741105', false],
    ['ELEC', 'xISCO08:7411', false],
    ['ELEC', 'ISCO08:7411x', false],
    ['ELEC', 'ISCO08:74110', false],
    ['ELEC', 'ISCO08:', false],
    ['ELEC', '', false],
    ['ELEC', null, false],
    ['WELD', 'ISCO08:7212', true],
    ['AUTO', 'ISCO08:7231', true],
    ['AUTO', 'ISCO08:7212', false],
    ['CONS', 'ISCO08:7112', true],
    ['WOOD', 'ISCO08:7522', true],
    ['TEXT', 'ISCO08:7531', true],
    ['FOOD', 'ISCO08:7512', true],
    ['AGRI', 'ISCO08:6', true],
    ['ICT', 'ISCO08:2512', true],
    ['HLTH', 'ISCO08:3221', true],
    ['BEAU', 'ISCO08:5141', true],
    ['TOUR', 'ISCO08:5131', true],
    ['MGMT', 'ISCO08:4311', true],
    ['HAND', 'ISCO08:7318', true],
    ['MINE', 'ISCO08:8111', true],
    ['_U', 'ISCO08:7411', false],
    ['OTHER', 'ISCO08:7411', false],
  ])('%s leads to %s: %s', (family, occupation, leads) => {
    expect(leadsTo(family, occupation)).toBe(leads);
  });
});
