import { describe, expect, it } from '@jest/globals';
import { fedEvent, recorded } from '@karnama/conformance';
import { parseDay, type EventMetadata, type Json, type Records } from '@karnama/kernel';
import { postsOf } from './posts.js';
import { vacancyRegister, type VacancyFact } from './register.js';

type Told = readonly [type: string, record: string, data: Json, metadata?: Partial<EventMetadata>];

const after = (...told: readonly Told[]): Records<VacancyFact> =>
  told.reduce(
    (records, [type, recordId, data, metadata], i) =>
      vacancyRegister.evolve(
        records,
        recorded(fedEvent(i + 1, type, data, { recordId, ...metadata }), BigInt(i + 1)),
      ),
    vacancyRegister.initial,
  );

const day = parseDay('2024-03-20');

const publication = {
  vacancy: 'v',
  enterprise: null,
  positions: 3,
  day: '2024-03-20',
  expiresOn: null,
  area: 'IR-23',
  industry: 'ISIC4:C',
  occupation: 'ISCO08:7212',
  skill: 'WELD',
  reportedOn: '2024-03-21',
};
const published = (data: object = {}, record = 'p'): Told => [
  'VacancyPublished',
  record,
  { ...publication, ...data },
];
const filled = (record: string, on: string, positions = 1): Told => [
  'VacancyFilled',
  record,
  { vacancy: 'v', positions, day: on, reportedOn: on },
];
const closed = (record: string, on: string): Told => [
  'VacancyClosed',
  record,
  { vacancy: 'v', day: on, reportedOn: on },
];
const placed = (record: string, on: string): Told => [
  'PlacementRecorded',
  record,
  { placement: record, person: 'x', vacancy: 'v', area: 'IR-23', sex: 'F', day: on, reportedOn: on },
];
const withdrawn = (type: string, recordId: string): Told => [
  type,
  `w-${recordId}`,
  { contract: 'contract', recordId, vacancy: 'v', person: 'x', reportedOn: '2024-05-01' },
];

describe('the records of a vacancy', () => {
  it('keep of each what its figures need, also through storage', () => {
    const records = after(
      published({ expiresOn: '2024-04-20' }),
      filled('f', '2024-03-22', 2),
      closed('c', '2024-03-23'),
      placed('x', '2024-03-24'),
    );
    const facts = [...records.values()].map(({ fact }) => fact);
    expect(facts).toEqual([
      {
        type: 'VacancyPublished',
        positions: 3,
        day,
        expiresOn: day + 31,
        area: 'IR-23',
        industry: 'ISIC4:C',
        occupation: 'ISCO08:7212',
        skill: 'WELD',
      },
      { type: 'VacancyFilled', positions: 2, day: day + 2 },
      { type: 'VacancyClosed', day: day + 3 },
      { type: 'PlacementRecorded', day: day + 4 },
    ]);
    const stored = JSON.parse(JSON.stringify(vacancyRegister.encode(records))) as Json;
    expect(vacancyRegister.decode(stored)).toEqual(records);
  });

  it('are told by six types of events', () => {
    const types = ['VacancyPublished', 'VacancyFilled', 'VacancyClosed', 'PlacementRecorded'];
    for (const type of [...types, 'VacancyRecordWithdrawn', 'JobseekerRecordWithdrawn'])
      expect([type, vacancyRegister.knows(type)]).toEqual([type, true]);
    expect(vacancyRegister.knows('JobseekerRegistered')).toBe(false);
  });

  it('are voided by a withdrawal, placements by that of the record about the person', () => {
    const records = after(
      published(),
      filled('f', '2024-03-22'),
      placed('x', '2024-03-24'),
      withdrawn('VacancyRecordWithdrawn', 'f'),
      withdrawn('JobseekerRecordWithdrawn', 'x'),
    );
    expect(postsOf(records)).toMatchObject({ fills: [], left: 3 });
    const again = after(withdrawn('JobseekerRecordWithdrawn', 'x'), placed('x', '2024-03-24'), published());
    expect(postsOf(again)?.left).toBe(3);
  });

  it('are read from events whose data are worked out when asked for', () => {
    const [type, recordId, data] = withdrawn('JobseekerRecordWithdrawn', 'x');
    const event = recorded(fedEvent(9, type, data, { recordId }), 9n);
    const lazy = Object.create(
      {},
      {
        type: { value: type, enumerable: true },
        position: { value: 9n, enumerable: true },
        data: { get: () => event.data },
        metadata: { get: () => event.metadata },
      },
    ) as typeof event;
    const records = vacancyRegister.evolve(after(published(), placed('x', '2024-03-24')), lazy);
    expect(postsOf(records)).toMatchObject({ fills: [], left: 3 });
  });

  it('stay the same object when a withdrawal is repeated', () => {
    const [type, recordId, data] = withdrawn('JobseekerRecordWithdrawn', 'x');
    const once = after(withdrawn('JobseekerRecordWithdrawn', 'x'));
    expect(vacancyRegister.evolve(once, recorded(fedEvent(9, type, data, { recordId }), 9n))).toBe(once);
  });
});

describe('the posts of a vacancy', () => {
  it('are none before its publication is known', () => {
    expect(postsOf(after(filled('f', '2024-03-22'), closed('c', '2024-03-23')))).toBeNull();
  });

  it('stay open while nothing more is known', () => {
    expect(postsOf(after(published()))).toMatchObject({ fills: [], end: Infinity, left: 3 });
  });

  it('are filled one after the other by day, as long as there are posts', () => {
    const posts = postsOf(
      after(
        filled('a', '2024-03-25', 2),
        placed('b', '2024-03-22'),
        filled('c', '2024-03-26', 4),
        published(),
      ),
    );
    expect(posts?.fills).toEqual([
      { day: day + 2, posts: 1 },
      { day: day + 5, posts: 2 },
    ]);
    expect(posts?.left).toBe(0);
  });

  it('take from a fill no more than are left', () => {
    const posts = postsOf(after(published(), filled('a', '2024-03-25', 2), filled('b', '2024-03-26', 2)));
    expect(posts?.fills).toEqual([
      { day: day + 5, posts: 2 },
      { day: day + 6, posts: 1 },
    ]);
    expect(posts?.left).toBe(0);
  });

  it('are filled on the opening by what was told for a day before it', () => {
    expect(postsOf(after(published(), filled('a', '2024-03-01')))?.fills).toEqual([{ day, posts: 1 }]);
  });

  it('close on the earliest of the expiry and the closings', () => {
    const told = [
      published({ expiresOn: '2024-04-20' }),
      closed('c', '2024-04-19'),
      closed('d', '2024-04-21'),
    ];
    expect(postsOf(after(...told))).toMatchObject({ end: day + 30, left: 3 });
    expect(postsOf(after(published({ expiresOn: '2024-04-20' })))).toMatchObject({ end: day + 31 });
    expect(postsOf(after(published(), closed('d', '2024-04-21')))).toMatchObject({ end: day + 32 });
  });

  it('close not before the opening, and are not filled then', () => {
    const posts = postsOf(after(published(), closed('c', '2024-01-01'), filled('f', '2024-03-20')));
    expect(posts).toMatchObject({ end: day, fills: [], left: 3 });
  });

  it('are filled on the day before the end, not on it', () => {
    const posts = postsOf(
      after(published({ expiresOn: '2024-04-20' }), placed('a', '2024-04-19'), placed('b', '2024-04-20')),
    );
    expect(posts?.fills).toEqual([{ day: day + 30, posts: 1 }]);
    expect(posts?.left).toBe(2);
  });

  it('are those of the earliest publication, of equal ones of the first by record name', () => {
    const early = published({ positions: 1, day: '2024-03-19' }, 'q');
    expect(postsOf(after(published(), early))?.published.positions).toBe(1);
    expect(postsOf(after(published({ positions: 2 }, 'z'), published()))?.published.positions).toBe(3);
  });

  it('are worked out once for the same records', () => {
    const records = after(published());
    expect(postsOf(records)).toBe(postsOf(records));
  });
});
