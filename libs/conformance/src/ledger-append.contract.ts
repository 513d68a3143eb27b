import { describe, expect, it } from '@jest/globals';
import { KarnamaError } from '@karnama/kernel';
import { RevisionConflict, type ExpectedRevision, type Ledger } from '@karnama/ledger';
import { allEvents, eventId, idsOf, sampleEvent, sampleEvents, write } from './ledger-samples.js';

/** The conflict that an append must end in. */
const conflictOf = async (appending: Promise<unknown>): Promise<RevisionConflict> => {
  const error = await appending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(RevisionConflict);
  return error as RevisionConflict;
};

const expectedRevisions = (ledger: () => Ledger): void => {
  const two = async () => {
    await ledger().append([write('case-1', 'no-stream', sampleEvents(1, 2))]);
  };

  it('counts revisions from 0 and positions from at least 1', async () => {
    const [first] = await ledger().append([write('case-1', 'no-stream', sampleEvents(1, 2))]);
    expect(first).toEqual({
      stream: 'case-1',
      revision: 1n,
      position: await ledger().head(),
      repeated: false,
    });
    const events = await allEvents(ledger());
    expect(events.map((event) => event.revision)).toEqual([0n, 1n]);
    expect(events[0]?.position).toBeGreaterThanOrEqual(1n);
  });

  it('goes on where the writer believes the stream to be', async () => {
    await two();
    const [appended] = await ledger().append([write('case-1', 1n, sampleEvents(3, 3))]);
    expect(appended).toMatchObject({ revision: 4n, repeated: false });
    expect(idsOf(await ledger().readStream('case-1', 0n, 10))).toEqual([1, 2, 3, 4, 5].map(eventId));
  });

  it('appends anywhere when the writer believes nothing', async () => {
    await ledger().append([write('case-1', 'any', [sampleEvent(1)])]);
    const [appended] = await ledger().append([write('case-1', 'any', [sampleEvent(2)])]);
    expect(appended).toMatchObject({ revision: 1n, repeated: false });
  });

  it.each<[string, ExpectedRevision]>([
    ['a stream that is new', 'no-stream'],
    ['an older revision', 0n],
    ['a revision that is not there yet', 2n],
    ['a revision beyond 2^53', 9_007_199_254_740_993n],
    ['the greatest revision', 2n ** 63n - 1n],
  ])('refuses a writer that believes in %s, and says where the stream is', async (_, expected) => {
    await two();
    const conflict = await conflictOf(ledger().append([write('case-1', expected, sampleEvents(7, 2))]));
    expect(conflict).toMatchObject({ code: 'revision-conflict', stream: 'case-1', expected, actual: 1n });
    expect(await allEvents(ledger())).toHaveLength(2);
  });

  it('refuses an exact revision of a stream that is not there', async () => {
    const conflict = await conflictOf(ledger().append([write('case-1', 0n, [sampleEvent(1)])]));
    expect(conflict).toMatchObject({ stream: 'case-1', expected: 0n, actual: 'no-stream' });
    expect(await ledger().readStream('case-1', 0n, 10)).toEqual([]);
    expect(await ledger().append([write('case-1', 'no-stream', [sampleEvent(1)])])).toMatchObject([
      { revision: 0n },
    ]);
  });

  it('lets exactly one of two rivals win', async () => {
    await two();
    const results = await Promise.allSettled([
      ledger().append([write('case-1', 1n, [sampleEvent(11)])]),
      ledger().append([write('case-1', 1n, [sampleEvent(12)])]),
    ]);
    const lost = results.filter((result) => result.status === 'rejected');
    expect(lost).toHaveLength(1);
    expect(lost[0]?.reason).toMatchObject({ name: 'RevisionConflict', stream: 'case-1', actual: 2n });
    expect(await ledger().readStream('case-1', 0n, 10)).toHaveLength(3);
  });

  it('lets exactly one of many rivals found a stream, whatever else is written meanwhile', async () => {
    const rivals = Array.from({ length: 20 }, (_, n) =>
      ledger().append([write('case-9', 'no-stream', [sampleEvent(n)])]),
    );
    const others = Array.from({ length: 20 }, (_, n) =>
      ledger().append([write(`other-${n}`, 'no-stream', [sampleEvent(100 + n)])]),
    );
    const won = (await Promise.allSettled(rivals)).filter((result) => result.status === 'fulfilled');
    await Promise.all(others);
    expect(won).toHaveLength(1);
    expect(await allEvents(ledger())).toHaveLength(21);
  });
};

const repeats = (ledger: () => Ledger): void => {
  it.each<[string, ExpectedRevision]>([
    ['a new stream', 'no-stream'],
    ['an exact revision', 1n],
  ])('takes a repeated write to %s for the first one, and adds nothing', async (_, expected) => {
    if (expected !== 'no-stream') await ledger().append([write('case-1', 'no-stream', sampleEvents(1, 2))]);
    const [first] = await ledger().append([write('case-1', expected, sampleEvents(5, 3))]);
    await ledger().append([
      write('case-1', 'any', sampleEvents(20, 2)),
      write('case-2', 'any', sampleEvents(30, 2)),
    ]);
    const before = await ledger().head();
    const [again] = await ledger().append([write('case-1', expected, sampleEvents(5, 3))]);
    expect(again).toEqual({ ...first, repeated: true });
    expect(await ledger().head()).toBe(before);
  });

  it('knows a repeat by its ids, written in capitals or not', async () => {
    const id = 'ABCDEF00-0000-4000-8000-00000000000A';
    await ledger().append([write('case-1', 'no-stream', [{ ...sampleEvent(1), id }])]);
    const again = write('case-1', 'no-stream', [{ ...sampleEvent(1), id: id.toLowerCase() }]);
    expect(await ledger().append([again])).toMatchObject([{ repeated: true }]);
    expect((await ledger().lastEvent('case-1'))?.id).toBe(id.toLowerCase());
  });

  it.each([
    ['longer than what is there', sampleEvents(1, 4)],
    ['in another order', [...sampleEvents(1, 3)].reverse()],
    ['with another event at its end', [...sampleEvents(1, 2), sampleEvent(99)]],
    ['with another event at its beginning', [sampleEvent(99), ...sampleEvents(2, 2)]],
  ])('refuses a repeat that is %s', async (_, events) => {
    await ledger().append([write('case-1', 'no-stream', sampleEvents(1, 3))]);
    const conflict = await conflictOf(ledger().append([write('case-1', 'no-stream', events)]));
    expect(conflict.actual).toBe(2n);
    expect(await allEvents(ledger())).toHaveLength(3);
  });

  it('refuses a repeat at another place of the stream', async () => {
    await ledger().append([write('case-1', 'no-stream', sampleEvents(1, 3))]);
    await conflictOf(ledger().append([write('case-1', 0n, sampleEvents(1, 2))]));
  });

  it('takes a repeat of the first part of what is there', async () => {
    await ledger().append([write('case-1', 'no-stream', sampleEvents(1, 3))]);
    const [again] = await ledger().append([write('case-1', 'no-stream', sampleEvents(1, 2))]);
    expect(again).toMatchObject({ revision: 1n, repeated: true });
    expect(again?.position).toBe((await ledger().readStream('case-1', 1n, 1))[0]?.position);
  });
};

const manyStreams = (ledger: () => Ledger): void => {
  it('writes many streams in one call and answers in its order', async () => {
    await ledger().append([write('case-3', 'no-stream', [sampleEvent(1)])]);
    const appended = await ledger().append([
      write('case-3', 0n, sampleEvents(10, 2)),
      write('case-1', 'no-stream', sampleEvents(20, 3)),
      write('case-2', 'any', [sampleEvent(30)]),
    ]);
    expect(appended.map(({ stream, revision, repeated }) => [stream, revision, repeated])).toEqual([
      ['case-3', 2n, false],
      ['case-1', 2n, false],
      ['case-2', 0n, false],
    ]);
    // in which order the streams were written is nobody's business
    const positions = appended.map((one) => one.position);
    expect(positions.reduce((a, b) => (a > b ? a : b))).toBe(await ledger().head());
    for (const { stream, revision, position } of appended)
      expect(await ledger().lastEvent(stream)).toMatchObject({ revision, position });
  });

  it('repeats a call of which a part was stored before', async () => {
    const first = write('case-1', 'no-stream', sampleEvents(1, 2));
    await ledger().append([first]);
    const appended = await ledger().append([first, write('case-2', 'no-stream', sampleEvents(5, 2))]);
    expect(appended).toMatchObject([
      { stream: 'case-1', revision: 1n, repeated: true },
      { stream: 'case-2', revision: 1n, repeated: false },
    ]);
    expect(await allEvents(ledger())).toHaveLength(4);
  });

  it('names the stream that conflicts, and stores nothing of its write', async () => {
    await ledger().append([write('case-2', 'no-stream', [sampleEvent(1)])]);
    const conflict = await conflictOf(
      ledger().append([
        write('case-1', 'no-stream', [sampleEvent(2)]),
        write('case-2', 5n, [sampleEvent(3)]),
      ]),
    );
    expect(conflict).toMatchObject({ stream: 'case-2', expected: 5n, actual: 0n });
    expect(idsOf(await ledger().readStream('case-2', 0n, 10))).toEqual([eventId(1)]);
  });

  it('stores every one of many calls at once, each whole and in a piece of its own stream', async () => {
    const calls = Array.from({ length: 60 }, (_, n) =>
      ledger().append([write(`case-${n % 6}`, 'any', sampleEvents(n * 10, 3))]),
    );
    const appended = (await Promise.all(calls)).flat();
    expect(new Set(appended.map((one) => one.position)).size).toBe(60);
    const events = await allEvents(ledger());
    expect(events).toHaveLength(180);
    for (const { stream, revision, position } of appended)
      expect(events.find((event) => event.position === position)).toMatchObject({ stream, revision });
    for (let n = 0; n < 6; n += 1) {
      const revisions = events
        .filter((event) => event.stream === `case-${n}`)
        .map((event) => Number(event.revision));
      expect(revisions).toEqual(Array.from({ length: 30 }, (_, revision) => revision));
    }
  });

  it('takes a call without writes for done', async () => {
    expect(await ledger().append([])).toEqual([]);
    expect(await ledger().head()).toBe(0n);
  });
};

const refusals = (ledger: () => Ledger): void => {
  it.each([
    ['event-id-not-uuid', [write('case-1', 'any', [{ ...sampleEvent(1), id: 'not-a-uuid' }])]],
    ['event-not-json', [write('case-1', 'any', [{ ...sampleEvent(1), data: { n: 1n } as never }])]],
    ['event-not-json', [write('case-1', 'any', [{ ...sampleEvent(1), data: undefined as never }])]],
    ['revision-out-of-range', [write('case-1', -1n, [sampleEvent(1)])]],
    ['revision-out-of-range', [write('case-1', -2n, [sampleEvent(1)])]],
    ['revision-out-of-range', [write('case-1', 2n ** 63n, [sampleEvent(1)])]],
    ['write-without-events', [write('case-1', 'any', [])]],
    [
      'stream-written-twice',
      [write('case-1', 'any', [sampleEvent(1)]), write('case-1', 'any', [sampleEvent(2)])],
    ],
  ])('refuses with %s and stores nothing', async (code, writes) => {
    const failed = ledger().append(writes);
    await expect(failed).rejects.toBeInstanceOf(KarnamaError);
    await expect(failed).rejects.toMatchObject({ code });
    expect(await ledger().head()).toBe(0n);
  });
};

/** Cases of `ledgerContract`; `ledger` is empty at the start of each. */
export const ledgerAppendContract = (ledger: () => Ledger): void => {
  describe('expected revisions', () => expectedRevisions(ledger));
  describe('repeated writes', () => repeats(ledger));
  describe('writes to many streams', () => manyStreams(ledger));
  describe('what cannot be stored', () => refusals(ledger));
};
