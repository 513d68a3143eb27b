import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeUrl, pageUrl, readUrl, writeUrl, type UrlState } from './url-state.js';

const word = fc.string({ minLength: 1, maxLength: 12 });
const month = fc.constantFrom('1403-01', '1404-12', '2025-06');

const states: fc.Arbitrary<UrlState> = fc.record(
  {
    page: fc.constantFrom(
      'overview' as const,
      'indicator' as const,
      'area' as const,
      'releases' as const,
      'revisions' as const,
      'movements' as const,
    ),
    indicator: word,
    map: word,
    freq: fc.constantFrom('M' as const, 'Q' as const, 'A' as const),
    chart: fc.constant('bar' as const),
    scale: fc.constantFrom('index' as const, 'log' as const),
    provinces: fc.constantFrom('map' as const, 'tiles' as const),
    digits: fc.constantFrom('persian' as const, 'latin' as const),
    calendar: fc.constantFrom('jalali' as const, 'gregorian' as const),
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
  { requiredKeys: ['page', 'language', 'view'] },
);

/** An overview never names a dataflow or a measure: such an address means the declared movements. */
const meant = (state: UrlState): UrlState =>
  state.page === 'overview' && (state.dataflow !== undefined || state.measure !== undefined)
    ? { ...state, page: 'movements' }
    : state;

describe('the address', () => {
  it('reads back exactly the state that was written', () => {
    fc.assert(fc.property(states, (state) => expect(readUrl(writeUrl(state))).toEqual(meant(state))));
  });

  it('is empty for the page’s own choices, and those are Persian, now, by effective month', () => {
    expect(writeUrl(readUrl(''))).toBe('');
    expect(readUrl('')).toEqual({ page: 'overview', language: 'fa', view: 'effective' });
  });

  it('sets aside what cannot be a choice', () => {
    expect(readUrl('?lang=xx&theme=blue&view=sideways&from=2025-13&to=yesterday&release=latest')).toEqual({
      page: 'overview',
      language: 'fa',
      view: 'effective',
    });
  });

  it('keeps codes and release names it does not know, for the API to judge', () => {
    expect(readUrl('?area=ZZ&release=R99')).toMatchObject({ area: 'ZZ', release: 'R99' });
  });

  it('takes links from before there were pages to the declared movements', () => {
    expect(readUrl('?dataflow=MOVEMENTS&area=IR').page).toBe('movements');
    expect(readUrl('?measure=net').page).toBe('movements');
    expect(readUrl('?page=indicator&measure=net').page).toBe('indicator');
  });

  it('knows a position of knowledge by the name the API gives it', () => {
    expect(readUrl('?asKnownAt=1404-06')).toEqual(readUrl('?release=1404-06'));
    expect(readUrl('?asKnownAt=latest').release).toBeUndefined();
  });

  it('takes language, appearance, area and position of knowledge along to another page', () => {
    const here = readUrl(
      '?page=indicator&indicator=JC&area=IR-23&asKnownAt=R1&lang=en&theme=dark&from=1403-01',
    );
    expect(writeUrl(pageUrl(here, 'overview'))).toBe('?area=IR-23&asKnownAt=R1&lang=en&theme=dark');
  });

  it('loses a choice that is changed to nothing', () => {
    expect(changeUrl(readUrl('?release=R1&area=BR'), { release: undefined })).toEqual(readUrl('?area=BR'));
  });
});
