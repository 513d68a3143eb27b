import { beforeAll, describe, expect, it } from '@jest/globals';
import { memoryCellStore } from '@karnama/adapter-memory';
import type { CellStore } from '@karnama/cells';
import { parseMonth } from '@karnama/kernel';
import { keptDataflow, projections } from '../catalogue.js';
import type { Release } from '../request.js';
import type { IndicatorService } from './request.js';
import { createIndicators } from './service.js';
import { changesBetween, publishedSeries, triangleOf } from './vintages.js';

type Cell = {
  readonly month: string;
  readonly codes: Readonly<Record<string, string>>;
  readonly measures: Readonly<Record<string, number>>;
  readonly epoch: number;
};

const write = async (store: CellStore, dataflow: string, cells: readonly Cell[]): Promise<void> => {
  const { projection, dataflow: spec } = keptDataflow(dataflow, 'jalali');
  await store.transact(await store.open(projection), (tx) =>
    tx.add(
      dataflow,
      cells.map(({ month, codes, measures, epoch }) => ({
        month: parseMonth(month),
        declared: parseMonth(month),
        epoch,
        codes: spec.dimensions.map(({ code }) => codes[code] ?? '_U'),
        measures: [...spec.measures.map(({ code }) => measures[code] ?? 0), 1, 0],
      })),
    ),
  );
};

/** Everything up to the last release is counted. */
const openEpoch = async (store: CellStore, epoch: number): Promise<void> => {
  for (const projection of projections) {
    const generation = await store.open(projection);
    const from = await store.checkpoint(generation);
    await store.transact(generation, (tx) =>
      tx.advance(from, { ...from, position: from.position + BigInt(epoch), epoch }),
    );
  }
};

const releases: readonly Release[] = [
  { name: 'first', epoch: 1, cutAt: '2024-05-01T00:00:00.000Z' },
  { name: 'second', epoch: 2, cutAt: '2024-06-01T00:00:00.000Z' },
  { name: 'third', epoch: 3, cutAt: '2024-07-01T00:00:00.000Z' },
];

const delivered = (month: string, epoch: number, records = 1): Cell => ({
  month,
  codes: { agency: 'insurance', contract: 'employment-starts', kind: 'NEW', lag: 'D0T7' },
  measures: { records },
  epoch,
});
const hired = (month: string, area: string, epoch: number, hires: number): Cell => ({
  month,
  codes: { area, industry: 'C', sex: 'M' },
  measures: { jobs: hires, hires },
  epoch,
});

let service: IndicatorService;

beforeAll(async () => {
  const store = memoryCellStore();
  service = createIndicators({ store, releases: async () => releases, calendar: 'jalali' });
  await write(store, 'DELIVERY', [
    delivered('1403-01', 1),
    delivered('1403-02', 1),
    delivered('1403-03', 2, 4),
    delivered('1403-04', 3),
  ]);
  await write(store, 'JOBS', [
    hired('1403-01', 'IR-23', 1, 40),
    hired('1403-02', 'IR-23', 1, 30),
    hired('1403-02', 'IR-21', 1, 5),
    // known later: two more of 1403-02, and a month that was not known before
    hired('1403-02', 'IR-23', 2, 2),
    hired('1403-03', 'IR-23', 2, 7),
    hired('1403-04', 'IR-21', 3, 1),
  ]);
  await openEpoch(store, 4);
});

describe('the vintages of a series', () => {
  it('tell each period as each release told it, and nothing where it told none', async () => {
    const { periods, ...about } = await triangleOf(service, { indicator: 'HIRES', where: {}, freq: 'M' });
    expect(about).toEqual({
      indicator: 'HIRES',
      freq: 'M',
      decimals: 0,
      releases: ['first', 'second', 'third'],
    });
    expect(periods).toEqual([
      { period: '1403-01', values: ['40', '40', '40'] },
      { period: '1403-02', values: ['35', '37', '37'] },
      { period: '1403-03', values: [null, '7', '7'] },
      { period: '1403-04', values: [null, null, '1'] },
    ]);
  });

  it('keep to the filters and the periods asked for', async () => {
    const { periods } = await triangleOf(service, {
      indicator: 'HIRES',
      where: { area: ['IR-21'] },
      freq: 'M',
      from: '1403-02',
      to: '1403-02',
    });
    expect(periods).toEqual([{ period: '1403-02', values: ['5', '5', '5'] }]);
  });

  it('have the decimals of the indicator, also before the first release', async () => {
    const none = createIndicators({ store: memoryCellStore(), releases: async () => [], calendar: 'jalali' });
    for (const { code, decimals, frequencies } of none.list()) {
      const [freq = 'M'] = frequencies;
      expect(await triangleOf(none, { indicator: code, where: {}, freq })).toEqual({
        indicator: code,
        freq,
        decimals,
        releases: [],
        periods: [],
      });
    }
  });

  it('are those of an indicator that there is', async () => {
    await expect(triangleOf(service, { indicator: 'NONE', where: {}, freq: 'M' })).rejects.toMatchObject({
      code: 'unknown-indicator',
    });
  });
});

describe('what a release changes', () => {
  const changesOf = async (indicator: string, name: string, since: string, where = {}) =>
    (await changesBetween(service, name, since, where)).indicators.find((one) => one.indicator === indicator);

  it('are new periods and figures told otherwise', async () => {
    expect(await changesOf('HIRES', 'second', 'first')).toEqual({
      indicator: 'HIRES',
      freq: 'M',
      by: [],
      newPeriods: [{ period: '1403-03', codes: [], old: null, new: '7', effects: null }],
      revised: [
        {
          period: '1403-02',
          codes: [],
          old: '35',
          new: '37',
          effects: { definition: '0', late: '2', corrections: '0' },
        },
      ],
    });
    expect(await changesOf('HIRES', 'third', 'second')).toMatchObject({
      newPeriods: [{ period: '1403-04', new: '1' }],
      revised: [],
    });
  });

  it('are told of what changed only', async () => {
    const { indicators } = await changesBetween(service, 'second', 'first');
    for (const { newPeriods, revised } of indicators) expect(newPeriods.length + revised.length).not.toBe(0);
    expect(indicators.map(({ indicator }) => indicator)).toContain('EMP_JOBS');
    expect(indicators.length).toBeLessThan(service.list().length);
  });

  it('keep to the filters, and to the indicators that have these dimensions', async () => {
    const where = { area: ['IR-21'] };
    expect(await changesOf('HIRES', 'second', 'first', where)).toMatchObject({
      newPeriods: [{ period: '1403-03', new: '0' }],
      revised: [],
    });
    const dimensionsOf = new Map(service.list().map(({ code, dimensions }) => [code, dimensions]));
    const { indicators } = await changesBetween(service, 'second', 'first', where);
    expect(indicators.length).toBeGreaterThan(0);
    for (const { indicator } of indicators) expect(dimensionsOf.get(indicator)).toContain('area');
  });

  it('come with the releases and the records that came in between', async () => {
    const { release, since, deliveries } = await changesBetween(service, 'second', 'first');
    expect([release.name, since.name]).toEqual(['second', 'first']);
    expect(deliveries).toEqual([
      {
        agency: 'insurance',
        contract: 'employment-starts',
        onTime: 4,
        late: 0,
        corrections: 0,
        withdrawals: 0,
      },
    ]);
  });

  it('count from the older release to the newer, and releases that there are', async () => {
    for (const [name, since] of [
      ['first', 'second'],
      ['first', 'first'],
    ] as const)
      await expect(changesBetween(service, name, since)).rejects.toMatchObject({ code: 'bad-request' });
    await expect(changesBetween(service, 'second', 'zeroth')).rejects.toMatchObject({
      code: 'unknown-release',
    });
  });
});

describe('the published series of an indicator', () => {
  const seriesOf = async (code: string, at: string) => {
    const found = service.list().find((indicator) => indicator.code === code);
    if (found === undefined) throw new Error(`there is no indicator ${code}`);
    return publishedSeries(service, found, at);
  };

  it('are those by area, at every frequency', async () => {
    const series = await seriesOf('HIRES', 'second');
    // no year is over yet
    expect([...new Set(series.map(({ freq }) => freq))]).toEqual(['M', 'Q']);
    expect(series.filter(({ freq }) => freq === 'M')).toContainEqual({
      freq: 'M',
      period: '1403-02',
      codes: ['IR-23'],
      value: '32',
    });
    expect(series.find(({ freq }) => freq === 'Q')).toMatchObject({ period: '1403-Q1' });
  });
});
