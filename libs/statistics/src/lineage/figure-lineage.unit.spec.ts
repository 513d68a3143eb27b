import { beforeAll, describe, expect, it } from '@jest/globals';
import { memoryCellStore, memoryLedger } from '@karnama/adapter-memory';
import { catchUp } from '@karnama/cells';
import { fedEvent } from '@karnama/conformance';
import type { Json } from '@karnama/kernel';
import { projections } from '../catalogue.js';
import { indicatorIn, indicators as catalogue } from '../indicators/catalogue.js';
import { createIndicators } from '../indicators/service.js';
import type { IndicatorService } from '../indicators/request.js';
import { createLineage } from './figure-lineage.js';
import type { LineageService, Trail } from './request.js';

const ledger = memoryLedger();
const store = memoryCellStore();
let indicators: IndicatorService;
let lineage: LineageService;

const trail: Trail = {
  eventAt: async (position) => (await ledger.readAll(position - 1n, {}, 1)).events[0],
  endOf: async () => 3n,
};

const work = (person: string, area: string): Record<string, Json> => ({
  person,
  spell: `s-${person}`,
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
});

const tell = (number: number, type: string, contract: string, data: Record<string, Json>) =>
  ledger.append([
    {
      stream: `feed_insurer_${contract}-0`,
      expected: 'any',
      events: [
        fedEvent(number, type, data, {
          agency: 'insurer',
          contract,
          recordId: `r${number}`,
          submission: 'file-1',
        }),
      ],
    },
  ]);

/** Farvardin 1404 begins on 2025-03-21, Ordibehesht on 2025-04-21. */
beforeAll(async () => {
  const start = (person: string, area: string, startDay: string): Record<string, Json> => ({
    ...work(person, area),
    startDay,
    reportedOn: '2025-04-01',
  });
  await tell(1, 'EmploymentStarted', 'starts', start('p1', 'IR-23', '2025-03-25'));
  await tell(2, 'EmploymentStarted', 'starts', start('p2', 'IR-23', '2025-03-26'));
  await tell(3, 'EmploymentStarted', 'starts', start('p3', 'IR-10', '2025-03-26'));
  await tell(4, 'EmploymentEnded', 'ends', {
    ...work('p2', 'IR-23'),
    lastDay: '2025-04-25',
    reason: 'quit',
    reportedOn: '2025-05-25',
  });
  for (const projection of projections) await catchUp(store, ledger, await store.open(projection), 10);
  const releases = async () => [{ name: 'bahar', epoch: 1, cutAt: '2025-06-01T00:00:00.000Z' }];
  indicators = createIndicators({ store, releases, calendar: 'jalali', head: () => ledger.head() });
  lineage = createLineage({ store, indicators, calendar: 'jalali', trail });
});

const tehran = { where: { area: ['IR-23'] }, freq: 'M', month: '1404-01' } as const;

describe('the way back from a figure', () => {
  it('comes to the figure again: its entities add up to it', async () => {
    const found = await lineage.figure({ indicator: 'HIRES', ...tehran });
    expect(found).toMatchObject({
      indicator: 'HIRES',
      period: '1404-01',
      figure: { value: '2' },
      position: '4',
      since: null,
      entities: 2,
      terms: [
        {
          dataflow: 'JOBS',
          measure: 'hires',
          from: '1404-01',
          to: '1404-01',
          value: '2',
          entities: 2,
        },
      ],
      deliveries: [
        { agency: 'insurer', contract: 'ends', entities: 1, records: 1, withdrawn: 0, since: null },
        { agency: 'insurer', contract: 'starts', entities: 2, records: 2, withdrawn: 0, since: null },
      ],
    });
  });

  it('follows every part of a formula, each with its own months and entities', async () => {
    const { terms, entities, figure } = await lineage.figure({
      indicator: 'SEP_R',
      ...tehran,
      month: '1404-02',
    });
    expect(
      terms.map(({ measure, from, to, value, entities }) => [measure, from, to, value, entities]),
    ).toEqual(
      expect.arrayContaining([
        ['separations', '1404-02', '1404-02', '1', 1],
        ['jobs', null, '1404-01', '2', 2],
        ['jobs', null, '1404-02', '1', 1],
      ]),
    );
    // 100 · 2 · 1 / (2 + 1)
    expect([figure.value, entities, terms.length]).toEqual(['66.67', 2, 3]);
  });

  it('is taken over the whole period and the whole country when these are asked for', async () => {
    const { terms, period } = await lineage.figure({
      indicator: 'HIRES',
      where: { area: ['IR'] },
      freq: 'Q',
      month: '1404-02',
    });
    expect([period, terms[0]?.from, terms[0]?.to, terms[0]?.value]).toEqual([
      '1404-Q1',
      '1404-01',
      '1404-03',
      '3',
    ]);
  });

  it('counts apart what came in after a release', async () => {
    const { deliveries, since } = await lineage.figure({ indicator: 'HIRES', ...tehran, since: 'bahar' });
    expect([since, deliveries.map(({ contract, since }) => [contract, since])]).toEqual([
      'bahar',
      [
        ['ends', 1],
        ['starts', 0],
      ],
    ]);
  });

  it('says that no entities are kept of what only counts deliveries', async () => {
    const { terms, entities, deliveries } = await lineage.figure({
      indicator: 'DQ_CORR_SH',
      where: {},
      freq: 'M',
      month: '1404-02',
    });
    expect([entities, deliveries, terms.every(({ value }) => value === null)]).toEqual([0, [], true]);
  });

  it('is refused as the figure itself is', async () => {
    await expect(lineage.figure({ indicator: 'WEATHER', ...tehran })).rejects.toMatchObject({
      code: 'unknown-indicator',
    });
    await expect(
      lineage.figure({ indicator: 'TIGHT', where: { sex: ['F'] }, freq: 'M', month: '1404-01' }),
    ).rejects.toMatchObject({ code: 'unknown-dimension' });
    await expect(lineage.figure({ indicator: 'HIRES', ...tehran, month: '1404-13' })).rejects.toMatchObject({
      code: 'bad-month',
    });
    await expect(lineage.figure({ indicator: 'HIRES', ...tehran, since: 'never' })).rejects.toMatchObject({
      code: 'unknown-release',
    });
  });

  it('stops when nobody waits for it any more', async () => {
    await expect(
      lineage.figure({ indicator: 'HIRES', ...tehran }, AbortSignal.abort()),
    ).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('can be gone from every indicator of the catalogue whose dimensions are free', async () => {
    for (const { code, frequencies, requiredDimensions } of catalogue) {
      if (requiredDimensions !== undefined) continue;
      const found = await lineage.figure({
        indicator: code,
        where: {},
        freq: frequencies[0] ?? 'M',
        month: '1404-02',
      });
      expect([code, found.terms.length > 0]).toEqual([code, true]);
    }
    expect(indicatorIn(catalogue, 'SKILL_GAP').requiredDimensions).toEqual(['skill']);
  });
});

describe('the entities behind a figure', () => {
  it('come with their records and the ledger events that brought them, page by page', async () => {
    const first = await lineage.entities({ indicator: 'HIRES', ...tehran, limit: 1 });
    expect(first).toEqual({
      entities: [
        {
          entity: 'p1',
          kind: 'person',
          contributes: [1],
          records: [
            {
              agency: 'insurer',
              contract: 'starts',
              recordId: 'r1',
              version: 1,
              position: '1',
              withdrawn: false,
              event: {
                stream: 'feed_insurer_starts-0',
                revision: '0',
                type: 'EmploymentStarted',
                receivedAt: '2026-02-01T00:00:00.000Z',
                submission: 'file-1',
              },
            },
          ],
        },
      ],
      next: 'person/p1',
    });
    const second = await lineage.entities({
      indicator: 'HIRES',
      ...tehran,
      limit: 1,
      after: first.next ?? '',
    });
    expect(second.entities.map(({ entity, records }) => [entity, records.length])).toEqual([['p2', 2]]);
    expect(second.next).toBeNull();
  });

  it('show nothing of an event but where it stands and what kind it is', async () => {
    const text = JSON.stringify(await lineage.entities({ indicator: 'HIRES', ...tehran, limit: 9 }));
    expect(text).not.toContain('birthMonth');
    expect(text).not.toContain('2025-03-25');
  });
});
