import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeUrl, readUrl, writeUrl, type UrlState } from './url-state.js';

const word = fc.string({ minLength: 1, maxLength: 12 });
const month = fc.constantFrom('1403-01', '1404-12', '2025-06');

const states: fc.Arbitrary<UrlState> = fc.record(
  {
    language: fc.constantFrom('fa' as const, 'en' as const),
    view: fc.constantFrom('effective' as const, 'declared' as const),
    theme: fc.constantFrom('light' as const, 'dark' as const),
    dataflow: word,
    measure: word,
    area: word,
    release: word.filter((name) => name !== 'latest'),
    from: month,
    to: month,
    breakdown: word,
  },
  { requiredKeys: ['language', 'view'] },
);

describe('the address', () => {
  it('reads back exactly the state that was written', () => {
    fc.assert(fc.property(states, (state) => expect(readUrl(writeUrl(state))).toEqual(state)));
  });

  it('is empty for the page’s own choices, and those are Persian, now, by effective month', () => {
    expect(writeUrl(readUrl(''))).toBe('');
    expect(readUrl('')).toEqual({ language: 'fa', view: 'effective' });
  });

  it('sets aside what cannot be a choice', () => {
    expect(readUrl('?lang=xx&theme=blue&view=sideways&from=2025-13&to=yesterday&release=latest')).toEqual({
      language: 'fa',
      view: 'effective',
    });
  });

  it('keeps codes and release names it does not know, for the API to judge', () => {
    expect(readUrl('?area=ZZ&release=R99')).toMatchObject({ area: 'ZZ', release: 'R99' });
  });

  it('loses a choice that is changed to nothing', () => {
    expect(changeUrl(readUrl('?release=R1&area=BR'), { release: undefined })).toEqual(readUrl('?area=BR'));
  });
});
