import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EventMetadata, Json, RecordedEvent } from './event.js';
import { factsInForce, recordRegister, type Records } from './records.js';

type Opened = { readonly type: 'Opened'; readonly name: string; readonly size: number | null };
type Shut = { readonly type: 'Shut'; readonly day: number };
type Fact = Opened | Shut;

const register = recordRegister<Fact>(
  {
    Opened: {
      fields: ['name', 'size'],
      fact: ({ name, size }) => ({
        type: 'Opened',
        name: name as string,
        size: size as number | null,
      }),
    },
    Shut: { fields: ['day'], fact: ({ day }) => ({ type: 'Shut', day: Number(day) }) },
  },
  'Withdrawn',
);

const event = (
  type: string,
  data: Json,
  metadata: Partial<EventMetadata> = {},
  position = 1n,
): RecordedEvent => ({
  id: '00000000-0000-5000-8000-000000000001',
  type,
  data,
  metadata: {
    schemaVersion: 1,
    receivedAt: '2026-02-01T00:00:00.000Z',
    agency: 'inspectorate',
    contract: 'shops',
    recordId: 'r1',
    recordVersion: 1,
    ...metadata,
  },
  stream: 'feed',
  revision: position - 1n,
  position,
});
const opened = (name: string, version = 1, metadata: Partial<EventMetadata> = {}, position = 1n) =>
  event('Opened', { name, size: 5, surplus: 'not kept' }, { recordVersion: version, ...metadata }, position);
const withdrawn = (recordId = 'r1', metadata: Partial<EventMetadata> = {}, position = 9n) =>
  event(
    'Withdrawn',
    { contract: 'shops', recordId },
    { contract: 'withdrawals', recordId: 'w1', ...metadata },
    position,
  );
const folded = (...events: readonly RecordedEvent[]): Records<Fact> =>
  events.reduce((records, one) => register.evolve(records, one), register.initial);
const namesOf = (records: Records<Fact>): readonly string[] =>
  factsInForce(records).map((fact) => (fact.type === 'Opened' ? fact.name : `shut ${fact.day}`));

describe('a register of records', () => {
  it('knows the types it keeps and the one that voids, and no other', () => {
    expect(['Opened', 'Shut', 'Withdrawn'].map((type) => register.knows(type))).toEqual([true, true, true]);
    expect(['Painted', 'toString', ''].map((type) => register.knows(type))).toEqual([false, false, false]);
    expect(register.initial.size).toBe(0);
  });

  it('keeps of a record its version, its position and the fact', () => {
    expect([...folded(opened('a', 3, {}, 17n))]).toEqual([
      [
        'inspectorate/shops/r1',
        { version: 3, position: '17', fact: { type: 'Opened', name: 'a', size: 5 }, withdrawn: false },
      ],
    ]);
  });

  it('takes a record without a version as the first, and without a name as the nameless one', () => {
    const {
      recordVersion: _version,
      agency: _agency,
      contract: _contract,
      recordId: _id,
      ...bare
    } = opened('a').metadata;
    const records = register.evolve(register.initial, { ...opened('a'), metadata: bare });
    expect([...records.keys()]).toEqual(['//']);
    expect(records.get('//')?.version).toBe(1);
  });

  it('lets a later version replace an earlier one, whichever comes first', () => {
    expect(namesOf(folded(opened('old', 1), opened('new', 2)))).toEqual(['new']);
    expect(namesOf(folded(opened('new', 2), opened('old', 1)))).toEqual(['new']);
    expect(namesOf(folded(opened('a'), event('Shut', { day: 4 }, { recordVersion: 2 })))).toEqual(['shut 4']);
  });

  it('gives the same object for a repeat, an earlier version and what it does not know', () => {
    const records = folded(opened('a', 2));
    for (const one of [opened('a', 2), opened('b', 2), opened('c', 1), event('Painted', {})])
      expect(register.evolve(records, one)).toBe(records);
  });

  it('leaves the records it was given as they were', () => {
    const before = folded(opened('a'));
    const after = register.evolve(before, opened('b', 2));
    register.evolve(before, withdrawn());
    expect(namesOf(before)).toEqual(['a']);
    expect(namesOf(after)).toEqual(['b']);
    expect(register.initial.size).toBe(0);
  });

  it('keeps records apart by agency, contract and id', () => {
    const records = folded(
      opened('a'),
      opened('b', 1, { agency: 'city' }),
      opened('c', 1, { contract: 'stalls' }),
      opened('d', 1, { recordId: 'r2' }),
    );
    expect([...records.keys()]).toEqual([
      'inspectorate/shops/r1',
      'city/shops/r1',
      'inspectorate/stalls/r1',
      'inspectorate/shops/r2',
    ]);
  });
});

describe('a withdrawal', () => {
  it('voids a record for good, before it and after it, whatever version comes later', () => {
    expect(namesOf(folded(opened('a'), withdrawn()))).toEqual([]);
    expect(namesOf(folded(withdrawn(), opened('a')))).toEqual([]);
    expect(namesOf(folded(opened('a'), withdrawn(), opened('b', 7)))).toEqual([]);
  });

  it('keeps what it voids, with its own place in the ledger', () => {
    const key = 'inspectorate/shops/r1';
    expect(folded(opened('a', 2), withdrawn()).get(key)).toEqual({
      version: 2,
      position: '9',
      fact: { type: 'Opened', name: 'a', size: 5 },
      withdrawn: true,
    });
    expect(folded(withdrawn()).get(key)).toEqual({ version: 0, position: '9', fact: null, withdrawn: true });
  });

  it('changes nothing when it is repeated, or when the voided record comes again', () => {
    const records = folded(opened('a'), withdrawn());
    for (const one of [withdrawn(), withdrawn('r1', { recordId: 'w2' }, 12n), opened('a'), opened('b', 5)])
      expect(register.evolve(records, one)).toBe(records);
  });

  it('reaches no record of another agency, contract or id', () => {
    const others = [
      opened('a', 1, { agency: 'city' }),
      opened('b', 1, { contract: 'stalls' }),
      opened('c', 1, { recordId: 'r2' }),
    ];
    expect(namesOf(folded(...others, withdrawn()))).toEqual(['a', 'c', 'b']);
  });
});

describe('an event that changes the records', () => {
  const second = opened('b', 2);
  it.each([
    ['a first version', [], opened('a'), false],
    ['a first version of another record', [opened('a')], opened('b', 1, { recordId: 'r2' }), false],
    ['a later version of a record that is known', [opened('a')], second, true],
    ['a later version of a record of which no version came in', [], second, false],
    [
      'a later version of a record of another agency',
      [opened('a')],
      { ...second, metadata: { ...second.metadata, agency: 'city' } },
      false,
    ],
    ['a withdrawal', [opened('a')], withdrawn(), true],
    ['a withdrawal ahead of its record', [], withdrawn(), true],
  ])('corrects or tells for the first time: %s', (_, before, next, corrects) => {
    expect(register.corrects(folded(...before), next)).toBe(corrects);
  });
});

describe('the facts in force', () => {
  it('come in the order of the names of their records, not of their arrival', () => {
    const ids = ['r3', 'r10', 'r1', 'r2'];
    expect(namesOf(folded(...ids.map((recordId) => opened(recordId, 1, { recordId }))))).toEqual([
      'r1',
      'r10',
      'r2',
      'r3',
    ]);
  });

  it('are worked out once for each set of records', () => {
    const records = folded(opened('a'));
    expect(factsInForce(records)).toBe(factsInForce(records));
    expect(factsInForce(folded(opened('a')))).not.toBe(factsInForce(records));
  });
});

describe('stored records', () => {
  it('hold for each source id, version, position, void or not, type and values', () => {
    const records = folded(
      opened('a', 2, {}, 17n),
      event('Shut', { day: 4 }, { agency: 'city', recordId: 'x/y' }, 18n),
      withdrawn('r9'),
    );
    expect(register.encode(records)).toEqual({
      'inspectorate/shops': [
        ['r1', 2, '17', 0, 0, 'a', 5],
        ['r9', 0, '9', 1],
      ],
      'city/shops': [['x/y', 1, '18', 0, 1, 4]],
    });
  });

  it('say null for what is not known', () => {
    const records = folded(event('Opened', { name: 'a', size: null }));
    expect(register.encode(records)).toEqual({ 'inspectorate/shops': [['r1', 1, '1', 0, 0, 'a', null]] });
    const missing = register.decode({ 'inspectorate/shops': [['r1', 1, '1', 0, 0, 'a']] });
    expect(factsInForce(missing)).toEqual([{ type: 'Opened', name: 'a', size: null }]);
  });
});

type Told = { readonly agency: string; readonly id: string; readonly version: number };

const told = fc.record({
  agency: fc.constantFrom('inspectorate', 'city'),
  id: fc.constantFrom('r1', 'r2', 'a/b'),
  version: fc.integer({ min: 0, max: 3 }),
});
/** Version 0 stands for the withdrawal; what a record says follows from its version. */
const eventOf = ({ agency, id, version }: Told, at: number): RecordedEvent => {
  if (version === 0) return withdrawn(id, { agency }, BigInt(at));
  const name = `${agency} ${id} ${version}`;
  if (version === 2)
    return event('Shut', { day: 20 }, { agency, recordId: id, recordVersion: 2 }, BigInt(at));
  return opened(name, version, { agency, recordId: id }, BigInt(at));
};

describe('whatever the order', () => {
  it('the same events leave the same facts in force, also when they are repeated', () =>
    fc.assert(
      fc.property(
        fc
          .array(told, { minLength: 1, maxLength: 10 })
          .chain((all) =>
            fc.tuple(
              fc.constant(all),
              fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2, maxLength: all.length * 2 }),
            ),
          ),
        ([once, shuffled]) => {
          const [a, b] = [once, shuffled].map((all) => factsInForce(folded(...all.map(eventOf))));
          expect(b).toEqual(a);
          const expected = [...new Set(once.map(({ agency, id }) => `${agency}/shops/${id}`))]
            .sort()
            .flatMap((name) => {
              const own = once.filter(({ agency, id }) => `${agency}/shops/${id}` === name);
              const version = Math.max(...own.map((one) => one.version));
              return own.some((one) => one.version === 0) ? [] : [version];
            });
          expect(a?.map((fact) => (fact.type === 'Shut' ? 2 : Number(fact.name.slice(-1))))).toEqual(
            expected,
          );
        },
      ),
    ));

  it('what is stored is read back as it was', () =>
    fc.assert(
      fc.property(fc.array(told, { maxLength: 10 }), (all) => {
        const records = folded(...all.map(eventOf));
        const read = register.decode(JSON.parse(JSON.stringify(register.encode(records))) as Json);
        expect(new Map(read)).toEqual(new Map(records));
        expect(factsInForce(read)).toEqual(factsInForce(records));
      }),
    ));
});
