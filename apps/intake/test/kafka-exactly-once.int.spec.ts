import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from '@jest/globals';
import { kafkaChannel, type KafkaChannel, type KafkaChannelOptions } from '@karnama/adapter-kafka';
import { memoryLedger, memoryQuarantine } from '@karnama/adapter-memory';
import { describeWithKafka } from '@karnama/conformance';
import { loadContracts } from '@karnama/contracts';
import { newestPseudonyms, runIntake, type ChannelRecord, type IntakeReport } from '@karnama/intake';
import { Unavailable } from '@karnama/kernel';
import type { Ledger } from '@karnama/ledger';

const pseudonymOf = newestPseudonyms([{ version: 1, master: Buffer.alloc(32, 1) }]);
const contracts = await loadContracts(new URL('../../../schemas/contracts', import.meta.url).pathname);

const quick = {
  retryMs: 20,
  discoverMs: 200,
  maxWaitMs: 50,
  heartbeatMs: 100,
  sessionTimeoutMs: 6_000,
  commitMs: 50,
} as const;

/** Record `n`; every tenth breaks its contract. */
const recordOf = (n: number): ChannelRecord => ({
  key: `person-${n % 40}`,
  value:
    n % 10 === 3
      ? `{"area":"X${n}"}`
      : '{"effective_month":"2025-12","declared_month":"2026-01","direction":"hire","area":"BR-MA"}',
  headers: { contract: 'movements', 'record-id': `file:${n}` },
});

const records = (from: number, count: number): readonly ChannelRecord[] =>
  Array.from({ length: count }, (_, index) => recordOf(from + index));

const promised = <T = void>() => {
  let keep: (value: T) => void = () => undefined;
  const kept = new Promise<T>((resolve) => {
    keep = resolve;
  });
  return { kept, keep };
};

const PARTITIONS = 4;

describeWithKafka(
  'exactly once from Kafka into the ledger',
  (kafka) => {
    const atEnd: (() => Promise<unknown>)[] = [];
    afterEach(async () => {
      for (const close of atEnd.splice(0).reverse()) await close();
    });

    /** A topic, a ledger, and the group of workers that takes the one into the other. */
    const scene = () => {
      const prefix = `t${randomUUID()}.`;
      const topic = `${prefix}br-mte.movements`;
      const group = `group-${randomUUID()}`;
      const ledger = memoryLedger();
      const quarantine = memoryQuarantine();
      const channel = (options: Partial<KafkaChannelOptions> = {}): KafkaChannel => {
        const opened = kafkaChannel({
          ...quick,
          brokers: kafka.brokers,
          group,
          create: { partitions: PARTITIONS },
          ...options,
        });
        atEnd.push(() => opened.close());
        return opened;
      };
      const eventsIn = async (partition: number) =>
        ledger.readStream(`feed_br-mte_movements-${partition}`, 0n, 100_000);
      const held = async (): Promise<number> => {
        let count = 0;
        for (let partition = 0; partition < PARTITIONS; partition += 1)
          count += (await eventsIn(partition)).length;
        return count;
      };
      /** One worker, as a process of its own would run it. */
      const worker = (options: Partial<KafkaChannelOptions> = {}, over: Ledger = ledger) => {
        const stopping = new AbortController();
        const reports: IntakeReport[] = [];
        const givenUp: unknown[] = [];
        const own = channel({ ...options, onGivenUp: (_topic, _partition, error) => givenUp.push(error) });
        const ended = runIntake({
          channel: own,
          ledger: over,
          quarantine,
          contracts,
          pseudonymOf,
          topicPrefix: prefix,
          signal: stopping.signal,
          onBatch: (report) => reports.push(report),
        });
        const stop = async (): Promise<void> => {
          stopping.abort();
          await ended;
        };
        atEnd.push(stop);
        return { reports, givenUp, stop };
      };
      const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
        while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
      };
      /** Every record of every partition, once, in its order, as event or in quarantine; nothing else. */
      const expectExactly = async (count: number): Promise<void> => {
        const [state] = await channel().topics(topic);
        const ids: string[] = [];
        for (const { partition, end } of state?.partitions ?? []) {
          const events = await eventsIn(partition);
          expect(events.map(({ metadata }) => metadata.source?.offset)).toEqual(
            Array.from({ length: Number(end) }, (_, offset) => String(offset)),
          );
          ids.push(...events.map(({ metadata }) => metadata.recordId ?? ''));
        }
        const number = (id: string): number => Number(id.split(':')[1]);
        expect(ids.map(number).sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, n) => n));
        expect(await quarantine.list({ after: 0n, limit: 100_000 })).toHaveLength(
          ids.filter((id) => number(id) % 10 === 3).length,
        );
      };
      return { topic, ledger, channel, worker, held, until, expectExactly };
    };

    it('takes in every record once, in the order of its partition', async () => {
      const { topic, channel, worker, held, until, expectExactly } = scene();
      await channel().publish(topic, records(0, 2_000));
      worker();
      await until(async () => (await held()) === 2_000);
      await expectExactly(2_000);
    });

    it('shares the partitions among workers that come and go', async () => {
      const { topic, channel, worker, held, until, expectExactly } = scene();
      const publisher = channel();
      const first = worker();
      const publishing = (async () => {
        for (let n = 0; n < 3_000; n += 100) await publisher.publish(topic, records(n, 100));
      })();
      await until(async () => (await held()) > 300);
      const second = worker();
      await until(() => second.reports.length > 0);
      await first.stop();
      const third = worker();
      await publishing;
      await until(async () => (await held()) === 3_000);
      await third.stop();
      await expectExactly(3_000);
    });

    it('keeps the ledger right when two workers hold the same partitions', async () => {
      const { topic, channel, worker, held, until, expectExactly } = scene();
      const publisher = channel();
      const both = [worker({ group: `one-${randomUUID()}` }), worker({ group: `other-${randomUUID()}` })];
      // Whichever joins late would find all the work done: there is more to read until they have met.
      let published = 0;
      do {
        await publisher.publish(topic, records(published, 50));
        published += 50;
      } while (!both.some(({ givenUp }) => givenUp.length > 0));
      await until(async () => (await held()) === published);
      for (const { givenUp } of both)
        for (const error of givenUp) expect(error).toMatchObject({ code: 'partition-taken' });
      await expectExactly(published);
    });

    it('recognises a batch that comes again because the answer of the ledger was lost', async () => {
      const { topic, ledger, channel, worker, held, until, expectExactly } = scene();
      let calls = 0;
      const forgetful: Ledger = {
        ...ledger,
        append: async (writes) => {
          calls += 1;
          const appended = await ledger.append(writes);
          if (calls % 2 === 1) throw new Unavailable('stored, but the answer was lost');
          return appended;
        },
      };
      await channel().publish(topic, records(0, 1_000));
      const { givenUp } = worker({}, forgetful);
      await until(async () => (await held()) === 1_000);
      await channel().publish(topic, records(1_000, 1_000));
      await until(async () => (await held()) === 2_000);
      expect(calls).toBeGreaterThan(PARTITIONS);
      expect(givenUp).toEqual([]);
      await expectExactly(2_000);
    });

    it('adds nothing twice when the partitions move in the middle of an append', async () => {
      const { topic, ledger, channel, worker, held, until, expectExactly } = scene();
      const inAppend = promised();
      const goOn = promised();
      let held1 = 0;
      const slow: Ledger = {
        ...ledger,
        append: async (writes) => {
          held1 += 1;
          inAppend.keep();
          await goOn.kept;
          return ledger.append(writes);
        },
      };
      await channel().publish(topic, records(0, 2_000));
      const first = worker({}, slow);
      await inAppend.kept;
      const second = worker();
      await until(() => second.reports.length > 0);
      goOn.keep();
      await channel().publish(topic, records(2_000, 500));
      await until(async () => (await held()) === 2_500);
      expect(held1).toBeGreaterThan(0);
      expect(
        [...first.givenUp, ...second.givenUp].every(
          (error) => (error as { code?: string }).code === 'partition-taken',
        ),
      ).toBe(true);
      await expectExactly(2_500);
    });

    it('goes on behind the last event when a worker is gone between append and commit', async () => {
      const { topic, ledger, channel, worker, held, until, expectExactly } = scene();
      const stored = promised();
      const never = promised();
      const gone: Ledger = {
        ...ledger,
        append: async (writes) => {
          await ledger.append(writes);
          stored.keep();
          await never.kept; // this worker does nothing any more, and has committed nothing
          throw new Unavailable('the process is gone');
        },
      };
      await channel().publish(topic, records(0, 1_000));
      worker({ group: `gone-${randomUUID()}` }, gone);
      await stored.kept;
      const before = await held();
      expect(before).toBeGreaterThan(0);
      worker();
      await until(async () => (await held()) === 1_000);
      await expectExactly(1_000);
      never.keep();
      await channel().publish(topic, records(1_000, 100));
      await until(async () => (await held()) === 1_100);
      await expectExactly(1_100);
    });

    it('goes on behind the last event whatever the group has committed, and after the broker was killed', async () => {
      const { topic, channel, worker, held, until, expectExactly } = scene();
      const publisher = channel();
      await publisher.publish(topic, records(0, 800));
      const first = worker({ sessionTimeoutMs: 1_000, commitMs: 60_000 });
      await until(async () => (await held()) === 800);
      await kafka.stop({ hard: true });
      await kafka.start();
      let published = false;
      while (!published)
        published = await publisher.publish(topic, records(800, 200), { id: 'file', sequence: 0 }).then(
          () => true,
          () => false,
        );
      await until(async () => (await held()) === 1_000);
      await first.stop();
      worker();
      await publisher.publish(topic, records(1_000, 50));
      await until(async () => (await held()) === 1_050);
      await expectExactly(1_050);
    }, 120_000);

    it('refuses a topic that was deleted and made anew, even when it has grown past the last offset', async () => {
      const { topic, channel, worker, held, until } = scene();
      const old = channel();
      await old.publish(topic, records(0, 200));
      const first = worker();
      await until(async () => (await held()) === 200);
      await first.stop();
      await kafka.tool(
        'org.apache.kafka.tools.TopicCommand',
        ['--bootstrap-server', kafka.brokers.join(','), '--delete', '--topic', topic],
        '',
      );
      const anew = channel();
      await until(async () => (await anew.topics(topic)).length === 0);
      await anew.publish(topic, records(0, 1_000));
      const second = worker();
      await until(() => second.givenUp.length >= PARTITIONS);
      expect(new Set(second.givenUp.map((error) => (error as { code: string }).code))).toEqual(
        new Set(['topic-made-anew']),
      );
      expect(await held()).toBe(200);
    }, 60_000);
  },
  { own: true },
);
