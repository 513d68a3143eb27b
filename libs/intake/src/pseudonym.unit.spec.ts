import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newestPseudonyms, pseudonymsUnder, type PseudonymKey } from './pseudonym.js';

const master = Buffer.from(Array.from({ length: 32 }, (_, at) => at));
const key = (version: number): PseudonymKey => ({ version, master });

describe('a pseudonym', () => {
  // worked out by another program (HKDF and HMAC of Python's standard library)
  it.each([
    [1, 'person', '0499370899', 'p1_et6setszgd4pmfaagrzpc7x5kt'],
    [2, 'person', '0499370899', 'p2_jnvuhsonhpalxksgnsgideyzzt'],
    [1, 'reference', 'nid-0499370899', 'r1_aglsrq7vg3xwssmzhzo4ni4qxh'],
    [2, 'reference', 'nid-0499370899', 'r2_rdvt7b7p6ljheq4aamvvk5y3my'],
  ] as const)('under version %i of a %s %s is %s, for ever', (version, kind, text, expected) => {
    expect(pseudonymsUnder(key(version))(kind, text)).toBe(expected);
  });

  it('is of one form, and holds no national id by chance', () => {
    const pseudonymOf = pseudonymsUnder(key(12));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(pseudonymOf('person', text)).toMatch(/^p12_[a-z2-7]{26}$/);
        expect(pseudonymOf('reference', text)).toMatch(/^r12_[a-z2-7]{26}$/);
      }),
    );
  });

  it('differs by person, by key and by what it stands for', () => {
    const other = pseudonymsUnder({ version: 1, master: Buffer.alloc(32, 9) });
    const pseudonymOf = pseudonymsUnder(key(1));
    const all = [
      pseudonymOf('person', '0499370899'),
      pseudonymOf('person', '0790419904'),
      pseudonymOf('reference', '0499370899'),
      other('person', '0499370899'),
    ].map((pseudonym) => pseudonym.slice(3));
    expect(new Set(all).size).toBe(4);
  });

  it('of what comes in is made under the newest key; older ones still give what they gave', () => {
    const ring = [key(2), key(1)] as const;
    expect(newestPseudonyms(ring)('person', '0499370899')).toBe('p2_jnvuhsonhpalxksgnsgideyzzt');
    expect(ring.map((known) => pseudonymsUnder(known)('person', '0499370899'))).toEqual([
      'p2_jnvuhsonhpalxksgnsgideyzzt',
      'p1_et6setszgd4pmfaagrzpc7x5kt',
    ]);
  });
});
