import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { postgresCellStore, postgresLedger } from '@karnama/adapter-postgres';
import { verify } from '@karnama/cells';
import { usePostgres } from '@karnama/conformance';
import { movementsProjection } from '@karnama/statistics';
import { buildProgram, endAll, eventually, root, scrape, startApp, total, type App } from './child.js';
import { openStores, truthOf, type Stores } from './declared.js';

const runFile = promisify(execFile);

describe('one projection in two parts, kept up by two processes', () => {
  const postgres = usePostgres();
  let url = '';
  let dataDir = '';
  let stores: Stores;

  const environment = (): Record<string, string> => ({
    KARNAMA_DATABASE_URL: url,
    KARNAMA_DATABASE_POOL: '3',
    KARNAMA_LOG_LEVEL: 'debug',
    KARNAMA_QUARANTINE_KEY: randomBytes(32).toString('hex'),
    KARNAMA_PSEUDONYM_KEY: `1:${randomBytes(32).toString('base64')}`,
  });
  const projector = (n: number): App =>
    startApp('projector', `projector-${n}`, {
      KARNAMA_DATABASE_URL: url,
      KARNAMA_DATABASE_POOL: '3',
      KARNAMA_LOG_LEVEL: 'debug',
      KARNAMA_PROJECTOR_BATCH: '100',
    });
  const split = async (parts: number, ...more: readonly string[]): Promise<unknown> => {
    const args = ['split', 'movements', '--parts', String(parts), '--json', '--data-dir', dataDir, ...more];
    const { stdout } = await runFile(process.execPath, [join(root, 'apps/karnama/dist/main.js'), ...args], {
      env: { PATH: process.env['PATH'] ?? '', ...environment() },
    });
    return JSON.parse(stdout);
  };
  const checkpoint = async () => {
    const cells = postgresCellStore(stores.database);
    return cells.checkpoint(await cells.open(movementsProjection));
  };
  /** Pages that a process has stored of a part. */
  const pagesOf = (app: App, part: string): number =>
    app.lines().filter(({ msg, projection, part: of }) => {
      return msg === 'counted' && projection === 'movements' && of === part;
    }).length;
  const partsOf = (app: App): string[] =>
    ['0/2', '1/2'].filter((part) => app.output().includes(`"part":"${part}"`) && pagesOf(app, part) > 0);

  beforeAll(buildProgram, 180_000);
  beforeEach(async () => {
    url = await postgres.freshDatabase();
    dataDir = await mkdtemp(join(tmpdir(), 'karnama-split-'));
    stores = await openStores(url);
  });
  afterEach(async () => {
    await endAll();
    await stores.database.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('comes to what a recount comes to, also when one of them is killed in the middle', async () => {
    let count = 0;
    let enough = false;
    const publishing = async (): Promise<void> => {
      while (!enough) {
        await stores.publish(count, count + 250);
        count += 250;
        // as fast as they are counted: there is always something to count, and never much
        await eventually(async () =>
          Number((await checkpoint()).position) >= count - 2_000 ? true : undefined,
        );
      }
    };
    startApp('intake', 'intake-1', environment());
    const projectors = [projector(1), projector(2)];
    await Promise.all(projectors.map((app) => app.answers('metrics')));
    const published = publishing();
    published.catch(() => undefined); // told when it is awaited
    await eventually(async () => ((await checkpoint()).position > 500n ? true : undefined));
    expect(await split(2, '--dry-run')).toMatchObject({ before: 1, parts: 2, changed: false });
    expect((await checkpoint()).parts).toBeUndefined();
    expect(await split(3)).toMatchObject({ projection: 'movements', before: 1, parts: 3, changed: true });
    const inThree = ['0/3', '1/3', '2/3'];
    await eventually(async () =>
      projectors.every((app) => inThree.some((part) => pagesOf(app, part) > 0)) ? true : undefined,
    );
    // in full swing, its parts apart
    expect(await split(2)).toMatchObject({ before: 3, parts: 2, changed: true });

    const [cells, ledger] = [postgresCellStore(stores.database), postgresLedger(stores.database)];
    const found = await verify(cells, ledger, movementsProjection, 5);
    expect(found).toMatchObject({ differing: 0n, differences: [] });

    // each of them has a part of its own, and goes on with it
    const own = await eventually(async () => {
      const parts = projectors.map(partsOf);
      return parts.every(({ length }) => length > 0) ? parts : undefined;
    });
    const [killed, left] = projectors as [App, App];
    const lost = own[0]?.[0] as string;
    const far = pagesOf(killed, lost) + 3;
    await eventually(async () => (pagesOf(killed, lost) >= far ? true : undefined));
    killed.kill('SIGKILL');
    expect((await killed.exited).signal).toBe('SIGKILL');

    // the other one goes on with both
    const before = { '0/2': pagesOf(left, '0/2'), '1/2': pagesOf(left, '1/2') };
    await eventually(async () =>
      Object.entries(before).every(([part, pages]) => pagesOf(left, part) > pages) ? true : undefined,
    );
    enough = true;
    await published;
    await eventually(async () => {
      const [head, at] = [await stores.head(), await checkpoint()];
      return head === BigInt(count) && at.parts?.every((position) => position === head) === true
        ? true
        : undefined;
    });
    const truth = truthOf(count);
    expect(await checkpoint()).toMatchObject({ events: BigInt(truth.accepted), repeats: 0n });
    const samples = await eventually(async () => {
      const found = await scrape(left);
      return total(found, 'karnama_projection_lag_events') === 0 ? found : undefined;
    });
    expect(total(samples, 'karnama_projection_held', 'projection="movements"')).toBe(2);
    for (const part of [0, 1])
      expect(
        total(samples, 'karnama_projection_part_position', 'projection="movements"', `part="${part}"`),
      ).toBe(count);
    expect(await stores.differing()).toBe(0n);

    expect(await split(1)).toMatchObject({ before: 2, parts: 1, changed: true, positions: [count] });
    await stores.publish(count, count + 250);
    await eventually(async () => {
      const { position, parts } = await checkpoint();
      return parts === undefined && position === BigInt(count + 250) ? true : undefined;
    });
    expect(await stores.differing()).toBe(0n);
    const sums = postgresCellStore(stores.database).query(
      await postgresCellStore(stores.database).open(movementsProjection),
      { dataflow: 'MOVEMENTS', time: 'effective', by: [], where: {}, measures: ['hires', 'separations'] },
    );
    const { hires, separations } = truthOf(count + 250);
    for await (const { measures } of sums) expect(measures).toEqual([BigInt(hires), BigInt(separations)]);
  }, 240_000);
});
