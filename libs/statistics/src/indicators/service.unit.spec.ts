import { beforeAll, describe, expect, it } from '@jest/globals';
import { memoryCellStore } from '@karnama/adapter-memory';
import type { CellStore } from '@karnama/cells';
import { parseMonth } from '@karnama/kernel';
import { keptDataflow } from '../catalogue.js';
import type { Release } from '../request.js';
import { indicators } from './catalogue.js';
import { flow, of, percent } from './expression.js';
import { sharesIn, type Indicator } from './indicator.js';
import type { IndicatorRequest, IndicatorService } from './request.js';
import { createIndicators } from './service.js';

type Cell = {
  readonly month: string;
  readonly codes: Readonly<Record<string, string>>;
  readonly measures: Readonly<Record<string, number>>;
  readonly epoch?: number;
};

/** Cells written by hand into the tables of the real dataflows; dimensions that are not named are `_U`. */
const write = async (store: CellStore, dataflow: string, cells: readonly Cell[]): Promise<void> => {
  const { projection, dataflow: spec } = keptDataflow(dataflow, 'jalali');
  await store.transact(await store.open(projection), (tx) =>
    tx.add(
      dataflow,
      cells.map(({ month, codes, measures, epoch = 1 }) => ({
        month: parseMonth(month),
        declared: parseMonth(month),
        epoch,
        codes: spec.dimensions.map(({ code }) => codes[code] ?? '_U'),
        measures: [...spec.measures.map(({ code }) => measures[code] ?? 0), 1, 0],
      })),
    ),
  );
};

/** Sets the open epoch of every projection that the dataflows belong to. */
const openEpoch = async (store: CellStore, dataflows: readonly string[], epoch: number): Promise<void> => {
  for (const projection of new Set(dataflows.map((code) => keptDataflow(code, 'jalali').projection))) {
    const generation = await store.open(projection);
    const from = await store.checkpoint(generation);
    await store.transact(generation, (tx) =>
      tx.advance(from, { ...from, position: from.position + BigInt(epoch), epoch }),
    );
  }
};

const delivered = (month: string, epoch = 1, more: Readonly<Record<string, string>> = {}): Cell => ({
  month,
  codes: { agency: 'social-insurance', contract: 'employment-starts', kind: 'NEW', lag: 'D0T7', ...more },
  measures: { records: 1 },
  epoch,
});

const releases: readonly Release[] = [
  { name: 'first', epoch: 1, cutAt: '2025-01-01T00:00:00.000Z' },
  { name: 'second', epoch: 2, cutAt: '2025-04-01T00:00:00.000Z' },
];

const serviceOver = (store: CellStore, more: Partial<Parameters<typeof createIndicators>[0]> = {}) =>
  createIndicators({ store, releases: async () => releases, calendar: 'jalali', ...more });

let service: IndicatorService;
let store: CellStore;

const tehran = { area: 'IR-23', industry: 'C', sex: 'M' };
const yazd = { area: 'IR-21', industry: 'G', sex: 'F' };
const used = ['JOBS', 'DELIVERY', 'SKILL_DEMAND'];

beforeAll(async () => {
  store = memoryCellStore();
  service = serviceOver(store);
  await write(store, 'DELIVERY', [delivered('1403-01'), delivered('1403-12'), delivered('1404-05', 2)]);
  await write(store, 'JOBS', [
    { month: '1402-11', codes: tehran, measures: { jobs: 100 } },
    { month: '1403-02', codes: tehran, measures: { jobs: 30, hires: 40, separations: 10 } },
    { month: '1403-02', codes: yazd, measures: { jobs: 7, hires: 7 } },
    { month: '1403-05', codes: tehran, measures: { jobs: -20, separations: 20 } },
    { month: '1404-02', codes: tehran, measures: { jobs: 10, hires: 10 }, epoch: 2 },
    // known later: one hire more in 1403-02
    { month: '1403-02', codes: tehran, measures: { jobs: 1, hires: 1 }, epoch: 2 },
    // declared and taken back: nothing is left of it
    { month: '1403-03', codes: { area: 'IR-05' }, measures: { jobs: 3, hires: 3 } },
    { month: '1403-03', codes: { area: 'IR-05' }, measures: { jobs: -3, hires: -3 }, epoch: 2 },
  ]);
  await openEpoch(store, used, 3);
});

const ask = async (indicator: string, more: Partial<IndicatorRequest> = {}, from = service) => {
  const { rows } = await from.data({
    indicator,
    by: [],
    where: {},
    freq: 'M',
    asKnownAt: 'latest',
    ...more,
  });
  return rows;
};

const table = async (indicator: string, more: Partial<IndicatorRequest> = {}) =>
  (await ask(indicator, more)).map(({ period, codes, value, reason }) => [period, ...codes, value ?? reason]);

describe('a question to an indicator', () => {
  it('without periods is answered for every period that is wholly known', async () => {
    const months = await table('EMP_JOBS');
    expect(months).toHaveLength(17);
    expect(months[0]).toEqual(['1403-01', '100']);
    expect(months[1]).toEqual(['1403-02', '138']);
    expect(months.at(-1)).toEqual(['1404-05', '128']);
    expect(await table('EMP_JOBS', { freq: 'Q' })).toEqual([
      ['1403-Q1', '138'],
      ['1403-Q2', '118'],
      ['1403-Q3', '118'],
      ['1403-Q4', '118'],
      ['1404-Q1', '128'],
    ]);
    expect(await table('EMP_JOBS', { freq: 'A' })).toEqual([['1403', '118']]);
  });

  it('adds flows up over the period, and says why a period has no figure', async () => {
    expect(await table('HIRES', { freq: 'Q', from: '1402-12', to: '1404-04' })).toEqual([
      ['1402-Q4', 'before-start'],
      ['1403-Q1', '48'],
      ['1403-Q2', '0'],
      ['1403-Q3', '0'],
      ['1403-Q4', '0'],
      ['1404-Q1', '10'],
      ['1404-Q2', 'not-yet'],
    ]);
    expect(await table('HIRES', { freq: 'M', from: '1404-04', to: '1404-06' })).toEqual([
      ['1404-04', '0'],
      ['1404-05', '0'],
      ['1404-06', 'not-yet'],
    ]);
  });

  it('rounds the exact value once, to the decimals of the indicator or those asked for', async () => {
    // 100 · 2 · 48 / (100 + 138)
    const range = { from: '1403-02', to: '1403-02' };
    expect(await table('HIRE_R', range)).toEqual([['1403-02', '40.34']]);
    expect(await table('HIRE_R', { ...range, decimals: 6 })).toEqual([['1403-02', '40.336134']]);
  });

  it('is grouped and filtered by dimensions; groups that came to nothing are left out', async () => {
    const range = { from: '1403-02', to: '1403-03' };
    expect(await table('HIRES', { by: ['area'], ...range })).toEqual([
      ['1403-02', 'IR-21', '7'],
      ['1403-02', 'IR-23', '41'],
      ['1403-03', 'IR-21', '0'],
      ['1403-03', 'IR-23', '0'],
    ]);
    expect(await table('HIRES', { by: ['area@country', 'sex'], from: '1403-02', to: '1403-02' })).toEqual([
      ['1403-02', 'IR', 'F', '7'],
      ['1403-02', 'IR', 'M', '41'],
    ]);
    expect(await table('HIRES', { where: { industry: ['G', 'F'] }, ...range })).toEqual([
      ['1403-02', '7'],
      ['1403-03', '0'],
    ]);
    expect(await table('HIRES', { where: { area: ['IR'] }, from: '1403-02', to: '1403-02' })).toEqual([
      ['1403-02', '48'],
    ]);
  });

  it('answers for the groups that it names, also when they have no cells', async () => {
    const range = { from: '1403-02', to: '1403-02' };
    expect(await table('HIRES', { by: ['area'], where: { area: ['IR-23', 'IR-01'] }, ...range })).toEqual([
      ['1403-02', 'IR-01', '0'],
      ['1403-02', 'IR-23', '41'],
    ]);
    expect(await table('HIRE_R', { by: ['area'], where: { area: ['IR-01'] }, ...range })).toEqual([
      ['1403-02', 'IR-01', 'no-denominator'],
    ]);
    expect(await table('HIRES', { where: { area: ['IR-01'] }, ...range })).toEqual([['1403-02', '0']]);
    const byCountry = { by: ['area@country'], where: { area: ['IR', 'IR-01'] }, ...range };
    expect(await table('HIRES', byCountry)).toEqual([['1403-02', 'IR', '48']]);
  });

  it('answers for groups that it names by any dimension, areas of the level of the column', async () => {
    const range = { from: '1403-02', to: '1403-02' };
    const none = { industry: ['A'] };
    expect(await table('HIRES', { by: ['sex'], where: { ...none, sex: ['F', 'M'] }, ...range })).toEqual([
      ['1403-02', 'F', '0'],
      ['1403-02', 'M', '0'],
    ]);
    const areas = { ...none, area: ['IR', 'IR-10'] };
    expect(await table('HIRES', { by: ['area'], where: areas, ...range })).toEqual([
      ['1403-02', 'IR-10', '0'],
    ]);
    expect(await table('HIRES', { by: ['area@country'], where: areas, ...range })).toEqual([
      ['1403-02', 'IR', '0'],
    ]);
  });

  it('is answered as known at a release: figures and horizon of that time', async () => {
    const at = { asKnownAt: 'first', freq: 'M' as const };
    expect((await table('EMP_JOBS', at)).at(-1)).toEqual(['1403-12', '120']);
    expect(await table('HIRES', { ...at, from: '1403-02', to: '1403-03' })).toEqual([
      ['1403-02', '47'],
      ['1403-03', '3'],
    ]);
    const { knowledge } = await service.data({ indicator: 'HIRES', by: [], where: {}, ...at });
    expect(knowledge).toEqual({ release: 'first', epoch: 1 });
  });

  it('compares with the period before and with the same a year before, exactly', async () => {
    const [row] = await ask('EMP_JOBS', { from: '1404-02', to: '1404-02', change: ['previous', 'year'] });
    expect(row).toMatchObject({
      value: '128',
      changes: {
        previous: { absolute: '10', percent: '8.47' },
        year: { absolute: '-10', percent: '-7.25' },
      },
    });
    const [quarter] = await ask('HIRES', {
      freq: 'Q',
      from: '1404-01',
      to: '1404-01',
      change: ['previous', 'year'],
    });
    expect(quarter?.changes).toEqual({
      previous: { absolute: '10', percent: null },
      year: { absolute: '-38', percent: '-79.17' },
    });
    const [first] = await ask('EMP_JOBS', { from: '1403-01', to: '1403-01', change: ['previous'] });
    expect(first?.changes).toEqual({ previous: { absolute: null, percent: null } });
  });

  it('compares shares in points only, from the exact values', async () => {
    // 40.336134… − 0 : of HIRE_R in 1403-02 and 1403-01
    const [row] = await ask('HIRE_R', { from: '1403-02', to: '1403-02', change: ['previous'] });
    expect(row?.changes).toEqual({ previous: { absolute: '40.34' } });
    expect(Object.keys((await ask('HIRE_R', { from: '1403-02', to: '1403-02' }))[0] ?? {})).not.toContain(
      'changes',
    );
  });

  it.each([
    ['unknown-indicator', { indicator: 'WEATHER' }],
    ['unknown-dimension', { by: ['tenure'] }],
    ['unknown-dimension', { by: ['month'] }],
    ['unknown-dimension', { where: { wage: ['W0020'] } }],
    ['unknown-dimension', { by: ['sex@country'] }],
    ['unknown-dimension', { by: ['area@local'] }],
    ['unknown-code', { where: { sex: ['X'] } }],
    ['unknown-code', { where: { area: ['IR:2301'] } }],
    ['unknown-release', { asKnownAt: 'never' }],
    ['bad-month', { from: '1403-13' }],
    ['bad-request', { from: '1403-02', to: '1403-01' }],
    ['bad-request', { by: ['area', 'area@country'] }],
    ['bad-request', { by: ['area', 'industry', 'sex', 'age'] }],
    ['bad-request', { indicator: 'EMP_STABLE', freq: 'M' as const }],
    ['bad-request', { indicator: 'SKILL_GAP' }],
  ] as const satisfies readonly (readonly [string, Partial<IndicatorRequest>])[])(
    'refuses with %s: %j',
    async (code, request: Partial<IndicatorRequest>) => {
      await expect(ask(request.indicator ?? 'HIRES', request)).rejects.toMatchObject({ code });
    },
  );

  it('waits for every projection that it needs to have counted the release', async () => {
    const behind = memoryCellStore();
    await write(behind, 'DELIVERY', [delivered('1403-01')]);
    await openEpoch(behind, ['JOBS'], 2);
    const asked = ask('HIRES', { asKnownAt: 'first' }, serviceOver(behind));
    await expect(asked).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('before anything is known', () => {
  it('there are no periods, and those asked for have no data', async () => {
    const empty = serviceOver(memoryCellStore());
    expect(await ask('HIRES', {}, empty)).toEqual([]);
    expect(await ask('HIRES', { from: '1403-01', to: '1403-01' }, empty)).toEqual([
      { period: '1403-01', codes: [], value: null, reason: 'no-data' },
    ]);
    expect(await empty.describe('HIRES')).toMatchObject({ coverage: null });
  });
});

describe('a figure of a cohort', () => {
  const cohorts = memoryCellStore();
  const own = serviceOver(cohorts);
  beforeAll(async () => {
    await write(cohorts, 'DELIVERY', [delivered('1403-01'), delivered('1404-01')]);
    await write(cohorts, 'JOBSEEKERS', [
      { month: '1403-05', codes: { area: 'IR-23' }, measures: { inflow: 3, placed_6: 2 } },
      { month: '1403-04', codes: { area: 'IR-23' }, measures: { inflow: 4, placed_6: 1 } },
      { month: '1403-07', codes: { area: 'IR-23' }, measures: { inflow: 2, placed_6: 1 } },
      { month: '1403-08', codes: { area: 'IR-23' }, measures: { inflow: 2, placed_6: 1 } },
    ]);
  });

  it('is there when it is ripe, and provisional for three months more', async () => {
    const rows = await ask('PLACE_6', { from: '1403-04', to: '1403-08' }, own);
    expect(rows.map(({ period, value, reason, status }) => [period, value ?? reason, status])).toEqual([
      ['1403-04', '25.00', undefined],
      ['1403-05', '66.67', 'provisional'],
      ['1403-06', 'no-denominator', undefined],
      ['1403-07', '50.00', 'provisional'],
      ['1403-08', 'not-yet', undefined],
    ]);
  });
});

describe('formulas over parts of a dataflow', () => {
  const parts = memoryCellStore();
  const own = serviceOver(parts);
  beforeAll(async () => {
    await write(parts, 'DELIVERY', [
      delivered('1403-01'),
      delivered('1403-12'),
      delivered('1403-06', 1, { kind: 'CORRECTION', lag: 'D32T61' }),
      delivered('1403-06', 2, { kind: 'WITHDRAWAL' }),
      delivered('1403-06', 2, { lag: 'D32T61' }),
      delivered('1403-06', 2, { lag: 'D16T31' }),
      delivered('1403-06', 2, { lag: 'D_GE366', contract: 'wage-reports' }),
    ]);
    await write(parts, 'JOB_FLOWS', [
      {
        month: '1403-01',
        codes: { freq: 'M', area: 'IR-23' },
        measures: { created_opening: 5, created_expansion: 1, jobs_twice: 20 },
      },
      {
        month: '1403-03',
        codes: { freq: 'M', area: 'IR-23' },
        measures: { destroyed_closing: 3, jobs_twice: 4 },
      },
      {
        month: '1403-03',
        codes: { freq: 'Q', area: 'IR-23' },
        measures: { created_expansion: 3, jobs_twice: 30 },
      },
      { month: '1403-06', codes: { freq: 'Q', area: 'IR-23' }, measures: { jobs_twice: -10 } },
    ]);
    await write(parts, 'WAGES', [
      {
        month: '1403-01',
        codes: { area: 'IR-23', sex: 'M', wage: 'W0100' },
        measures: { wage_sum: 40000, wage_earners: 2 },
      },
      {
        month: '1403-01',
        codes: { area: 'IR-23', sex: 'F', wage: 'W0080' },
        measures: { wage_sum: 15000, wage_earners: 1 },
      },
      {
        month: '1403-01',
        codes: { area: 'IR-21', sex: 'M', wage: 'W_GE2000' },
        measures: { wage_sum: 10000, wage_earners: 1 },
      },
    ]);
    const skill = (code: string, value: number, area = 'IR-23') => ({
      month: '1403-06',
      codes: { area, skill: code },
      measures: { posts: value, certificates: value * value },
    });
    await write(parts, 'SKILL_DEMAND', [skill('WELD', 1), skill('ELEC', 3), skill('ICT', 1, 'IR-21')]);
    await write(parts, 'TRAINING', [skill('WELD', 1), skill('ELEC', 3), skill('ICT', 1, 'IR-21')]);
    await write(parts, 'SEARCH', [
      { month: '1403-01', codes: { area: 'IR-23', duration: 'M0T2' }, measures: { jobseekers: 5 } },
      { month: '1403-01', codes: { area: 'IR-23', duration: 'M12T23' }, measures: { jobseekers: 2 } },
      { month: '1403-01', codes: { area: 'IR-23', duration: 'M_GE24' }, measures: { jobseekers: 1 } },
    ]);
    await write(parts, 'INTAKE', [
      {
        month: '1403-12',
        codes: { agency: 'a', contract: 'c', outcome: 'ACCEPTED' },
        measures: { records: 8 },
      },
      {
        month: '1403-12',
        codes: { agency: 'a', contract: 'c', outcome: 'bad-day' },
        measures: { records: 1 },
      },
      {
        month: '1403-12',
        codes: { agency: 'a', contract: 'c', outcome: 'bad-area' },
        measures: { records: 1 },
      },
    ]);
  });
  const values = async (indicator: string, more: Partial<IndicatorRequest>) =>
    (await ask(indicator, more, own)).map(({ period, codes, value, reason, note }) =>
      [period, ...codes, value ?? reason, note].filter((part) => part !== undefined).join(' '),
    );

  it('compare establishments over the frequency asked for', async () => {
    expect(await values('JC', { from: '1403-01', to: '1403-03' })).toEqual([
      '1403-01 6',
      '1403-02 0',
      '1403-03 0',
    ]);
    expect(await values('JD', { from: '1403-03', to: '1403-03' })).toEqual(['1403-03 3']);
    expect(await values('JC', { freq: 'Q', from: '1403-01', to: '1403-06' })).toEqual([
      '1403-Q1 3',
      '1403-Q2 0',
    ]);
    expect(await values('JCR', { from: '1403-01', to: '1403-01' })).toEqual(['1403-01 60.00']);
    expect(await values('JCR', { freq: 'Q', from: '1403-01', to: '1403-06' })).toEqual([
      '1403-Q1 20.00',
      '1403-Q2 0.00',
    ]);
    expect(await values('JDR', { by: ['area'], from: '1403-03', to: '1403-03' })).toEqual([
      '1403-03 IR-23 25.00',
    ]);
  });

  it('tell parts of a dimension apart that the question cannot ask for', async () => {
    const month = { from: '1403-01', to: '1403-01' };
    // men (40000 + 10000) / 3, women 15000
    expect(await values('WAGE_GAP', month)).toEqual(['1403-01 10.00']);
    expect(await values('WAGE_GAP', { ...month, by: ['area'] })).toEqual([
      '1403-01 IR-21 no-denominator',
      '1403-01 IR-23 25.00',
    ]);
    expect(await values('LT_SHARE', month)).toEqual(['1403-01 37.50']);
    expect(await values('WAGE_MEAN', { ...month, by: ['area', 'sex'] })).toEqual([
      '1403-01 IR-21 M 100',
      '1403-01 IR-23 F 150',
      '1403-01 IR-23 M 200',
    ]);
  });

  it('read percentiles from the bands of each group', async () => {
    const month = { from: '1403-01', to: '1403-01' };
    expect(await values('WAGE_MED', { ...month, where: { area: ['IR-23'] } })).toEqual(['1403-01 85000000']);
    expect(await values('WAGE_MED', { ...month, where: { area: ['IR-21'] } })).toEqual([
      '1403-01 2000000000 at-least',
    ]);
  });

  it('look at a dimension as a whole and at its codes at once', async () => {
    const year = { from: '1403-12', to: '1403-12' };
    // demand 1/4 and 3/4, supply 1/10 and 9/10 in Tehran
    expect(await values('SKILL_GAP', { ...year, by: ['area', 'skill'] })).toEqual([
      '1403-12 IR-21 ICT 0.000',
      '1403-12 IR-23 ELEC -0.182',
      '1403-12 IR-23 WELD 0.916',
    ]);
    expect(await values('SKILL_GAP', { ...year, by: ['skill', 'area'], where: { skill: ['WELD'] } })).toEqual(
      ['1403-12 WELD IR-23 0.916'],
    );
    // the nation: 1/5 of demand, 1/11 of supply
    expect(await values('SKILL_GAP', { ...year, where: { skill: ['WELD'] } })).toEqual(['1403-12 0.788']);
    expect(await values('SKILL_GAP', { ...year, by: ['area'], where: { skill: ['WELD'] } })).toEqual([
      '1403-12 IR-23 0.916',
    ]);
    expect(await values('SKILL_GAP', { ...year, where: { skill: ['HAND'] } })).toEqual(['1403-12 no-data']);
    expect(await values('SKILL_GAP', { by: ['skill'], from: '1403-11', to: '1403-11' })).toContain(
      '1403-11 ELEC before-start',
    );
  });

  it('count the intake by the months in which records came in', async () => {
    expect(await values('DQ_REJ', {})).toEqual(['1403-12 20.00']);
    expect(await values('DQ_BAL', { by: ['agency', 'contract'] })).toEqual(['1403-12 a c 0']);
    expect(await values('DQ_REJ', { from: '1403-10', to: '1403-10' })).toEqual(['1403-10 before-start']);
  });

  it('tell how records came in', async () => {
    const june = { from: '1403-06', to: '1403-06', by: ['contract'] };
    expect(await values('DQ_CORR_SH', june)).toEqual([
      '1403-06 employment-starts 50.00',
      '1403-06 wage-reports 0.00',
    ]);
    expect(await values('DQ_LAG50', june)).toEqual([
      '1403-06 employment-starts 32',
      '1403-06 wage-reports 366 at-least',
    ]);
  });

  it('count records of each kind that came in between two times of knowledge', async () => {
    expect(await own.deliveries(1, 2)).toEqual([
      {
        agency: 'social-insurance',
        contract: 'employment-starts',
        onTime: 1,
        late: 1,
        corrections: 0,
        withdrawals: 1,
      },
      {
        agency: 'social-insurance',
        contract: 'wage-reports',
        onTime: 0,
        late: 1,
        corrections: 0,
        withdrawals: 0,
      },
    ]);
    expect(await own.deliveries(0, 1)).toEqual([
      {
        agency: 'social-insurance',
        contract: 'employment-starts',
        onTime: 2,
        late: 0,
        corrections: 1,
        withdrawals: 0,
      },
    ]);
    expect(await own.deliveries(2, 9)).toEqual([]);
  });
});

describe('an indicator that is added as a definition only', () => {
  const added: Indicator = sharesIn('employment')({
    code: 'HIRES_PER_SEP',
    name: { fa: 'استخدام به ازای صد جدایی', en: 'Hires per hundred separations' },
    definition: { fa: 'استخدام‌ها به درصد جدایی‌ها.', en: 'Hires in percent of separations.' },
    formula: percent(flow(of('JOBS')('hires')), flow(of('JOBS')('separations'))),
    dimensions: ['area'],
    sources: ['employment-starts', 'employment-ends'],
    reference: 'made up here',
  });

  it('is available at a release that was cut before it existed', async () => {
    const before = serviceOver(store);
    await expect(ask('HIRES_PER_SEP', {}, before)).rejects.toMatchObject({ code: 'unknown-indicator' });
    const after = serviceOver(store, { indicators: [...indicators, added] });
    const request = { freq: 'A' as const, asKnownAt: 'first' };
    expect(await ask('HIRES_PER_SEP', request, after)).toEqual([
      { period: '1403', codes: [], value: '166.67' },
    ]);
    expect(after.list().map(({ code }) => code)).toContain('HIRES_PER_SEP');
  });
});

describe('the description of an indicator', () => {
  it('tells its definition, its formula in words, what it is made of, and how current it is', async () => {
    const told = await serviceOver(store, { head: async () => 10n }).describe('HIRE_R');
    expect(told).toMatchObject({
      code: 'HIRE_R',
      name: { fa: 'نرخ استخدام', en: 'Hire rate' },
      theme: { code: 'employment', name: { en: 'Employment and worker flows' } },
      unit: { fa: 'درصد', en: '%' },
      dataflows: ['JOBS'],
      coverage: { first: '1403-01', last: '1404-05' },
      freshness: { position: '3', epoch: 3, lag: '7' },
    });
    expect(told.formula.en).toBe(
      '100 × 2 × Hires ÷ (Jobs at the beginning of the period + Jobs at the end of the period)',
    );
    expect((await service.describe('HIRE_R')).freshness.lag).toBeNull();
    expect((await serviceOver(store, { head: async () => 1n }).describe('HIRE_R')).freshness.lag).toBe('0');
    await expect(service.describe('WEATHER')).rejects.toMatchObject({ code: 'unknown-indicator' });
  });

  it('takes the least of the projections that the formula needs', async () => {
    expect((await service.describe('JVR')).freshness).toEqual({ position: '3', epoch: 3, lag: null });
    expect((await service.describe('TIGHT')).dataflows).toEqual(['VACANCIES', 'JOBSEEKERS']);
    expect((await service.describe('CHURN_R')).freshness).toEqual({ position: '0', epoch: 1, lag: null });
  });

  it('is short in the list', () => {
    const [first] = service.list();
    expect(first).toMatchObject({
      code: 'EMP_JOBS',
      decimals: 0,
      kind: 'level',
      frequencies: ['M', 'Q', 'A'],
    });
    expect(first).not.toHaveProperty('formula');
    expect(service.list().find(({ code }) => code === 'SKILL_GAP')).toMatchObject({
      requiredDimensions: ['skill'],
    });
    expect(service.list().find(({ code }) => code === 'PLACE_6')).toMatchObject({ ripeMonths: 6 });
  });
});
