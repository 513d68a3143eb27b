import { describe, expect, it } from '@jest/globals';
import { areaAt, describeCodes, levelsOf, membersOf, publishedDataflow } from './catalogue.js';

const thrown = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { readonly code?: string }).code;
  }
};

describe('a code in a filter', () => {
  const [byState, byLocality] = [publishedDataflow('MOVEMENTS'), publishedDataflow('MOVEMENTS_LOCAL')];

  it('is a county or municipality only where the dataflow holds them', () => {
    expect(thrown(() => membersOf(byState, 'area', 'BR:211130'))).toBe('unknown-code');
    expect(membersOf(byLocality, 'area', 'BR:211130').codes).toContain('BR:211130');
    for (const dataflow of [byState, byLocality])
      expect(membersOf(dataflow, 'area', 'BR-MA').codes).toContain('BR-MA');
  });

  it('is an area, or a code of the list of its dimension', () => {
    expect(thrown(() => membersOf(byState, 'area', 'nowhere'))).toBe('unknown-code');
    expect(thrown(() => membersOf(byState, 'sex', 'X'))).toBe('unknown-code');
    expect(membersOf(byState, 'sex', 'F')).toEqual({ codes: ['F'], prefixes: [] });
  });

  it('stands for itself where there is no list', () => {
    const delivery = publishedDataflow('DELIVERY');
    expect(membersOf(delivery, 'agency', 'any-name')).toEqual({ codes: ['any-name'], prefixes: [] });
  });
});

describe('the levels of areas', () => {
  it('go down to the finest that the dataflow holds', () => {
    expect(levelsOf({ areaLevel: 'state' })).toEqual(['country', 'state']);
    expect(levelsOf({ areaLevel: 'local' })).toEqual(['country', 'state', 'local']);
  });

  it('give each area its place at a coarser level, and itself at its own', () => {
    expect(areaAt('BR:211130', 'country')).toBe('BR');
    expect(areaAt('BR:211130', 'state')).toBe('BR-MA');
    expect(areaAt('BR:211130', 'local')).toBe('BR:211130');
    expect(areaAt('BR', 'state')).toBe('BR');
  });
});

describe('the codes of a dimension', () => {
  it('are areas with those they lie in, coarsest first, the unknown last of their level', () => {
    const codes = describeCodes('MOVEMENTS', 'area', ['IR-_U', 'BR-MA', 'IR-23']);
    expect(codes.map(({ code }) => code)).toEqual(['BR', 'IR', 'BR-MA', 'IR-23', 'IR-_U']);
    expect(codes.map(({ parent }) => parent)).toEqual([undefined, undefined, 'BR', 'IR', 'IR']);
    expect(describeCodes('MOVEMENTS', 'area', ['IR-23', 'IR-_U', 'BR-MA'])).toEqual(codes);
  });

  it('stand in the order of their list, those that are held only', () => {
    const codes = describeCodes('MOVEMENTS', 'declaration', ['TOTAL', 'ON_TIME']).map(({ code }) => code);
    expect(codes).toEqual(['ON_TIME', 'TOTAL']);
  });

  it('are names in their own order where there is no list', () => {
    expect(describeCodes('DELIVERY', 'agency', ['c', 'a', 'b', 'a'])).toEqual(
      ['a', 'b', 'c'].map((code) => ({ code, name: { fa: code, en: code } })),
    );
  });
});
