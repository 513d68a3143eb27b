import { describe, expect, it } from '@jest/globals';
import { idsOf, legalEntityIdOf, nationalIdOf } from './ids.js';

const count = 5000;

describe('an id of the simulated country', () => {
  it.each(['0499370899', '0790419904', '1583250689', '0684159414', '4400276201', '2540201288', '7400076205'])(
    'ends in the check digit that the national id %s has',
    (id) => expect(nationalIdOf(id.slice(0, 9))).toBe(id),
  );

  it('ends in the check digit that the legal-entity id 10380284790 has', () =>
    expect(legalEntityIdOf('1038028479')).toBe('10380284790'));

  it('is given out once, within a chunk and across chunks', () => {
    const seen = new Set<string>();
    for (const chunk of [0, 1, 2, 7999]) {
      const ids = idsOf(chunk);
      for (let i = 0; i < count; i += 1) {
        seen.add(ids.person());
        seen.add(ids.enterprise());
      }
    }
    expect(seen.size).toBe(4 * 2 * count);
  });

  it('has ten digits for persons and workshops, eleven for enterprises', () => {
    const ids = idsOf(3);
    for (let i = 0; i < count; i += 1) {
      expect(ids.person()).toMatch(/^\d{10}$/);
      expect(ids.workshop('23')).toMatch(/^23\d{8}$/);
      expect(ids.enterprise()).toMatch(/^\d{11}$/);
    }
  });

  it('of a record holds no run of exactly ten digits, which could be taken for a national id', () =>
    expect(idsOf(12).record('s')).toBe('s000120000001'));

  it('runs out rather than be given twice', () => {
    const ids = idsOf(0);
    expect(() => {
      for (let i = 0; i < 30_000; i += 1) ids.person();
    }).toThrow('chunk 0 has used up its numbers');
  });
});
