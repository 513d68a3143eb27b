import { describe, expect, it } from '@jest/globals';
import { memoryChannel, memoryLedger, memoryQuarantine } from '@karnama/adapter-memory';
import { loadContracts } from '@karnama/contracts';
import { Unavailable } from '@karnama/kernel';
import type { Ledger } from '@karnama/ledger';
import type { Channel } from './channel.js';
import type { QuarantineStore } from './quarantine.js';
import { newestPseudonyms } from './pseudonym.js';
import { runIntake, type IntakeReport } from './worker.js';

const contracts = await loadContracts(new URL('../../../schemas/contracts', import.meta.url).pathname);
const pseudonymOf = newestPseudonyms([{ version: 1, master: Buffer.alloc(32, 1) }]);
const topic = 'karnama.br-mte.movements';
const stream = 'feed_br-mte_movements-0';
const good = '{"effective_month":"2025-12","declared_month":"2026-01","direction":"hire","area":"BR-MA"}';
const recordOf = (value: string | null) => ({ key: null, value, headers: { contract: 'movements' } });
const records = (count: number) =>
  Array.from({ length: count }, (_, i) => recordOf(i % 10 === 3 ? `{"area":"X${i}"}` : good));

type Parts = { channel: Channel; ledger: Ledger; quarantine: QuarantineStore };
const parts = (): Parts => ({
  channel: memoryChannel({ retryMs: 1 }),
  ledger: memoryLedger(),
  quarantine: memoryQuarantine(),
});

/** Runs intake until the ledger holds `count` events of the feed, and gives the reports. */
const intakeUntil = async (
  count: number,
  { channel, ledger, quarantine }: Parts,
): Promise<readonly IntakeReport[]> => {
  const reports: IntakeReport[] = [];
  const done = new AbortController();
  const onBatch = (report: IntakeReport): void => {
    reports.push(report);
    if (report.next >= BigInt(count)) done.abort();
  };
  await runIntake({ channel, ledger, quarantine, contracts, pseudonymOf, onBatch, signal: done.signal });
  return reports;
};

const offsetsIn = async (ledger: Ledger): Promise<readonly string[]> =>
  (await ledger.readStream(stream, 0n, 10_000)).map(({ metadata }) => metadata.source?.offset ?? '');

const upTo = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => String(i));

describe('intake', () => {
  it('makes one event of each record, in order: received = accepted + quarantined', async () => {
    const all = parts();
    await all.channel.publish(topic, records(1200));
    const reports = await intakeUntil(1200, all);
    expect(await offsetsIn(all.ledger)).toEqual(upTo(1200));
    const sum = (key: 'accepted' | 'quarantined') =>
      reports.reduce((total, report) => total + report[key], 0);
    expect([sum('accepted'), sum('quarantined')]).toEqual([1080, 120]);
    const events = await all.ledger.readStream(stream, 0n, 5);
    expect(events.map(({ type }) => type)).toEqual([
      'MovementDeclared',
      'MovementDeclared',
      'MovementDeclared',
      'RecordQuarantined',
      'MovementDeclared',
    ]);
  });

  it('keeps the original of a refused record under the id of its event', async () => {
    const all = parts();
    await all.channel.publish(topic, records(5));
    await intakeUntil(5, all);
    const event = (await all.ledger.readStream(stream, 3n, 1))[0];
    expect(await all.quarantine.get(event?.id ?? '')).toMatchObject({
      agency: 'br-mte',
      contract: 'movements',
      source: { topic, partition: 0, offset: '3' },
      original: recordOf('{"area":"X3"}'),
    });
    expect(JSON.stringify(event?.data)).not.toContain('X3');
    expect(await all.quarantine.list({ after: 0n, limit: 10 })).toHaveLength(1);
  });

  it('goes on behind the last event after a restart', async () => {
    const all = parts();
    await all.channel.publish(topic, records(10));
    await intakeUntil(10, all);
    await all.channel.publish(topic, records(10));
    const [report] = await intakeUntil(20, all);
    expect(report).toMatchObject({ accepted: 9, quarantined: 1, next: 20n });
    expect(await offsetsIn(all.ledger)).toEqual(upTo(20));
  });

  it('finds its way when the ledger stored an append and its answer was lost', async () => {
    const all = parts();
    let calls = 0;
    const ledger: Ledger = {
      ...all.ledger,
      append: async (writes) => {
        calls += 1;
        if (calls === 2) throw new Unavailable('nothing stored');
        const appended = await all.ledger.append(writes);
        if (calls % 3 === 1) throw new Unavailable('stored, but the answer was lost');
        return appended;
      },
    };
    await all.channel.publish(topic, records(1700));
    await intakeUntil(1700, { ...all, ledger });
    expect(calls).toBeGreaterThan(4);
    expect(await offsetsIn(all.ledger)).toEqual(upTo(1700));
    expect(await all.quarantine.list({ after: 0n, limit: 1000 })).toHaveLength(170);
  });

  it('stores no event of a refused record before its original is kept', async () => {
    const all = parts();
    let refusals = 3;
    const quarantine: QuarantineStore = {
      ...all.quarantine,
      put: async (batch) => {
        if ((refusals -= 1) >= 0) throw new Unavailable('full');
        expect(await all.ledger.lastEvent(stream)).toBeUndefined();
        await all.quarantine.put(batch);
      },
    };
    await all.channel.publish(topic, records(10));
    await intakeUntil(10, { ...all, quarantine });
    expect(await offsetsIn(all.ledger)).toEqual(upTo(10));
  });

  it('gives a partition up when another worker has gone on with it, and adds nothing', async () => {
    const { ledger, quarantine, channel } = parts();
    const given: unknown[] = [];
    const done = new AbortController();
    const onGivenUp = (_topic: string, _partition: number, error: unknown): void => {
      given.push(error);
      done.abort();
    };
    const behind = memoryChannel({ retryMs: 1, onGivenUp });
    await channel.publish(topic, records(5));
    await behind.publish(topic, records(20));
    const looks: bigint[] = [];
    const stale: Ledger = {
      ...ledger,
      lastEvent: async (name) => {
        looks.push(await ledger.head());
        // the other worker writes between the first look of this one and its append
        if (looks.length === 1) await intakeUntil(5, { channel, ledger, quarantine });
        return looks.length === 1 ? undefined : ledger.lastEvent(name);
      },
    };
    await runIntake({
      channel: behind,
      ledger: stale,
      quarantine,
      contracts,
      pseudonymOf,
      signal: done.signal,
    });
    expect(given).toMatchObject([
      { code: 'partition-taken', message: expect.stringContaining('next offset there: 5') },
    ]);
    expect(await offsetsIn(ledger)).toEqual(upTo(5));
  });

  it('refuses a hole in the channel rather than losing records', async () => {
    const given: unknown[] = [];
    const channel = memoryChannel({
      retryMs: 60_000,
      onGivenUp: (_topic, _partition, error) => given.push(error),
    });
    await channel.publish(topic, records(5));
    const done = new AbortController();
    const trimmed: Channel = {
      ...channel,
      consume: (consumer, signal) =>
        channel.consume({ ...consumer, start: async (...at) => (await consumer.start(...at)) + 2n }, signal),
    };
    const { ledger, quarantine } = parts();
    const run = runIntake({
      channel: trimmed,
      ledger,
      quarantine,
      contracts,
      pseudonymOf,
      signal: done.signal,
    });
    while (given.length === 0) await new Promise((resolve) => setImmediate(resolve));
    done.abort();
    await run;
    expect(given).toMatchObject([{ code: 'channel-gap' }]);
    expect(await ledger.head()).toBe(0n);
  });

  it('takes offsets that a batch accounts for, but that no record has, for what they are: no records', async () => {
    const all = parts();
    await all.channel.publish(topic, records(30));
    // as in a channel that numbers a mark of its own behind each record
    const marked: Channel = {
      ...all.channel,
      consume: (consumer, signal) =>
        all.channel.consume(
          {
            ...consumer,
            start: async (...at) => ((await consumer.start(...at)) + 1n) / 2n,
            handle: (batch) => {
              const numbered = batch.records.map((record) => ({ ...record, offset: record.offset * 2n }));
              const first = batch.records[0]?.offset ?? 0n;
              return consumer.handle({
                ...batch,
                from: first === 0n ? 0n : first * 2n - 1n,
                records: numbered,
              });
            },
          },
          signal,
        ),
    };
    await intakeUntil(21, { ...all, channel: marked });
    await all.channel.publish(topic, records(2));
    await intakeUntil(63, { ...all, channel: marked });
    expect(await offsetsIn(all.ledger)).toEqual(upTo(32).map((offset) => String(Number(offset) * 2)));
  });

  it('knows the last record that it took in, so that a channel can tell whether it is still the same', async () => {
    const all = parts();
    await all.channel.publish(topic, records(10));
    const known: unknown[] = [];
    const looking: Channel = {
      ...all.channel,
      consume: (consumer, signal) =>
        all.channel.consume(
          {
            ...consumer,
            start: async (...at) => {
              const next = await consumer.start(...at);
              known.push(await consumer.known?.(...at));
              return next;
            },
          },
          signal,
        ),
    };
    await intakeUntil(10, { ...all, channel: looking });
    await all.channel.publish(topic, records(1));
    await intakeUntil(11, { ...all, channel: looking });
    const last = (await all.ledger.readStream(stream, 9n, 1))[0];
    expect(known).toEqual([undefined, { offset: 9n, timestamp: last?.metadata.receivedAt }]);
  });
});
