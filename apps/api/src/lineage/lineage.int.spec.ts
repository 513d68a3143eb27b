import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase, postgresCellStore, postgresLedger, type Database } from '@karnama/adapter-postgres';
import { catchUp } from '@karnama/cells';
import { fedEvent, usePostgres } from '@karnama/conformance';
import type { Ledger } from '@karnama/ledger';
import { trailOf, type Problem } from '@karnama/nest';
import {
  createIndicators,
  createLineage,
  createSupply,
  projections,
  type FigureLineage,
  type IndicatorService,
  type LineageEntities,
  type LineageService,
} from '@karnama/statistics';
import { handleEpochCommand, readEpochs } from '@karnama/vintages';
import { randomUUID } from 'node:crypto';
import { figures, quiet } from '../../test/figures.js';
import { startApi, type RunningApi } from '../api.js';

const token = 'auditors-of-the-sub-committee-0123456789';
const pseudonym = 'p1_abcdefghijklmnopqrstuvwxyz';

const start = (number: number, person: string, area: string) => ({
  ...fedEvent(
    number,
    'EmploymentStarted',
    {
      person,
      spell: `s${number}`,
      establishment: 'w',
      enterprise: 'e',
      area,
      industry: 'ISIC4:1071',
      occupation: null,
      contractType: null,
      weeklyHours: null,
      monthlyWage: null,
      sex: 'F',
      birthMonth: null,
      startDay: '2025-03-25',
      reportedOn: '2025-04-01',
    },
    {
      agency: 'insurer',
      contract: 'employment-starts',
      recordId: `r${number}`,
      submission: 'file-7',
      source: { topic: 'karnama.insurer.employment-starts', partition: 0, offset: String(number) },
    },
  ),
});

describe('over PostgreSQL', () => {
  const postgres = usePostgres();

  describe('the way back from a figure over HTTP', () => {
    let database: Database;
    let ledger: Ledger;
    let indicators: IndicatorService;
    let lineage: LineageService;
    let running: RunningApi;
    const notes: string[] = [];

    const hire = (number: number, person: string, area: string): Promise<unknown> =>
      ledger.append([
        {
          stream: 'feed_insurer_employment-starts-0',
          expected: 'any',
          events: [start(number, person, area)],
        },
      ]);

    beforeAll(async () => {
      database = await openDatabase(await postgres.freshDatabase());
      ledger = postgresLedger(database);
      const store = postgresCellStore(database);
      await hire(1, pseudonym, 'IR-23');
      await handleEpochCommand(
        ledger,
        { type: 'CutRelease', name: 'bahar', at: '2025-05-01T00:00:00.000Z' },
        randomUUID,
      );
      await hire(2, 'p1_second', 'IR-23');
      await hire(3, 'p1_third', 'IR-10');
      for (const projection of projections) await catchUp(store, ledger, await store.open(projection), 100);
      const releases = async () => (await readEpochs(ledger)).releases;
      indicators = createIndicators({ store, releases, calendar: 'jalali', head: () => ledger.head() });
      lineage = createLineage({ store, indicators, calendar: 'jalali', trail: trailOf(ledger) });
      running = await startApi(
        quiet(
          { ...figures(), releases },
          {
            indicators,
            lineage,
            supply: createSupply({ store, releases, calendar: 'jalali' }),
            audit: { token, note: (line) => notes.push(line) },
          },
        ),
        { port: 0 },
      );
    }, 120_000);

    afterAll(async () => {
      await running?.close();
      await database?.close();
    });

    const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
      fetch(`${running.url}/api/${path}`, { headers });

    const figure = 'indicators/HIRES/lineage?month=1404-01&area=IR-23';
    const entities = 'indicators/HIRES/lineage/entities?month=1404-01&area=IR-23';

    it('tells everyone how many records of whom a figure rests on, and how many came after a release', async () => {
      const response = await get(`${figure}&since=bahar`);
      expect(response.status).toBe(200);
      const found = (await response.json()) as FigureLineage;
      const asked = await get('indicators/HIRES/data?area=IR-23&from=1404-01&to=1404-01');
      const { rows } = (await asked.json()) as { rows: { value: string }[] };
      expect([found.figure.value, found.terms[0]?.value]).toEqual([rows[0]?.value, rows[0]?.value]);
      expect(found).toMatchObject({
        period: '1404-01',
        figure: { value: '2' },
        entities: 2,
        since: 'bahar',
        deliveries: [
          {
            agency: 'insurer',
            contract: 'employment-starts',
            entities: 2,
            records: 2,
            withdrawn: 0,
            since: 1,
          },
        ],
      });
    });

    it('names no person, record or event to who has no token', async () => {
      const text = await (await get(figure)).text();
      for (const hidden of [pseudonym, 'r1', 'feed_', 'file-7']) expect(text).not.toContain(hidden);
    });

    it('is not sent again to who has it, and is followed once as long as nothing new is counted', async () => {
      let followed = 0;
      const counting: LineageService = {
        ...lineage,
        figure: (request, signal) => {
          followed++;
          return lineage.figure(request, signal);
        },
      };
      const server = await startApi(quiet(figures(), { indicators, lineage: counting }), { port: 0 });
      try {
        const address = `${server.url}/api/${figure}`;
        const answers = await Promise.all([fetch(address), fetch(address), fetch(address)]);
        const tag = answers[0]?.headers.get('etag') ?? '';
        expect((await fetch(address, { headers: { 'if-none-match': tag } })).status).toBe(304);
        expect(followed).toBe(1);
      } finally {
        await server.close();
      }
    });

    it('shows auditors the entities with their records and ledger events, and writes down that it did', async () => {
      const response = await get(`${entities}&limit=1`, { authorization: `Bearer ${token}` });
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('no-store');
      const found = (await response.json()) as LineageEntities;
      expect(found).toMatchObject({
        entities: [
          {
            entity: pseudonym,
            kind: 'person',
            contributes: [1],
            records: [
              {
                agency: 'insurer',
                contract: 'employment-starts',
                recordId: 'r1',
                version: 1,
                event: {
                  stream: 'feed_insurer_employment-starts-0',
                  revision: '0',
                  type: 'EmploymentStarted',
                  submission: 'file-7',
                },
              },
            ],
          },
        ],
        next: `person/${pseudonym}`,
      });
      const next = await get(`${entities}&limit=1&after=${encodeURIComponent(found.next ?? '')}`, {
        authorization: `bearer ${token}`,
      });
      expect(((await next.json()) as LineageEntities).entities.map(({ entity }) => entity)).toEqual([
        'p1_second',
      ]);
      expect(notes.at(-1)).toContain('read /api/indicators/HIRES/lineage/entities');
    });

    it.each([
      ['without a token', undefined, 401, 'audit-token-missing'],
      ['with another scheme', `Basic ${token}`, 401, 'audit-token-missing'],
      ['with a wrong token', `Bearer ${token}x`, 403, 'audit-token-refused'],
      ['with a part of the token', `Bearer ${token.slice(0, -1)}`, 403, 'audit-token-refused'],
    ])('refuses entities %s', async (_how, authorization, status, code) => {
      const before = notes.length;
      const response = await get(entities, authorization === undefined ? {} : { authorization });
      expect([response.status, ((await response.json()) as Problem).code]).toEqual([status, code]);
      expect(response.headers.get('www-authenticate')).toContain('Bearer');
      expect(notes.slice(before).join()).not.toContain('read ');
      expect(notes.join()).not.toContain(token);
    });

    it('shows entities to nobody where no token is configured', async () => {
      const server = await startApi(quiet(figures(), { indicators, lineage }), { port: 0 });
      try {
        const response = await fetch(`${server.url}/api/${entities}`, {
          headers: { authorization: `Bearer ${token}` },
        });
        expect([response.status, ((await response.json()) as Problem).code]).toEqual([403, 'audit-closed']);
      } finally {
        await server.close();
      }
    });

    it.each([
      [404, 'unknown-indicator', 'indicators/WEATHER/lineage?month=1404-01'],
      [400, 'bad-request', `indicators/HIRES/lineage?month=${'1'.repeat(30)}`],
      [400, 'bad-month', 'indicators/HIRES/lineage'],
      [400, 'bad-month', 'indicators/HIRES/lineage?month=1404-13'],
      [400, 'unknown-code', 'indicators/HIRES/lineage?month=1404-01&area=XX'],
      [400, 'unknown-dimension', 'indicators/TIGHT/lineage?month=1404-01&sex=F'],
      [400, 'unknown-release', 'indicators/HIRES/lineage?month=1404-01&since=never'],
      [400, 'bad-request', 'indicators/SKILL_GAP/lineage?month=1404-01'],
      [400, 'unknown-release', 'supply?asKnownAt=never'],
      [400, 'bad-request', 'supply?area=IR'],
    ])('refuses with %i %s: %s', async (status, code, path) => {
      const response = await get(path);
      expect([response.status, ((await response.json()) as Problem).code]).toEqual([status, code]);
    });

    it('refuses a page of entities that is none', async () => {
      for (const wrong of ['limit=0', 'limit=201', 'limit=many', 'after=nonsense']) {
        const response = await get(`${entities}&${wrong}`, { authorization: `Bearer ${token}` });
        expect([wrong, response.status]).toEqual([wrong, 400]);
      }
    });

    it('is not there on a server that was given none', async () => {
      const server = await startApi(quiet(figures(), { indicators }), { port: 0 });
      try {
        for (const path of [figure, 'supply'])
          expect((await fetch(`${server.url}/api/${path}`)).status).toBe(404);
      } finally {
        await server.close();
      }
    });

    it('has beside it what every agency sent, as known at a release or now', async () => {
      const latest = (await (await get('supply')).json()) as { senders: unknown[] };
      expect(latest).toMatchObject({
        senders: [
          {
            agency: 'insurer',
            contract: 'employment-starts',
            received: 3,
            accepted: 3,
            quarantined: 0,
            delivery: { onTime: 3, late: 0, lateShare: '0.00', last: '1404-01' },
          },
        ],
      });
      expect(await (await get('supply?asKnownAt=bahar')).json()).toMatchObject({
        knowledge: { release: 'bahar', epoch: 1 },
        senders: [{ received: 1 }],
      });
    });

    it('has beside it several indicators in one answer, each as it tells by itself', async () => {
      const query = 'area=IR-23&from=1404-01&to=1404-01&change=previous,year';
      const response = await get(`indicators/data?indicators=HIRES,SEPS,HIRES@Q&${query}`);
      expect(response.status).toBe(200);
      const { knowledge, answers } = (await response.json()) as { knowledge: unknown; answers: unknown[] };
      expect(knowledge).toEqual({ release: 'latest', epoch: 2 });
      const alone = await Promise.all(
        ['HIRES/data?freq=M', 'SEPS/data?freq=M', 'HIRES/data?freq=Q'].map(async (path) =>
          (await get(`indicators/${path}&${query}`)).json(),
        ),
      );
      expect(answers).toEqual(alone);
      const tag = response.headers.get('etag') ?? '';
      const again = await get(`indicators/data?indicators=HIRES,SEPS,HIRES@Q&${query}`, {
        'if-none-match': tag,
      });
      expect([again.status, await again.text()]).toEqual([304, '']);
    });

    it('keeps several indicators of a release for ever the same', async () => {
      const ask = () =>
        get('indicators/data?indicators=HIRES,EMP_JOBS&area=IR-23&asKnownAt=bahar&from=1404-01&to=1404-01');
      const [first, second] = [await ask(), await ask()];
      expect(first.headers.get('cache-control')).toBe('public, max-age=300, must-revalidate');
      expect(first.headers.get('etag')).toBe(second.headers.get('etag'));
      expect(await first.json()).toMatchObject({
        knowledge: { release: 'bahar', epoch: 1 },
        answers: [{ rows: [{ value: '1' }] }, { rows: [{ value: '1' }] }],
      });
    });

    it.each([
      [400, 'bad-request', ''],
      [400, 'bad-request', 'indicators=hires'],
      [400, 'bad-request', 'indicators=HIRES,HIRES'],
      [400, 'bad-request', 'indicators=HIRES&format=csv'],
      [400, 'bad-request', `indicators=${Array.from({ length: 41 }, (_, i) => `A${i}`).join(',')}`],
      [404, 'unknown-indicator', 'indicators=HIRES,WEATHER'],
      [400, 'unknown-dimension', 'indicators=HIRES,TIGHT&sex=F'],
    ])('refuses several indicators with %i %s: %s', async (status, code, query) => {
      const response = await get(`indicators/data?${query}`);
      expect([response.status, ((await response.json()) as Problem).code]).toEqual([status, code]);
    });
  });
});
