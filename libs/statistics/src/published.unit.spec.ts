import { beforeAll, describe, expect, it } from '@jest/globals';
import { memoryCellStore } from '@karnama/adapter-memory';
import { parseMonth, type Calendar } from '@karnama/kernel';
import {
  keptDataflow,
  projections,
  projectionsIn,
  publishedDataflow,
  publishedDataflows,
} from './catalogue.js';
import { codeListOf } from './code-lists.js';
import type { DataRequest, DataValue, StatisticsService } from './request.js';
import { createStatistics } from './service.js';

type Cell = readonly [
  month: string,
  codes: Record<string, string>,
  measures: Record<string, number>,
  epoch?: number,
];

const store = memoryCellStore();

const write = async (
  dataflow: string,
  cells: readonly Cell[],
  calendar: Calendar = 'jalali',
): Promise<void> => {
  const { projection, dataflow: spec } = keptDataflow(dataflow, calendar);
  await store.transact(await store.open(projection), (tx) =>
    tx.add(
      dataflow,
      cells.map(([month, codes, measures, epoch = 1]) => ({
        month: parseMonth(month),
        declared: parseMonth(month),
        epoch,
        codes: spec.dimensions.map(({ code }) => codes[code] ?? '_U'),
        measures: [...spec.measures.map(({ code }) => measures[code] ?? 0), 1, 0],
      })),
    ),
  );
};

const service: StatisticsService = createStatistics({ store, releases: async () => [] });

const ask = async (request: Partial<DataRequest>) => {
  const answer = await service.data({
    dataflow: 'JOBS',
    measures: ['jobs', 'hires'],
    by: [],
    where: {},
    asKnownAt: 'latest',
    view: 'effective',
    ...request,
  });
  const rows: (readonly DataValue[])[] = [];
  for await (const row of answer.rows) rows.push(row);
  return { ...answer, rows };
};

const rows = async (request: Partial<DataRequest>) => (await ask(request)).rows;

const tehran = { area: 'IR-23', sex: 'M' };
const yazd = { area: 'IR-21', sex: 'F' };

beforeAll(() =>
  write('JOBS', [
    ['1402-12', tehran, { jobs: 10 }],
    ['1403-02', tehran, { jobs: 3, hires: 4 }],
    ['1403-02', { ...tehran, industry: 'C' }, { jobs: 1, hires: 1 }],
    ['1403-04', tehran, { jobs: -2, separations: 2 }],
    ['1403-03', yazd, { jobs: 5, hires: 5 }],
    ['1403-04', yazd, { jobs: -5 }],
  ]),
);

describe('a stock of a published dataflow', () => {
  it('is the sum of all changes up to each month, in months without any too', async () => {
    expect(await rows({ by: ['month'] })).toEqual([
      ['1402-12', 10n, 0n],
      ['1403-01', 10n, 0n],
      ['1403-02', 14n, 5n],
      ['1403-03', 19n, 5n],
      ['1403-04', 12n, 0n],
    ]);
  });

  it('counts what changed before the range; flows do not', async () => {
    expect(await rows({ by: ['month'], from: '1403-03', to: '1403-05', where: { area: ['IR-23'] } })).toEqual(
      [
        ['1403-03', 14n, 0n],
        ['1403-04', 12n, 0n],
        ['1403-05', 12n, 0n],
      ],
    );
  });

  it('without months is that at the end of the range', async () => {
    expect(await rows({ from: '1403-02', to: '1403-03' })).toEqual([[19n, 10n]]);
    expect(await rows({ to: '1403-01' })).toEqual([[10n, 0n]]);
    expect(await rows({ by: ['area'], from: '1403-03', to: '1403-03' })).toEqual([
      ['IR-21', 5n, 5n],
      ['IR-23', 14n, 0n],
    ]);
  });

  it('is grouped by whatever there is, coarser areas too, without the groups that are empty', async () => {
    expect(
      await rows({ by: ['area@country', 'month'], measures: ['jobs'], from: '1403-03', to: '1403-04' }),
    ).toEqual([
      ['IR', '1403-03', 19n],
      ['IR', '1403-04', 12n],
    ]);
    expect(await rows({ by: ['month', 'sex'], measures: ['jobs'], from: '1403-03', to: '1403-04' })).toEqual([
      ['1403-03', 'F', 5n],
      ['1403-03', 'M', 14n],
      ['1403-04', 'M', 12n],
    ]);
  });

  it('is not defined by month of declaration: the answer says why', async () => {
    const { rows: declared, notes } = await ask({ by: ['declared'] });
    expect(declared).toEqual([
      ['1403-02', null, 5n],
      ['1403-03', null, 5n],
    ]);
    expect(notes.map(({ en }) => en)).toEqual([
      'A stock is defined at the end of a month only, not by month of declaration.',
    ]);
    expect((await ask({ by: ['month'] })).notes).toEqual([]);
  });

  it('is not looked for where only flows are asked', async () => {
    expect(await rows({ by: ['month'], measures: ['hires'] })).toEqual([
      ['1402-12', 0n],
      ['1403-02', 5n],
      ['1403-03', 5n],
      ['1403-04', 0n],
    ]);
  });

  it('is nothing where nothing changed', async () => {
    expect(await rows({ where: { area: ['IR-05'] } })).toEqual([]);
  });
});

describe('the published dataflows', () => {
  it('are those of every register', () => {
    expect(publishedDataflows().map(({ dataflow }) => dataflow.code)).toEqual([
      'MOVEMENTS',
      'MOVEMENTS_LOCAL',
      'DELIVERY',
      'JOBS',
      'STABLE_JOBS',
      'TENURE',
      'PERSONS',
      'WAGES',
      'JOBSEEKERS',
      'SEARCH',
      'SEARCH_COHORT',
      'PLACEMENTS',
      'TRAINING',
      'GRADUATES',
      'GRADUATE_ENTRY',
      'VACANCIES',
      'VACANCY_COHORT',
      'SKILL_DEMAND',
      'JOB_FLOWS',
      'REPORTING',
      'ENTERPRISES',
      'EMPLOYERS',
      'PERMITS',
      'UNITS',
      'CAPACITY',
      'ESTATES',
    ]);
    for (const code of ['INTAKE', 'OPENING_STOCKS']) {
      expect(() => publishedDataflow(code)).toThrow(expect.objectContaining({ code: 'unknown-dataflow' }));
      expect(keptDataflow(code, 'jalali').dataflow.code).toBe(code);
    }
  });

  it.each(publishedDataflows().map((published) => [published.dataflow.code, published] as const))(
    '%s: every dimension has codes with names, or stands for itself',
    (code, { dataflow }) => {
      for (const dimension of dataflow.dimensions) {
        if (dimension.code === 'area') continue;
        const list = codeListOf(code, dimension.code);
        if (list === undefined) expect(['agency', 'contract']).toContain(dimension.code);
        else expect(list.length).toBeGreaterThan(1);
      }
    },
  );

  it('tell elapsed time apart: weeks of vacancies, months of all others', () => {
    const last = (dataflow: string) => codeListOf(dataflow, 'elapsed')?.at(-1);
    expect(last('VACANCY_COHORT')).toMatchObject({ code: '26', name: { en: '26 weeks and over' } });
    expect(last('SEARCH_COHORT')).toMatchObject({ code: '36', name: { en: '36 months and over' } });
    expect(last('PERMITS')).toMatchObject({ code: '60', name: { en: '60 months and over' } });
    expect(last('GRADUATE_ENTRY')).toMatchObject({ code: '23', name: { en: '23 months' } });
  });

  it('describe the kind of each measure, and the codes that occur', async () => {
    const { measures, dimensions, months } = await service.describe('JOBS');
    expect(measures.find(({ code }) => code === 'jobs')?.kind).toBe('stock');
    expect(measures.find(({ code }) => code === 'hires')?.kind).toBe('flow');
    expect(measures.map(({ code }) => code)).not.toContain('net');
    expect(dimensions.find(({ code }) => code === 'sex')?.codes.map(({ code }) => code)).toEqual(['M', 'F']);
    expect(months).toEqual([{ from: '1402-12', to: '1403-04', calendar: 'jalali' }]);
  });

  it('name agencies and contracts as they are called', async () => {
    await write('DELIVERY', [
      ['1403-01', { agency: 'z-agency', contract: 'c', kind: 'NEW', lag: 'D0T7' }, { records: 1 }],
      ['1403-01', { agency: 'a-agency', contract: 'c', kind: 'NEW', lag: 'D0T7' }, { records: 1 }],
    ]);
    const { dimensions } = await service.describe('DELIVERY');
    expect(dimensions[0]?.codes).toEqual([
      { code: 'a-agency', name: { fa: 'a-agency', en: 'a-agency' } },
      { code: 'z-agency', name: { fa: 'z-agency', en: 'z-agency' } },
    ]);
    const asked = {
      dataflow: 'DELIVERY',
      measures: ['records'],
      by: ['kind'],
      where: { agency: ['a-agency'] },
    };
    expect(await rows(asked)).toEqual([['NEW', 1n]]);
    await expect(ask({ ...asked, where: { kind: ['OLD'] } })).rejects.toMatchObject({ code: 'unknown-code' });
  });
});

describe('the statistical calendar', () => {
  it('is that of the installation; cells of another one are another definition', async () => {
    expect(projections).toBe(projectionsIn('jalali'));
    expect(projectionsIn('gregorian').map(({ name }) => name)).toEqual(projections.map(({ name }) => name));
    expect(projections.map(({ name }) => name).slice(0, 2)).toEqual(['movements', 'intake']);
    const codes = (calendar: Calendar) => projectionsIn(calendar).map(({ register }) => register.code);
    expect(codes('gregorian')[0]).toEqual(codes('jalali')[0]);
    expect(codes('gregorian').slice(1)).toEqual(
      codes('jalali')
        .slice(1)
        .map((code) => `${code}-gregorian`),
    );
  });

  it('makes cells in its own months', async () => {
    const other = createStatistics({ store, releases: async () => [], calendar: 'gregorian' });
    await write('PLACEMENTS', [['2025-01', { area: 'IR-23' }, { placements: 2 }]], 'gregorian');
    expect((await other.describe('PLACEMENTS')).months).toEqual([
      { from: '2025-01', to: '2025-01', calendar: 'gregorian' },
    ]);
  });
});
