import { randomBytes } from 'node:crypto';
import { afterEach, beforeAll, expect, it } from '@jest/globals';
import { kafkaChannel } from '@karnama/adapter-kafka';
import { describeWithKafka, usePostgres } from '@karnama/conformance';
import { buildProgram, endAll, eventually, scrape, startApp, total, type App } from './child.js';
import { everyOffset, openStores, partitions, truthOf } from './declared.js';

describeWithKafka('intake workers as processes over Kafka', (kafka) => {
  const postgres = usePostgres();
  beforeAll(buildProgram, 180_000);
  afterEach(endAll);

  it('share the partitions, and take over from one that is killed: nothing lost, nothing doubled', async () => {
    const url = await postgres.freshDatabase();
    const channel = kafkaChannel({ brokers: kafka.brokers, create: { partitions } });
    const stores = await openStores(url, () => channel);
    const environment = { KARNAMA_DATABASE_URL: url, KARNAMA_DATABASE_POOL: '3', KARNAMA_LOG_LEVEL: 'debug' };
    const pseudonymKey = `1:${randomBytes(32).toString('base64')}`;
    const intake = (n: number): App =>
      startApp('intake', `intake-${n}`, {
        ...environment,
        KARNAMA_KAFKA_BROKERS: kafka.brokers.join(','),
        KARNAMA_KAFKA_SESSION_MS: '6000',
        KARNAMA_QUARANTINE_KEY: randomBytes(32).toString('hex'),
        KARNAMA_PSEUDONYM_KEY: pseudonymKey,
      });
    const taking = (app: App): boolean => app.output().includes('"msg":"taken in"');
    try {
      const workers = [intake(1), intake(2)];
      const projector = startApp('projector', 'projector-1', environment);
      // until the group has settled: a worker that joins late finds nothing of what came before
      let early = 0;
      await eventually(async () => {
        await stores.publish(early, (early += 200));
        return workers.every(taking) ? true : undefined;
      });
      const count = early + 6_000;
      const published = stores.publish(early, count);
      await eventually(async () => ((await stores.head()) > BigInt(early + 500) ? true : undefined));
      workers[0]?.kill('SIGKILL');
      expect((await workers[0]?.exited)?.signal).toBe('SIGKILL');
      expect(await stores.head()).toBeLessThan(BigInt(count));
      await published;
      await eventually(async () => ((await stores.head()) >= BigInt(count) ? true : undefined));
      expect(await stores.offsets()).toEqual(everyOffset(await stores.ends()));
      await eventually(async () =>
        (await stores.checkpoints()).every((at) => at >= BigInt(count)) ? true : undefined,
      );
      expect(await stores.differing()).toBe(0n);

      const [survivor] = workers.slice(1);
      if (survivor === undefined) throw new Error('there were two');
      const samples = await scrape(survivor);
      expect(total(samples, 'karnama_channel_lag_records')).toBe(0);
      expect(total(samples, 'karnama_intake_records_total')).toBeLessThanOrEqual(count);
      const projected = await scrape(projector);
      expect(total(projected, 'karnama_projection_events_total', 'projection="movements"')).toBe(
        truthOf(count).accepted,
      );
      const asked = performance.now();
      for (const app of [survivor, projector]) app.kill('SIGTERM');
      for (const app of [survivor, projector]) expect(await app.exited).toEqual({ code: 0, signal: null });
      expect(performance.now() - asked).toBeLessThan(10_000);
    } finally {
      await endAll();
      await channel.close();
      await stores.database.close();
    }
  }, 150_000);
});
