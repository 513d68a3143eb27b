import { randomBytes } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { usePostgres } from '@karnama/conformance';
import { projections } from '@karnama/statistics';
import { buildProgram, endAll, eventually, scrape, startApp, total, type App } from './child.js';
import { everyOffset, openStores, partitions, secrets, truthOf, type Stores } from './declared.js';
import { proxyTo } from './tcp-proxy.js';

type Status = { readonly intake: object; readonly projections: readonly { readonly lag: number }[] };

const json = async <T>(url: string): Promise<T> => (await (await fetch(url)).json()) as T;

describe('the apps as processes of their own', () => {
  const postgres = usePostgres();
  let url = '';
  let stores: Stores;

  const environment = (databaseUrl = url): Record<string, string> => ({
    KARNAMA_DATABASE_URL: databaseUrl,
    KARNAMA_DATABASE_POOL: '3',
    KARNAMA_LOG_LEVEL: 'debug',
  });
  const keys = {
    KARNAMA_QUARANTINE_KEY: randomBytes(32).toString('hex'),
    KARNAMA_PSEUDONYM_KEY: `1:${randomBytes(32).toString('base64')}`,
  };
  const intake = (n: number, databaseUrl?: string): App =>
    startApp('intake', `intake-${n}`, { ...environment(databaseUrl), ...keys });
  const projector = (n: number, databaseUrl?: string): App =>
    startApp('projector', `projector-${n}`, environment(databaseUrl));

  /** Until everything that was published is in the ledger and counted. */
  const settled = (count: number): Promise<true> =>
    eventually(async () => {
      const [head, checkpoints] = [await stores.head(), await stores.checkpoints()];
      return head >= BigInt(count) && checkpoints.every((position) => position >= head) ? true : undefined;
    });

  const figuresOf = async (count: number): Promise<void> => {
    const api = startApp('api', 'api-1', environment());
    const at = await api.answers('dashboard');
    const { hires, separations, ...intakeBalance } = truthOf(count);
    const { rows } = await json<{ rows: unknown }>(`${at}/api/data/MOVEMENTS?measure=hires,separations`);
    expect(rows).toEqual([{ hires, separations }]);
    const status = await json<Status>(`${at}/api/status`);
    expect(status.intake).toEqual({ ...intakeBalance, unexplained: 0 });
    expect(status.projections.filter(({ lag }) => lag !== 0)).toEqual([]);
    expect(
      total(await scrape(api), 'karnama_query_seconds_count', 'dataflow="MOVEMENTS"', 'outcome="answered"'),
    ).toBe(1);
    api.kill('SIGTERM');
    expect(await api.exited).toEqual({ code: 0, signal: null });
  };

  beforeAll(buildProgram, 180_000);
  beforeEach(async () => {
    url = await postgres.freshDatabase();
    stores = await openStores(url);
  });
  afterEach(async () => {
    await endAll();
    await stores.database.close();
  });

  it('share the work, and tell in metrics and logs how it goes, without any value of a record', async () => {
    const count = 5_000;
    const [workers, projectors] = [
      [intake(1), intake(2)],
      [projector(1), projector(2)],
    ];
    await stores.publish(0, count);
    await settled(count);
    await figuresOf(count);

    const truth = truthOf(count);
    const taken = await Promise.all(workers.map(scrape));
    const sum = (name: string): number => taken.reduce((all, samples) => all + total(samples, name), 0);
    expect(sum('karnama_intake_records_total')).toBe(count);
    expect(sum('karnama_intake_accepted_total')).toBe(truth.accepted);
    expect(sum('karnama_intake_quarantined_total')).toBe(truth.quarantined);
    expect(sum('karnama_intake_batch_records_sum')).toBe(count);
    expect(sum('karnama_ledger_append_seconds_count')).toBeGreaterThanOrEqual(count / 500);
    for (const samples of taken) {
      const lags = [...samples].filter(([name]) => name.startsWith('karnama_channel_lag_records{'));
      expect(lags.map(([, lag]) => lag)).toEqual(new Array(partitions).fill(0));
      expect(total(samples, 'process_resident_memory_bytes')).toBeGreaterThan(1e6);
    }

    const standing = [
      'karnama_projection_lag_events',
      'karnama_projection_lag_seconds',
      'karnama_projection_checkpoint_age_seconds',
    ];
    // a projection that nothing new is told of moves its checkpoint a moment after the others
    const counted = await Promise.all(
      projectors.map((app) =>
        eventually(async () => {
          const samples = await scrape(app);
          return standing.every((gauge) => total(samples, gauge) === 0) ? samples : undefined;
        }),
      ),
    );
    const both = (name: string, ...labels: string[]): number =>
      counted.reduce((all, samples) => all + total(samples, name, ...labels), 0);
    expect(both('karnama_projection_events_total', 'projection="movements"')).toBe(truth.accepted);
    expect(both('karnama_projection_events_total', 'projection="intake"')).toBe(count);
    expect(both('karnama_projection_held', 'projection="movements"')).toBe(1);
    expect(both('karnama_cells_written_total', 'dataflow="MOVEMENTS"')).toBeGreaterThan(0);
    for (const samples of counted) {
      for (const gauge of standing)
        expect([...samples.keys()].filter((name) => name.startsWith(`${gauge}{`))).toHaveLength(
          projections.length,
        );
      expect(total(samples, 'karnama_ledger_head')).toBe(count);
    }

    for (const app of [...workers, ...projectors]) app.kill('SIGTERM');
    for (const app of [...workers, ...projectors]) {
      expect(await app.exited).toEqual({ code: 0, signal: null });
      expect(app.lines().at(-1)).toMatchObject({ level: 'info', msg: 'stopped', worker: app.name });
      for (const secret of Object.values(secrets)) expect(app.output()).not.toContain(secret);
    }
    const batches = workers.flatMap((app) => app.lines()).filter(({ msg }) => msg === 'taken in');
    expect(batches.reduce((all, line) => all + Number(line['accepted']), 0)).toBe(truth.accepted);
  }, 150_000);

  it('take over from one another when they are killed in the middle: nothing lost, nothing doubled', async () => {
    const count = 10_000;
    const workers = [intake(1), intake(2)];
    const projectors = [projector(1), projector(2)];
    await Promise.all([...workers, ...projectors].map((app) => app.answers('metrics')));
    const published = stores.publish(0, count);
    await eventually(async () => ((await stores.head()) > 1_500n ? true : undefined));
    const busiest = workers.toSorted((a, b) => b.lines().length - a.lines().length)[0];
    const holder = await eventually(async () =>
      projectors.find((app) => app.output().includes('"projection":"movements"')),
    );
    busiest?.kill('SIGKILL');
    holder.kill('SIGKILL');
    expect((await holder.exited).signal).toBe('SIGKILL');
    expect(await stores.head()).toBeLessThan(BigInt(count));
    await published;
    await settled(count);

    expect(await stores.offsets()).toEqual(everyOffset(await stores.ends()));
    expect(await stores.head()).toBe(BigInt(count));
    expect(await stores.differing()).toBe(0n);
    await figuresOf(count);
  }, 150_000);

  it('stop within ten seconds in the middle of their work, and others go on where they stopped', async () => {
    const count = 8_000;
    const first = [intake(1), projector(1)];
    await Promise.all(first.map((app) => app.answers('metrics')));
    const published = stores.publish(0, count);
    await eventually(async () => ((await stores.head()) > 1_000n ? true : undefined));
    const asked = performance.now();
    for (const app of first) app.kill('SIGTERM');
    expect(await Promise.all(first.map(({ exited }) => exited))).toEqual([
      { code: 0, signal: null },
      { code: 0, signal: null },
    ]);
    expect(performance.now() - asked).toBeLessThan(10_000);
    await published;
    expect(await stores.head()).toBeLessThan(BigInt(count));
    intake(2);
    projector(2);
    await settled(count);
    expect(await stores.offsets()).toEqual(everyOffset(await stores.ends()));
    expect(await stores.differing()).toBe(0n);
  }, 150_000);

  it('wait for a database that is away, at the start and later, and go on when it is back', async () => {
    const proxy = await proxyTo(url);
    await proxy.cut();
    const apps = [intake(1, proxy.url), projector(1, proxy.url)];
    for (const app of apps) {
      const at = await app.answers('metrics');
      expect((await fetch(`${at}/health/live`)).status).toBe(200);
      expect((await fetch(`${at}/health/ready`)).status).toBe(503);
    }
    const ready = (app: App): Promise<true> =>
      eventually(async () =>
        (await fetch(`${await app.answers('metrics')}/health/ready`)).status === 200 ? true : undefined,
      );
    await proxy.mend();
    await Promise.all(apps.map(ready));
    await stores.publish(0, 1_000);
    await settled(1_000);

    await proxy.cut();
    await stores.publish(1_000, 2_000);
    for (const app of apps) {
      await eventually(async () =>
        (await fetch(`${await app.answers('metrics')}/health/ready`)).status === 503 ? true : undefined,
      );
      expect([...(await scrape(app)).keys()].filter((name) => /^karnama_.*_lag_/.test(name))).toEqual([]);
    }
    await proxy.mend();
    await settled(2_000);
    expect(await stores.offsets()).toEqual(everyOffset(await stores.ends()));
    for (const app of apps) app.kill('SIGTERM');
    for (const app of apps) expect(await app.exited).toEqual({ code: 0, signal: null });
    await proxy.cut();
  }, 150_000);

  it.each([
    [
      'intake',
      {
        KARNAMA_QUARANTINE_KEY: 'hunter2',
        KARNAMA_PSEUDONYM_KEY: '1:hunter2',
        KARNAMA_KAFKA_BROKERS: 'kafka',
      },
      ['KARNAMA_QUARANTINE_KEY', 'KARNAMA_PSEUDONYM_KEY', 'KARNAMA_KAFKA_BROKERS'],
    ],
    [
      'projector',
      { KARNAMA_PROJECTIONS: 'movements,hunter2', KARNAMA_PROJECTOR_BATCH: '0' },
      ['KARNAMA_PROJECTIONS', 'KARNAMA_PROJECTOR_BATCH'],
    ],
    [
      'api',
      { KARNAMA_METRICS_PORT: 'hunter2', KARNAMA_EVENTSTOREDB_URL: 'http://hunter2' },
      ['KARNAMA_METRICS_PORT', 'KARNAMA_EVENTSTOREDB_URL'],
    ],
  ] as const)(
    '%s refuses to start on bad configuration, and names every bad variable',
    async (app, bad, named) => {
      const child = startApp(app, 'bad', {
        ...bad,
        KARNAMA_HTTP_PORT: '70000',
        KARNAMA_LOG_LEVEL: 'chatty',
        KARNAMA_DATABASE_URL: 'mysql://hunter2',
      });
      expect(await child.exited).toEqual({ code: 78, signal: null });
      const [line, ...more] = child.lines();
      expect(more).toEqual([]);
      expect(line).toMatchObject({
        level: 'fatal',
        msg: 'the configuration is wrong',
        error: { code: 'bad-configuration' },
      });
      const { message } = line?.['error'] as { message: string };
      for (const variable of ['KARNAMA_HTTP_PORT', 'KARNAMA_LOG_LEVEL', 'KARNAMA_DATABASE_URL', ...named])
        expect(message).toContain(variable);
      expect(child.output()).not.toContain('hunter2');
    },
  );
});
