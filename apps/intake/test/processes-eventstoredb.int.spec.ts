import { randomBytes } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventStoreLedger } from '@karnama/adapter-eventstoredb';
import { startEventStoreStandIn, usePostgres } from '@karnama/conformance';
import { buildProgram, endAll, eventually, scrape, startApp, total, type App } from './child.js';
import { everyOffset, openStores, truthOf } from './declared.js';

describe('the apps as processes over a ledger in EventStoreDB (stand-in)', () => {
  const postgres = usePostgres();
  beforeAll(buildProgram, 180_000);
  afterEach(endAll);

  it('take over from one another when they are killed in the middle: nothing lost, nothing doubled', async () => {
    const count = 3_000;
    const server = await startEventStoreStandIn();
    const ledger = eventStoreLedger({ url: server.url });
    const url = await postgres.freshDatabase();
    const stores = await openStores(url, undefined, () => ledger);
    const environment = {
      KARNAMA_DATABASE_URL: url,
      KARNAMA_DATABASE_POOL: '3',
      KARNAMA_EVENTSTOREDB_URL: server.url,
    };
    const pseudonymKey = `1:${randomBytes(32).toString('base64')}`;
    const intake = (n: number): App =>
      startApp('intake', `intake-${n}`, {
        ...environment,
        KARNAMA_QUARANTINE_KEY: randomBytes(32).toString('hex'),
        KARNAMA_PSEUDONYM_KEY: pseudonymKey,
      });
    const inLedger = async (): Promise<number> =>
      (await stores.offsets()).reduce((sum, { length }) => sum + length, 0);
    try {
      const workers = [intake(1), intake(2)];
      const projectors = [1, 2].map((n) => startApp('projector', `projector-${n}`, environment));
      await Promise.all([...workers, ...projectors].map((app) => app.answers('metrics')));
      const published = stores.publish(0, count / 2);
      await eventually(async () => ((await stores.head()) > 0n ? true : undefined));
      workers[0]?.kill('SIGKILL');
      projectors[0]?.kill('SIGKILL');
      await published;
      // nobody but the survivors can take these in
      await stores.publish(count / 2, count);
      await eventually(async () => ((await inLedger()) >= count ? true : undefined));
      const head = await stores.head();
      await eventually(async () =>
        (await stores.checkpoints()).every((at) => at >= head) ? true : undefined,
      );
      expect(await stores.offsets()).toEqual(everyOffset(await stores.ends()));
      expect(await stores.differing()).toBe(0n);
      const status = startApp('api', 'api-1', environment);
      const answer = await fetch(
        `${await status.answers('dashboard')}/api/data/MOVEMENTS?measure=hires,separations`,
      );
      const { hires, separations } = truthOf(count);
      expect(await answer.json()).toMatchObject({ rows: [{ hires, separations }] });
      const survivor = projectors[1];
      if (survivor !== undefined)
        await eventually(async () =>
          total(await scrape(survivor), 'karnama_projection_lag_seconds') === 0 ? true : undefined,
        );
    } finally {
      await endAll();
      await stores.database.close();
      await ledger.close();
      await server.stop();
    }
  }, 150_000);
});
