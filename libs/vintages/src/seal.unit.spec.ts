import { describe, expect, it } from '@jest/globals';
import { canonicalSeries, checkSeal, hashOfSeries } from './seal.js';

describe('a sealed series', () => {
  const rows = [
    { freq: 'M', period: '1403-01', codes: ['IR-23', 'F'], value: '12.30' },
    { freq: 'M', period: '1403-02', codes: ['a,"b"', 'c\r\nd'], value: null, reason: 'not-yet' },
  ];

  it('has one form: lines of RFC 4180 in their order', () => {
    expect(canonicalSeries(rows)).toBe(
      'M,1403-01,IR-23,F,12.30,\r\nM,1403-02,"a,""b""","c\r\nd",,not-yet\r\n',
    );
    expect(canonicalSeries([])).toBe('');
  });

  it('is hashed in that form', () => {
    expect(hashOfSeries(rows, (text) => `${text.length}`)).toBe(String(canonicalSeries(rows).length));
  });

  it('is compared with what it is now; what was added since is not looked at', () => {
    const sealed = { B: '1', A: '2', C: '3' };
    expect(checkSeal('r', sealed, { A: '2', B: '1', C: '3', D: '4' })).toEqual({
      name: 'r',
      checked: 3,
      differing: [],
      missing: [],
    });
    expect(checkSeal('r', sealed, { A: '0', B: '0' })).toEqual({
      name: 'r',
      checked: 3,
      differing: ['A', 'B'],
      missing: ['C'],
    });
  });
});
