import { beforeAll, describe, expect, it } from '@jest/globals';
import { memoryCellStore } from '@karnama/adapter-memory';
import type { CellStore } from '@karnama/cells';
import { parseMonth } from '@karnama/kernel';
import { keptDataflow, projections } from '../catalogue.js';
import type { Release } from '../request.js';
import { compareKnowledge } from './compare.js';
import type { IndicatorService } from './request.js';
import { createIndicators } from './service.js';
import { publishedSeries } from './vintages.js';
import { indicatorIn, indicators as everyIndicator } from './catalogue.js';
import { flow, of, times } from './expression.js';
import type { Indicator } from './indicator.js';

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

const countTo = async (store: CellStore, epoch: number): Promise<void> => {
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

const delivered = (month: string, epoch: number, kind: string, records = 1): Cell => ({
  month,
  codes: { agency: 'insurance', contract: 'employment-starts', kind, lag: 'D0T7' },
  measures: { records },
  epoch,
});
const hired = (month: string, epoch: number, hires: number, area = 'IR-23'): Cell => ({
  month,
  codes: { area, industry: 'C', sex: 'M' },
  measures: { jobs: hires, hires },
  epoch,
});

let service: IndicatorService;
let written: CellStore;
let asked: string[] = [];

beforeAll(async () => {
  const store = (written = memoryCellStore());
  const watched: CellStore = {
    ...store,
    series: (generation, query) => {
      asked.push(JSON.stringify({ ...query, measures: undefined, from: undefined }));
      return store.series(generation, query);
    },
  };
  service = createIndicators({ store: watched, releases: async () => releases, calendar: 'jalali' });
  await write(store, 'DELIVERY', [
    delivered('1403-01', 1, 'NEW'),
    delivered('1403-02', 1, 'NEW'),
    delivered('1403-03', 2, 'NEW', 5),
    delivered('1403-03', 3, 'NEW', 2),
    delivered('1403-03', 3, 'CORRECTION', 3),
    delivered('1403-03', 4, 'WITHDRAWAL', 1),
  ]);
  await write(store, 'JOBS', [
    hired('1403-01', 1, 40),
    hired('1403-02', 1, 30),
    // the second tells two more of the second month, and a new one
    hired('1403-02', 2, 2),
    hired('1403-03', 2, 60),
    // the third tells the last month far lower: its growth turns into a decline
    hired('1403-03', 3, -35),
    // not released yet: one less
    hired('1403-03', 4, -1),
  ]);
  // what of these corrections did: of the third's 35, four late hires and 39 that were taken back
  await write(store, 'JOBS.corrected', [hired('1403-03', 3, -39), hired('1403-03', 4, -1)]);
  await countTo(store, 4);
});

const compare = async (from: string, to: string, code = 'HIRES') => {
  const found = await compareKnowledge(service, { from, to, where: {}, indicators: [{ code }] });
  return { ...found, only: found.indicators[0] };
};

describe('two positions of knowledge', () => {
  it('tell the effects of a new period and of late records apart, and these add up to the difference', async () => {
    const { only } = await compare('first', 'second');
    expect(only?.headline).toEqual({
      old: { period: '1403-02', value: '30' },
      new: { period: '1403-03', value: '60' },
      difference: '30',
      effects: { newPeriod: '28', revision: '2', late: '2', corrections: '0', definition: '0' },
      changes: {
        previous: { old: '-10', new: '-8', flips: false },
        year: { old: null, new: null, flips: false },
      },
    });
    expect(only?.records).toEqual({ onTime: 5, late: 0, corrections: 0, withdrawals: 0 });
  });

  it('tell late records and corrections apart that came in together', async () => {
    const { only } = await compare('second', 'third');
    const effects = { late: '4', corrections: '-39', definition: '0' };
    expect(only?.headline?.effects).toEqual({ newPeriod: '0', revision: '-35', ...effects });
    expect(only?.figures).toEqual([
      expect.objectContaining({ period: '1403-03', difference: '-35', effects }),
    ]);
  });

  it('leave a record out that was told and corrected before', async () => {
    const { only } = await compare('first', 'latest');
    expect(only?.figures.map(({ period, effects }) => [period, effects])).toEqual([
      ['1403-02', { late: '2', corrections: '0', definition: '0' }],
      ['1403-03', null],
    ]);
  });

  it('give a revision to withdrawals where nothing else came', async () => {
    const { only, to } = await compare('third', 'latest');
    expect(to).toMatchObject({ kind: 'latest', epoch: null });
    expect(only?.headline?.effects).toMatchObject({ revision: '-1', late: '0', corrections: '-1' });
    expect(only?.figures.map(({ period, fate, difference }) => [period, fate, difference])).toEqual([
      ['1403-03', 'revised', '-1'],
    ]);
  });

  it('mark a change whose sign has turned', async () => {
    const { only } = await compare('second', 'third');
    expect(only?.figures).toEqual([
      expect.objectContaining({
        period: '1403-03',
        old: '60',
        new: '25',
        changes: expect.objectContaining({ previous: { old: '28', new: '-7', flips: true } }) as unknown,
      }),
    ]);
    expect(only?.headline?.changes?.previous.flips).toBe(true);
  });

  it('are put in their order whichever is named first', async () => {
    const [there, back] = [await compare('first', 'third'), await compare('third', 'first')];
    expect(back).toEqual(there);
    expect([there.from.name, there.to.name]).toEqual(['first', 'third']);
  });

  it('that are the same differ in nothing', async () => {
    const { indicators, deliveries } = await compareKnowledge(service, {
      from: 'second',
      to: '2024-06-15',
      where: {},
    });
    expect(indicators.flatMap(({ figures }) => figures)).toEqual([]);
    expect(deliveries).toEqual([]);
  });

  it('have differences with the decimals of the indicator, exact', async () => {
    const { only } = await compare('second', 'third', 'HIRE_R');
    const { old, new: now, difference } = only?.headline ?? {};
    expect(difference).toMatch(/^-?\d+\.\d{2}$/);
    const cents = (text: string): number => Math.round(Number(text) * 100);
    expect(cents(difference ?? '')).toBe(cents(now?.value ?? '') - cents(old?.value ?? ''));
  });

  it('have effects that add up to the difference, also of a ratio', async () => {
    for (const code of ['HIRE_R', 'TURN_R', 'NET_CHG', 'EMP_JOBS'])
      for (const [from, to] of [
        ['first', 'latest'],
        ['second', 'third'],
      ] as const) {
        const { only } = await compare(from, to, code);
        const { difference, effects } = only?.headline ?? {};
        if (effects === null || effects === undefined) throw new Error(`${code} has no effects`);
        const units = (text: string): bigint => BigInt(text.replace('.', ''));
        const { definition, late, corrections, newPeriod, revision } = effects;
        expect([code, units(late) + units(corrections)]).toEqual([code, units(revision)]);
        expect([code, [definition, late, corrections, newPeriod].map(units).reduce((a, b) => a + b)]).toEqual(
          [code, units(difference ?? '')],
        );
      }
  });

  it('are compared in all indicators that have the filtered dimensions', async () => {
    const { indicators } = await compareKnowledge(service, {
      from: 'first',
      to: 'second',
      where: { area: ['IR-23'] },
    });
    const withArea = service.list().filter(({ dimensions }) => dimensions.includes('area'));
    expect(indicators.map(({ indicator }) => indicator)).toEqual(withArea.map(({ code }) => code));
  });

  it('are refused with an indicator that there is not', async () => {
    await expect(compare('first', 'second', 'NONE')).rejects.toMatchObject({ code: 'unknown-indicator' });
  });
});

describe('an indicator that was redefined', () => {
  const hires = of('JOBS')('hires');
  /** Hires as they are counted now, and twice of them up to the day of the second release. */
  const redefined: Indicator = {
    ...indicatorIn(everyIndicator, 'HIRES'),
    formula: flow(hires),
    versions: [
      {
        through: '2024-06-01',
        definition: { fa: 'دو برابر استخدام‌ها', en: 'Twice the hires' },
        formula: times(2, flow(hires)),
      },
    ],
  };
  const newer = (): IndicatorService =>
    createIndicators({
      store: written,
      releases: async () => releases,
      calendar: 'jalali',
      indicators: [redefined],
    });
  const values = async (asKnownAt: string, definedAt?: string) => {
    const request = { indicator: 'HIRES', by: [], where: {}, freq: 'M', asKnownAt } as const;
    const answer = await newer().data({ ...request, ...(definedAt === undefined ? {} : { definedAt }) });
    return [answer.definedThrough, ...answer.rows.map(({ value }) => value)];
  };

  it('is told by its present definition, and when asked so by the one that was in force then', async () => {
    expect(await values('second')).toEqual([undefined, '40', '32', '60']);
    expect(await values('second', 'second')).toEqual(['2024-06-01', '80', '64', '120']);
    expect(await values('second', '2024-06-01')).toEqual(['2024-06-01', '80', '64', '120']);
    expect(await values('second', 'third')).toEqual([undefined, '40', '32', '60']);
    expect(await values('latest', 'latest')).toEqual([undefined, '40', '32', '24']);
  });

  it('differs by its definition first, and then by its records', async () => {
    const { indicators } = await compareKnowledge(newer(), { from: 'second', to: 'third', where: {} });
    const [only] = indicators;
    expect(only).toMatchObject({ redefined: true });
    expect(only?.headline).toMatchObject({
      old: { period: '1403-03', value: '120' },
      new: { period: '1403-03', value: '25' },
      difference: '-95',
      effects: { definition: '-60', late: '4', corrections: '-39', revision: '-35', newPeriod: '0' },
    });
    expect(only?.figures.map(({ period, effects }) => [period, effects?.definition])).toEqual([
      ['1403-01', '-40'],
      ['1403-02', '-32'],
      ['1403-03', '-60'],
    ]);
  });

  it('does not differ by it where the same definition told both positions', async () => {
    for (const [from, to] of [
      ['first', 'second'],
      ['third', 'latest'],
    ] as const) {
      const { indicators } = await compareKnowledge(newer(), { from, to, where: {} });
      expect(indicators[0]).toMatchObject({ redefined: false, headline: { effects: { definition: '0' } } });
    }
  });

  it('is published with a release by the definition in force then, for ever', async () => {
    const service = newer();
    const [summary] = service.list();
    if (summary === undefined) throw new Error('no indicator');
    const published = async (release: string) =>
      (await publishedSeries(service, summary, release))
        .filter(({ freq, period, codes }) => freq === 'M' && period === '1403-02' && codes[0] === 'IR-23')
        .map(({ value }) => value);
    expect([await published('second'), await published('third')]).toEqual([['64'], ['32']]);
  });

  it('names its earlier definitions in its description', async () => {
    const { versions, formula } = await newer().describe('HIRES');
    expect(versions).toMatchObject([
      { through: '2024-06-01', definition: { fa: 'دو برابر استخدام‌ها', en: 'Twice the hires' } },
    ]);
    expect(versions[0]?.formula.en).toContain('2');
    expect(versions[0]?.formula.en).not.toBe(formula.en);
  });
});

describe('questions that are answered together', () => {
  it('have the answers that each has alone', async () => {
    const requests = everyIndicator.flatMap(({ code, frequencies, requiredDimensions = [] }) =>
      ['second', 'latest'].map((asKnownAt) => ({
        indicator: code,
        by: requiredDimensions,
        where: {},
        freq: frequencies[0] ?? 'M',
        asKnownAt,
        change: ['previous'] as const,
      })),
    );
    const together = await service.dataOf(requests);
    for (const [i, request] of requests.entries()) expect(together[i]).toEqual(await service.data(request));
  });

  it('read no cells twice', async () => {
    asked = [];
    await compareKnowledge(service, { from: 'first', to: 'second', where: {} });
    expect(asked.length).toBeGreaterThan(10);
    expect(new Set(asked).size).toBe(asked.length);
  });
});
