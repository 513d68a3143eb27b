import { describe, expect, it } from '@jest/globals';
import type { Channel, ChannelRecord } from '@karnama/intake';
import { KarnamaError } from '@karnama/kernel';
import { numbersOf, range, sampleRecords, startConsumer } from './channel-samples.js';

const TOPIC = 'karnama.labour-ministry.movements';

/** Number of records of a topic, by its partitions' ends. */
const held = async (channel: Channel, topic = TOPIC): Promise<number> => {
  const states = await channel.topics(topic);
  return states.flatMap((state) => state.partitions).reduce((sum, { end }) => sum + Number(end), 0);
};

/** What the topic holds, in the order of each partition. */
const contents = async (channel: Channel) => {
  const consumer = startConsumer(channel, { topicPrefix: TOPIC });
  await consumer.handled(await held(channel));
  await consumer.stop();
  return consumer.records();
};

const storing = (channel: () => Channel): void => {
  it('has no topic in the beginning', async () => {
    expect(await channel().topics('')).toEqual([]);
    expect(await channel().published(TOPIC, 'a-producer')).toBe(0);
  });

  it('counts offsets of each partition from 0 without gaps', async () => {
    for (let n = 0; n < 12; n += 1)
      await channel().publish(TOPIC, sampleRecords(n * 10, n + 1, `subject-${n}`));
    const consumer = startConsumer(channel());
    await consumer.handled(78);
    await consumer.stop();
    for (const { partition, end } of (await channel().topics(TOPIC))[0]?.partitions ?? []) {
      const offsets = consumer.batches
        .filter((batch) => batch.partition === partition)
        .flatMap((batch) => batch.records.map((record) => record.offset));
      expect(offsets).toEqual(range(0, Number(end)).map(BigInt));
    }
    expect(await held(channel())).toBe(78);
  });

  it('keeps the order of records with one key, from whichever producer', async () => {
    for (let n = 0; n < 8; n += 1)
      await channel().publish(
        TOPIC,
        [...sampleRecords(n * 10, 2, 'one'), ...sampleRecords(1000 + n * 10, 2, 'other')],
        {
          id: `file-${n}`,
          sequence: 0,
        },
      );
    const records = await contents(channel());
    for (const key of ['one', 'other']) {
      const numbers = numbersOf(records.filter((record) => record.key === key));
      expect(numbers).toHaveLength(16);
      expect([...numbers].sort((a, b) => a - b)).toEqual(numbers);
    }
  });

  it('gives back key, value, headers and the time it took the record in', async () => {
    const records: readonly ChannelRecord[] = [
      {
        key: 'کد ۱',
        value: '{"نام":"تهران 🧵"}',
        headers: { contract: 'movements', problems: '[{"code":"ن"}]' },
      },
      { key: null, value: null, headers: {} },
      { key: '', value: '', headers: { empty: '' } },
      { key: 'k', value: 'a\u0000b\u001f\r\n\t"\\ {1,2} NULL', headers: {} },
    ];
    await channel().publish(TOPIC, records);
    const read = await contents(channel());
    for (const record of records) expect(read).toContainEqual(expect.objectContaining(record));
    for (const { timestamp } of read)
      expect(timestamp).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
  });

  it('takes thousands of records in one call, and records of a megabyte', async () => {
    expect(await channel().publish(TOPIC, sampleRecords(0, 2_500))).toBe(2_500);
    const value = JSON.stringify({ text: 'کارنامه'.repeat(75_000) });
    expect(
      await channel().publish(TOPIC, [
        { key: null, value, headers: {} },
        { key: null, value, headers: {} },
      ]),
    ).toBe(2);
    const records = await contents(channel());
    expect(numbersOf(records.slice(0, 2_500))).toEqual(range(0, 2_500));
    expect(records.slice(2_500).map((record) => record.value === value)).toEqual([true, true]);
  });

  it('takes an empty call for done', async () => {
    expect(await channel().publish(TOPIC, [])).toBe(0);
    expect(await held(channel())).toBe(0);
  });

  it('lists topics by the beginning of their name, in its order', async () => {
    for (const topic of ['karnama.b.x', 'karnama.a_b.x', 'karnama.aXb.x', 'other'])
      await channel().publish(topic, sampleRecords(0, 3));
    const names = async (prefix: string) => (await channel().topics(prefix)).map((state) => state.topic);
    expect(await names('karnama.a_')).toEqual(['karnama.a_b.x']);
    expect(await names('karnama.')).toEqual(['karnama.aXb.x', 'karnama.a_b.x', 'karnama.b.x']);
    expect(await names('')).toHaveLength(4);
    const [state] = await channel().topics('other');
    expect(state?.partitions.map(({ partition }) => partition)).toEqual(
      range(0, state?.partitions.length ?? 0),
    );
  });

  it('stores what many publishers publish at once', async () => {
    const calls = range(0, 30).map((n) => channel().publish(TOPIC, sampleRecords(n * 10, 10)));
    await Promise.all(calls);
    const numbers = numbersOf(await contents(channel()));
    expect([...numbers].sort((a, b) => a - b)).toEqual(range(0, 300));
  });
};

const numbered = (channel: () => Channel): void => {
  const publish = (sequence: number, count: number, id = 'file-1') =>
    channel().publish(TOPIC, sampleRecords(sequence, count), { id, sequence });

  it('knows how many records of a producer it holds', async () => {
    expect(await publish(0, 5)).toBe(5);
    expect(await publish(5, 3)).toBe(3);
    expect(await channel().published(TOPIC, 'file-1')).toBe(8);
    expect(await channel().published(TOPIC, 'file-2')).toBe(0);
    expect(await channel().published('karnama.other', 'file-1')).toBe(0);
  });

  it('stores nothing of a call that is repeated', async () => {
    await publish(0, 5);
    expect(await publish(0, 5)).toBe(0);
    expect(await publish(2, 2)).toBe(0);
    expect(numbersOf(await contents(channel()))).toEqual(range(0, 5));
  });

  it('stores of a call that overlaps only what is new', async () => {
    await publish(0, 5);
    expect(await publish(3, 6)).toBe(4);
    expect(await channel().published(TOPIC, 'file-1')).toBe(9);
    expect(numbersOf(await contents(channel()))).toEqual(range(0, 9));
  });

  it('refuses a call that leaves records out', async () => {
    await publish(0, 5);
    const failed = publish(6, 2);
    await expect(failed).rejects.toBeInstanceOf(KarnamaError);
    await expect(failed).rejects.toMatchObject({ code: 'sequence-gap' });
    await expect(publish(1, 1, 'file-2')).rejects.toMatchObject({ code: 'sequence-gap' });
    expect(await channel().published(TOPIC, 'file-1')).toBe(5);
    expect(await held(channel())).toBe(5);
  });

  it('tells producers and topics apart', async () => {
    await publish(0, 2);
    expect(await publish(0, 2, 'file-2')).toBe(2);
    expect(await channel().publish('karnama.other', sampleRecords(0, 2), { id: 'file-1', sequence: 0 })).toBe(
      2,
    );
    expect(await held(channel())).toBe(4);
  });

  it('stores every record once when a producer publishes the same twice at one moment', async () => {
    await Promise.all(range(0, 5).map((n) => publish(0, 10 + n)));
    expect(await channel().published(TOPIC, 'file-1')).toBe(14);
    expect(numbersOf(await contents(channel()))).toEqual(range(0, 14));
  });
};

/** Cases of `channelContract`; the channel is empty at the start of each. */
export const channelPublishContract = (channel: () => Channel): void => {
  describe('publishing', () => storing(channel));
  describe('numbered producers', () => numbered(channel));
};
