import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { shareOut, type Member, type Share } from './assigner.js';

const counts = new Map([
  ['a', 5],
  ['b', 3],
  ['c', 1],
]);

const share = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'gone'),
  fc.uniqueArray(fc.integer({ min: 0, max: 6 })),
);

const members = fc.uniqueArray(
  fc.record({
    id: fc.stringMatching(/^[a-z]{1,4}$/),
    topics: fc.subarray(['a', 'b', 'c', 'gone']),
    held: share,
  }),
  { selector: ({ id }) => id, minLength: 1, maxLength: 7 },
);

const placesOf = (given: Share): readonly string[] =>
  Object.entries(given).flatMap(([topic, partitions]) =>
    partitions.map((partition) => `${topic}/${partition}`),
  );

const reading = (all: readonly Member[], topic: string): readonly Member[] =>
  all.filter(({ topics }) => topics.includes(topic));

const sizes = (shares: ReadonlyMap<string, Share>): readonly number[] =>
  [...shares.values()].map((given) => placesOf(given).length);

describe('sharing partitions out', () => {
  it('gives every partition to exactly one member that reads its topic, and to nobody where none does', () => {
    fc.assert(
      fc.property(members, (all) => {
        const shares = shareOut(all, counts);
        const given = [...shares].flatMap(([id, own]) => placesOf(own).map((place) => ({ id, place })));
        const wanted = [...counts].flatMap(([topic, count]) =>
          reading(all, topic).length === 0
            ? []
            : Array.from({ length: count }, (_, partition) => `${topic}/${partition}`),
        );
        expect(given.map(({ place }) => place).sort()).toEqual(wanted.sort());
        for (const { id, place } of given)
          expect(all.find((member) => member.id === id)?.topics).toContain(place.split('/')[0]);
      }),
    );
  });

  it('is even among members that read the same', () => {
    fc.assert(
      fc.property(members, (all) => {
        const alike = all.map((member) => ({ ...member, topics: ['a', 'b', 'c'] }));
        const loads = sizes(shareOut(alike, counts));
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('moves nothing when it is asked again with what it gave, whatever the order of the members', () => {
    fc.assert(
      fc.property(members, (all) => {
        const shares = shareOut(all, counts);
        const holding = all.map((member) => ({ ...member, held: shares.get(member.id) ?? {} }));
        expect(new Map([...shareOut(holding.reverse(), counts)].sort())).toEqual(new Map([...shares].sort()));
      }),
    );
  });

  it('takes from the holders no more than a newcomer needs', () => {
    const topics = ['a', 'b', 'c'];
    const alone = shareOut([{ id: 'old', topics, held: {} }], counts);
    const shares = shareOut(
      [
        { id: 'new', topics, held: {} },
        { id: 'old', topics, held: alone.get('old') ?? {} },
      ],
      counts,
    );
    expect(sizes(shares)).toEqual([4, 5]);
  });

  it('leaves a partition with its holder rather than with one that waits', () => {
    const topics = ['c'];
    const shares = shareOut(
      [
        { id: 'a-waits', topics, held: {} },
        { id: 'b-holds', topics, held: { c: [0] } },
      ],
      counts,
    );
    expect(shares.get('b-holds')).toEqual({ c: [0] });
  });
});
