import { beforeAll, describe, expect, it } from '@jest/globals';
import { memoryCellStore, memoryLedger } from '@karnama/adapter-memory';
import { catchUp } from '@karnama/cells';
import { fedEvent } from '@karnama/conformance';
import { epochClosed, epochStream, type Json, type NewEvent } from '@karnama/kernel';
import { movementsProjection } from './dataflows/movements.js';
import type { DataRequest, DataValue, StatisticsService } from './request.js';
import { createStatistics } from './service.js';

const movement = (
  month: string,
  declared: string,
  direction: string,
  area: string,
  more: Record<string, Json> = {},
): Json => ({
  effectiveMonth: month,
  declaredMonth: declared,
  direction,
  area,
  industry: null,
  occupation: null,
  education: null,
  age: null,
  sex: null,
  weeklyHours: null,
  monthlyWage: null,
  movementKind: null,
  ...more,
});

const ledger = memoryLedger();
const store = memoryCellStore();
const service: StatisticsService = createStatistics({
  store,
  releases: async () => [
    { name: 'on-time', epoch: 1, cutAt: '2026-02-01T00:00:00.000Z' },
    { name: 'revised', epoch: 2, cutAt: '2026-03-01T00:00:00.000Z' },
  ],
});

const close = (epoch: number): NewEvent => ({
  id: `00000000-0000-4000-8000-${String(epoch).padStart(12, '0')}`,
  type: epochClosed,
  data: { epoch },
  metadata: { schemaVersion: 1, receivedAt: '2026-02-01T00:00:00.000Z' },
});

beforeAll(async () => {
  let number = 0;
  const feed = async (...facts: [type: string, data: Json][]): Promise<void> => {
    await ledger.append([
      {
        stream: 'feed_agency_contract-0',
        expected: 'any',
        events: facts.map(([type, data]) => fedEvent(++number, type, data)),
      },
    ]);
  };
  await feed(
    ['OpeningStockDeclared', { area: 'BR', month: '2025-12', stock: 1000, fixedThrough: '2025-10' }],
    ['OpeningStockDeclared', { area: 'BR-MA', month: '2025-12', stock: 100, fixedThrough: '2025-10' }],
    ['MovementTotalDeclared', { area: 'BR', month: '2026-01', hires: 50, separations: 20 }],
    [
      'MovementDeclared',
      movement('2026-02', '2026-02', 'hire', 'BR:211130', { industry: 'ISIC4:C', monthlyWage: 500 }),
    ],
  );
  await ledger.append([{ stream: epochStream, expected: 'any', events: [close(1)] }]);
  await feed(
    ['MovementDeclared', movement('2025-11', '2026-03', 'hire', 'BR:211130')],
    ['MovementDeclared', movement('2025-10', '2026-03', 'hire', 'BR:211130')],
    [
      'MovementRetracted',
      {
        ...(movement('2026-02', '2026-02', 'hire', 'BR:211130', {
          industry: 'ISIC4:C',
          monthlyWage: 500,
        }) as object),
        retractionMonth: '2026-03',
      },
    ],
    ['MovementDeclared', movement('2025-12', '2026-03', 'separation', 'BR:355030', { industry: 'ISIC4:F' })],
    ['MovementDeclared', movement('1404-10', '1404-10', 'hire', 'IR-23')],
  );
  await ledger.append([{ stream: epochStream, expected: 'any', events: [close(2)] }]);
  await catchUp(store, ledger, await store.open(movementsProjection), 3);
});

const ask = async (request: Partial<DataRequest>): Promise<(readonly DataValue[])[]> => {
  const answer = await service.data({
    dataflow: 'MOVEMENTS',
    measures: [],
    by: [],
    where: {},
    asKnownAt: 'latest',
    view: 'effective',
    ...request,
  });
  const rows: (readonly DataValue[])[] = [];
  for await (const row of answer.rows) rows.push(row);
  return rows;
};

const brazil = { measures: ['hires', 'separations', 'net', 'stock'], by: ['month'], where: { area: ['BR'] } };

describe('questions to a dataflow', () => {
  it('answers with net and stock, corrections in the months in which they took effect', async () => {
    expect(await ask(brazil)).toEqual([
      ['2025-10', 1n, 0n, 1n, null],
      ['2025-11', 1n, 0n, 1n, null],
      ['2025-12', 0n, 1n, -1n, 1000n], // + 1 of November − 1 of December; October is fixed
      ['2026-01', 50n, 20n, 30n, 1030n],
      ['2026-02', 0n, 0n, 0n, 1030n],
    ]);
  });

  it('answers as known at a release, as if nothing had been learned since', async () => {
    expect(await ask({ ...brazil, asKnownAt: 'on-time' })).toEqual([
      ['2025-12', 0n, 0n, 0n, 1000n],
      ['2026-01', 50n, 20n, 30n, 1030n],
      ['2026-02', 1n, 0n, 1n, 1031n],
    ]);
    expect(await ask({ ...brazil, asKnownAt: 'revised' })).toEqual(await ask(brazil));
  });

  it('keeps the range, also for months in which nothing moved', async () => {
    expect(await ask({ ...brazil, asKnownAt: 'on-time', from: '2026-01', to: '2026-03' })).toEqual([
      ['2026-01', 50n, 20n, 30n, 1030n],
      ['2026-02', 1n, 0n, 1n, 1031n],
      ['2026-03', 0n, 0n, 0n, 1031n],
    ]);
  });

  it('puts corrections in the month in which they were declared, when asked so', async () => {
    expect(await ask({ ...brazil, measures: ['hires', 'separations', 'net'], view: 'declared' })).toEqual([
      ['2026-01', 50n, 20n, 30n],
      ['2026-02', 1n, 0n, 1n],
      ['2026-03', 1n, 1n, 0n],
    ]);
  });

  it('adds children up to parents, at any level, unknown ones included', async () => {
    const net = { measures: ['net'], where: { area: ['BR'] } };
    expect(await ask({ ...net, by: ['area'] })).toEqual([
      ['BR-MA', 2n],
      ['BR-SP', -1n],
      ['BR-_U', 30n],
    ]);
    expect(await ask({ ...net, by: ['area@country'] })).toEqual([['BR', 31n]]);
    expect(await ask(net)).toEqual([[31n]]);
    const local = { ...net, dataflow: 'MOVEMENTS_LOCAL' };
    expect(await ask({ ...local, by: ['area'] })).toEqual([
      ['BR-_U:_U', 30n],
      ['BR:211130', 2n],
      ['BR:355030', -1n],
    ]);
    expect(await ask({ ...local, by: ['area@state'] })).toEqual([
      ['BR-MA', 2n],
      ['BR-SP', -1n],
      ['BR-_U', 30n],
    ]);
    expect(await ask({ ...local, where: { area: ['BR-MA'] } })).toEqual([[2n]]);
    expect(await ask({ ...net, where: { area: ['BR-MA', 'IR'] } })).toEqual([[3n]]);
  });

  it('gives a stock to areas that have an opening, and says why where there is none', async () => {
    const rows = await ask({
      measures: ['stock'],
      by: ['area', 'month'],
      where: { area: ['BR-MA', 'BR-SP'] },
    });
    expect(rows).toEqual([
      ['BR-MA', '2025-10', null],
      ['BR-MA', '2025-11', null],
      ['BR-MA', '2025-12', 101n],
      ['BR-MA', '2026-01', 101n],
      ['BR-MA', '2026-02', 101n],
      ['BR-SP', '2025-12', null],
    ]);
    for (const finer of [
      { where: { area: ['BR'], industry: ['C'] } },
      { by: ['month', 'sex'] },
      { view: 'declared' as const },
      { by: [] },
      { where: {} },
    ]) {
      const answer = await service.data({
        dataflow: 'MOVEMENTS',
        asKnownAt: 'latest',
        view: 'effective',
        ...brazil,
        ...finer,
      });
      expect(answer.notes).toHaveLength(1);
    }
  });

  it('shows the triangle of effective and declared months', async () => {
    expect(await ask({ measures: ['hires'], by: ['month', 'declared'], where: { area: ['BR-MA'] } })).toEqual(
      [
        ['2025-10', '2026-03', 1n],
        ['2025-11', '2026-03', 1n],
        ['2026-02', '2026-02', 1n],
        ['2026-02', '2026-03', -1n],
      ],
    );
  });

  it('leaves out groups that corrections have emptied', async () => {
    expect(await ask({ measures: ['hires'], by: ['industry'], where: { area: ['BR'] } })).toEqual([
      ['F', 0n],
      ['_U', 52n],
    ]);
  });

  it('keeps the months of the two calendars apart', async () => {
    expect(
      (await ask({ measures: ['hires'], by: ['month'], to: '1500-01' })).map(([month]) => month),
    ).toEqual(['1404-10']);
    expect((await service.describe('MOVEMENTS')).months).toEqual([
      { from: '1404-10', to: '1404-10', calendar: 'jalali' },
      { from: '2025-10', to: '2026-02', calendar: 'gregorian' },
    ]);
  });

  it('describes the codes that occur, with the areas above them', async () => {
    const { dimensions, measures } = await service.describe('MOVEMENTS_LOCAL');
    expect(dimensions[0]?.codes.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['BR', 'BR-MA', 'BR:211130', 'IR', 'IR-23', 'IR-23:_U']),
    );
    expect(dimensions[0]?.levels).toEqual(['country', 'state', 'local']);
    expect(measures.map(({ code }) => code)).toEqual([
      'hires',
      'separations',
      'wage_bill',
      'with_wage',
      'net',
      'stock',
    ]);
  });

  it.each([
    ['unknown-dataflow', { dataflow: 'WEATHER' }],
    ['unknown-measure', { measures: ['births'] }],
    ['unknown-dimension', { by: ['colour'] }],
    ['unknown-dimension', { where: { constructor: ['x'] } }],
    ['unknown-dimension', { by: ['sex@country'] }],
    ['unknown-dimension', { by: ['area@local'] }],
    ['unknown-code', { where: { area: ['XX'] } }],
    ['unknown-code', { where: { area: ['BR:211130'] } }],
    ['unknown-code', { where: { industry: ['ZZ'] } }],
    ['unknown-release', { asKnownAt: 'never' }],
    ['bad-month', { from: '2026-13' }],
    ['bad-request', { from: '2026-02', to: '2026-01' }],
    ['bad-request', { by: ['area', 'area@country'] }],
  ])('refuses with %s: %j', async (code, request) => {
    await expect(ask(request as Partial<DataRequest>)).rejects.toMatchObject({ code });
  });

  it('does not answer for a release that is not counted yet', async () => {
    const early = createStatistics({ store, releases: async () => [{ name: 'next', epoch: 3, cutAt: '' }] });
    const asked = early.data({
      dataflow: 'MOVEMENTS',
      measures: [],
      by: [],
      where: {},
      asKnownAt: 'next',
      view: 'effective',
    });
    await expect(asked).rejects.toMatchObject({ code: 'unavailable' });
  });
});
