import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  areaLabel,
  areaLevel,
  areaMembers,
  areaParent,
  areas,
  countries,
  countryOf,
  isKnownArea,
  localOf,
  stateOf,
} from './index.js';
import type { AreaMembers } from './index.js';

const statesIn = (country: string): readonly string[] =>
  areas.filter((a) => a.parent === country && a.code !== `${country}-_U`).map((a) => a.code);

describe('the list of areas', () => {
  it("has Iran's 31 provinces and Brazil's 27 states, each once", () => {
    expect(statesIn('IR')).toHaveLength(31);
    expect(statesIn('BR')).toHaveLength(27);
    expect(new Set(areas.map((a) => a.code)).size).toBe(31 + 27 + 4);
  });

  it('names every area in Persian and English, and those of Brazil in Portuguese', () => {
    for (const { code, name } of areas) {
      expect(name.fa).toMatch(/[\u0600-\u06ff]/);
      expect(name.en).not.toBe('');
      if (code.startsWith('BR')) expect(name.pt).toBeTruthy();
    }
    for (const language of ['fa', 'en'] as const)
      expect(new Set(areas.map((a) => a.name[language])).size).toBe(areas.length);
  });

  it("gives Iran's provinces the Statistical Centre's digits as their ISO digits", () => {
    const iran = countries.find((c) => c.code === 'IR');
    expect(iran?.states.map((s) => s.code)).toEqual(iran?.states.map((s) => `IR-${s.digits}`));
    expect(iran?.states.find((s) => s.code === 'IR-23')?.name.en).toBe('Tehran');
  });
});

describe('levels of an area', () => {
  const cases = [
    // code, level, state, local, parent
    ['BR', 'country', 'BR-_U', 'BR-_U:_U', undefined],
    ['BR-MA', 'state', 'BR-MA', 'BR-MA:_U', 'BR'],
    ['BR-_U', 'state', 'BR-_U', 'BR-_U:_U', 'BR'],
    ['BR:211130', 'local', 'BR-MA', 'BR:211130', 'BR-MA'],
    ['BR-MA:_U', 'local', 'BR-MA', 'BR-MA:_U', 'BR-MA'],
    ['BR-_U:_U', 'local', 'BR-_U', 'BR-_U:_U', 'BR-_U'],
    ['IR:2301', 'local', 'IR-23', 'IR:2301', 'IR-23'],
  ] as const;

  it.each(cases)(
    '%s is of level %s, in state %s, locally %s, below %s',
    (code, level, state, local, parent) => {
      expect(areaLevel(code)).toBe(level);
      expect(stateOf(code)).toBe(state);
      expect(localOf(code)).toBe(local);
      expect(areaParent(code)).toBe(parent);
      expect(countryOf(code)).toBe(code.slice(0, 2));
      expect(isKnownArea(code)).toBe(true);
    },
  );

  it('puts digits and letters that name no state into the unknown state', () => {
    expect(stateOf('BR:999999')).toBe('BR-_U');
    expect(localOf('BR:999999')).toBe('BR-_U:_U');
    expect(stateOf('BR-XX')).toBe('BR-_U');
  });

  it('refuses to place an area of a country it does not know', () => {
    expect(() => stateOf('XX-01')).toThrow(expect.objectContaining({ code: 'unknown-area' }));
    expect(() => countryOf('')).toThrow(expect.objectContaining({ code: 'unknown-area' }));
  });
});

describe('a known area', () => {
  it.each([
    '',
    'XX',
    'BR-XX',
    'IR-31',
    'BR:999999',
    'BR:21113',
    'BR:2111300',
    'BR:21113x',
    'IR:23',
    'IR-MA:_U',
    'BR:_U',
    '_U',
    'br-ma',
  ])('is not %j', (code) => expect(isKnownArea(code)).toBe(false));
});

describe('members of an area', () => {
  const prefixedBy = (prefixes: readonly string[], text: string): boolean =>
    prefixes.some((p) => text.startsWith(p));
  const contains = (parent: AreaMembers, child: AreaMembers): boolean =>
    child.codes.every((c) => parent.codes.includes(c) || prefixedBy(parent.prefixes, c)) &&
    child.prefixes.every((p) => prefixedBy(parent.prefixes, p));

  const local = fc
    .constantFrom(...countries.flatMap((c) => c.states.map((s) => [c, s] as const)))
    .chain(([c, s]) =>
      fc
        .integer({ min: 0, max: 10 ** (c.localDigits - 2) - 1 })
        .map((n) => `${c.code}:${s.digits}${String(n).padStart(c.localDigits - 2, '0')}`),
    );
  const anyArea = fc.oneof(local, fc.constantFrom(...areas.flatMap((a) => [a.code, localOf(a.code)])));

  it('are those of its children and nothing of its siblings', () => {
    expect(areaMembers('BR')).toEqual({ codes: [], prefixes: ['BR-', 'BR:'] });
    expect(areaMembers('BR-MA')).toEqual({ codes: ['BR-MA', 'BR-MA:_U'], prefixes: ['BR:21'] });
    expect(areaMembers('BR-_U')).toEqual({ codes: ['BR-_U', 'BR-_U:_U'], prefixes: [] });
    expect(areaMembers('BR:211130')).toEqual({ codes: ['BR:211130'], prefixes: [] });
  });

  it('contain what the members of every child contain', () => {
    fc.assert(
      fc.property(anyArea, (code) => {
        const parent = areaParent(code);
        expect(isKnownArea(code)).toBe(true);
        if (parent !== undefined) expect(contains(areaMembers(parent), areaMembers(code))).toBe(true);
      }),
    );
  });

  it('belong to exactly one state', () => {
    fc.assert(
      fc.property(anyArea, (code) => {
        const stored = localOf(code);
        const owners = areas
          .filter((a) => a.level === 'state')
          .map((a) => ({ code: a.code, ...areaMembers(a.code) }))
          .filter((m) => m.codes.includes(stored) || prefixedBy(m.prefixes, stored));
        expect(owners.map((o) => o.code)).toEqual([stateOf(code)]);
      }),
    );
  });
});

describe('the label of an area', () => {
  it('is its name, or its code where no name is known', () => {
    expect(areaLabel('IR-23')).toEqual({ fa: 'تهران', en: 'Tehran' });
    expect(areaLabel('BR:211130')).toEqual({ fa: 'BR:211130', en: 'BR:211130' });
    expect(areaLabel('XX-YY').en).toBe('XX-YY');
  });

  it('names the parent of an unknown child', () => {
    expect(areaLabel('BR-_U')).toEqual({
      fa: 'نامشخص (برزیل)',
      en: 'unknown (Brazil)',
      pt: 'não identificado (Brasil)',
    });
    expect(areaLabel('IR-23:_U')).toEqual({ fa: 'نامشخص (تهران)', en: 'unknown (Tehran)' });
    expect(areaLabel('BR-_U:_U').en).toBe('unknown (Brazil)');
    expect(areaLabel('XX-YY:_U').en).toBe('unknown (XX-YY)');
  });
});
