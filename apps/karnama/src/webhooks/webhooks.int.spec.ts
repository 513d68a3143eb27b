import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase, postgresWebhooks, type Database, type Webhook } from '@karnama/adapter-postgres';
import { usePostgres } from '@karnama/conformance';
import type { IndicatorService } from '@karnama/statistics';
import { indicatorsOfTwoReleases, twoReleases } from './two-releases.spec-kit.js';
import { deliverDue, enqueueNews, waitAfter, type Telling } from './tell.js';

type Received = { readonly headers: IncomingHttpHeaders; readonly body: string };

describe('webhooks', () => {
  const postgres = usePostgres();
  let database: Database;
  let indicators: IndicatorService;
  let receiver: Server;
  let received: Received[];
  /** What the receiver answers next; 200 when there is nothing left. */
  let answers: number[];
  let clock: number;
  let logged: string[];

  beforeEach(async () => {
    database = await openDatabase(await postgres.freshDatabase());
    indicators = await indicatorsOfTwoReleases();
    received = [];
    answers = [];
    logged = [];
    clock = Date.parse('2025-01-01T00:00:00.000Z');
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (piece: Buffer) => (body += piece.toString('utf8')));
      request.on('end', () => {
        received.push({ headers: request.headers, body });
        response.writeHead(answers.shift() ?? 200, { location: 'http://127.0.0.1:1/' }).end();
      });
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
  });

  afterEach(async () => {
    receiver.closeAllConnections();
    receiver.close();
    await database.close();
  });

  /** All that is kept is in the database: each call is as good as a process that has just begun. */
  const telling = (): Telling => ({
    store: postgresWebhooks(database),
    indicators,
    now: () => new Date(clock),
    log: (line) => logged.push(line),
  });

  const webhook = (more: Partial<Webhook> = {}): Webhook => ({
    id: randomUUID(),
    url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`,
    indicator: 'HIRES',
    area: 'IR-23',
    freq: 'M',
    secret: 'a secret',
    allowPrivate: false,
    addedAt: new Date(clock),
    toldEpoch: 1,
    ...more,
  });

  const bodies = (): { id: string; event: string; figures: unknown[]; release: { name: string } }[] =>
    received.map(({ body }) => JSON.parse(body) as never);

  it('are told of each release since they were added: what is new and what was revised', async () => {
    await telling().store.add(webhook());
    await enqueueNews(telling());
    await deliverDue(telling());
    expect(
      bodies()
        .map(({ event }) => event)
        .sort(),
    ).toEqual(['released', 'revised']);
    const revised = bodies().find(({ event }) => event === 'revised');
    expect(revised).toMatchObject({
      indicator: 'HIRES',
      area: 'IR-23',
      freq: 'M',
      release: twoReleases[1],
      figures: [{ period: '1403-02', codes: [], before: '40', value: '41' }],
    });
  });

  it('sign the body, so that the receiver can tell who sent it', async () => {
    await telling().store.add(webhook());
    await enqueueNews(telling());
    await deliverDue(telling());
    expect(received.length).toBe(2);
    for (const { headers, body } of received) {
      const { id, event } = JSON.parse(body) as { id: string; event: string };
      expect(headers['karnama-signature']).toBe(
        `sha256=${createHmac('sha256', 'a secret').update(body).digest('hex')}`,
      );
      expect([headers['karnama-delivery'], headers['karnama-event']]).toEqual([id, event]);
    }
  });

  it('are told again after a failure, with the same id, over a restart, and not once it was taken', async () => {
    await telling().store.add(webhook());
    answers = [500, 302];
    await enqueueNews(telling());
    await deliverDue(telling());
    expect(received.length).toBe(2);
    expect(logged.join()).toContain('it answered 500');
    const first = bodies().map(({ id }) => id);

    await database.close();
    database = await openDatabase(database.url);
    await deliverDue(telling());
    expect(received.length).toBe(2);
    clock += waitAfter(1);
    await deliverDue(telling());
    expect(
      bodies()
        .slice(2)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...first].sort());
    clock += 100 * waitAfter(9);
    await enqueueNews(telling());
    await deliverDue(telling());
    expect(received.length).toBe(4);
    expect(await telling().store.list()).toMatchObject([{ delivered: 2, due: 0, failure: null }]);
  });

  it('are told again when a process died in the middle of an attempt', async () => {
    await telling().store.add(webhook());
    await enqueueNews(telling());
    const { store } = telling();
    const until = new Date(clock + 30_000);
    const lost = [await store.take(new Date(clock), until), await store.take(new Date(clock), until)];
    await deliverDue(telling());
    expect(received).toEqual([]);
    clock += 30_000;
    await deliverDue(telling());
    expect(
      bodies()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(lost.map((delivery) => delivery?.id).sort());
  });

  it('wait longer after each failure, and for ever', () => {
    const waits = Array.from({ length: 12 }, (_, i) => waitAfter(i + 1));
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect([waits[0], waits.at(-1)]).toEqual([10_000, 3 * 3_600_000]);
  });

  it('are made into deliveries once, by whichever process is first', async () => {
    await telling().store.add(webhook());
    await Promise.all([enqueueNews(telling()), enqueueNews(telling()), enqueueNews(telling())]);
    expect(await telling().store.list()).toMatchObject([{ toldEpoch: 2, due: 2 }]);
  });

  it('are not told any more when they were removed', async () => {
    const one = webhook();
    await telling().store.add(one);
    await enqueueNews(telling());
    expect(await telling().store.remove(one.id)).toBe(true);
    await deliverDue(telling());
    expect(received).toEqual([]);
    expect(await telling().store.remove(one.id)).toBe(false);
  });

  it('that cannot be told do not keep the others from it', async () => {
    await telling().store.add(webhook({ indicator: 'GONE' }));
    await telling().store.add(webhook({ addedAt: new Date(clock + 1) }));
    await enqueueNews(telling());
    await deliverDue(telling());
    expect(received.length).toBe(2);
    expect(logged.join()).toContain('GONE');
  });
});
