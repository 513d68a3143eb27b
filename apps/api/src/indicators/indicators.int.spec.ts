import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem } from '@karnama/nest';
import { indicators, type KnowledgeComparison } from '@karnama/statistics';
import { figures, quiet } from '../../test/figures.js';
import { sampleIndicators } from '../../test/indicator-cells.js';
import { startApi, type RunningApi } from '../api.js';

let running: RunningApi;

beforeAll(async () => {
  const indicators = await sampleIndicators();
  const statistics = { ...figures(), releases: () => indicators.releases() };
  running = await startApi(quiet(statistics, { indicators }), { port: 0 });
});

afterAll(() => running.close());

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${running.url}${path}`, { headers });

const json = async (path: string): Promise<unknown> => (await get(path)).json();

describe('the list of indicators', () => {
  it('names each with its unit, decimals, theme, frequencies and dimensions', async () => {
    const response = await get('/api/indicators');
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const { indicators } = (await response.json()) as { indicators: { code: string }[] };
    expect(indicators[0]).toEqual({
      code: 'EMP_JOBS',
      name: { fa: 'مشاغل ثبت‌شده', en: 'Registered jobs' },
      theme: {
        code: 'employment',
        name: { fa: 'اشتغال و جابه‌جایی نیروی کار', en: 'Employment and worker flows' },
      },
      unit: { fa: 'شغل', en: 'jobs' },
      decimals: 0,
      kind: 'level',
      frequencies: ['M', 'Q', 'A'],
      dimensions: ['area', 'industry', 'occupation', 'sex', 'age', 'contract'],
      dataflows: ['JOBS'],
      sources: ['employment-starts', 'employment-changes', 'employment-ends', 'employment-withdrawals'],
      additivity: { time: false, area: true },
    });
    expect(indicators.map(({ code }) => code)).toEqual(expect.arrayContaining(['TIGHT', 'DQ_BAL', 'HGE_R']));
  });

  it('is not sent again to who has it', async () => {
    const tag = (await get('/api/indicators')).headers.get('etag') ?? '';
    expect((await get('/api/indicators', { 'if-none-match': tag })).status).toBe(304);
  });
});

describe('an indicator', () => {
  it('tells its definition, formula in words, sources, coverage and freshness', async () => {
    expect(await json('/api/indicators/JSK_RATIO')).toMatchObject({
      code: 'JSK_RATIO',
      formula: {
        fa: '۱۰۰ × جویندگان کار در پایان دوره ÷ (جویندگان کار در پایان دوره + شاغلان در پایان دوره)',
        en: '100 × Jobseekers at the end of the period ÷ (Jobseekers at the end of the period + Persons in work at the end of the period)',
      },
      coverage: { first: '1403-01', last: '1403-06' },
      freshness: { position: '3', epoch: 3, lag: '2' },
    });
  });

  it('that does not exist is 404', async () => {
    for (const path of ['', '/data', '/revisions']) {
      const response = await get(`/api/indicators/WEATHER${path}`);
      expect(response.status).toBe(404);
      expect(((await response.json()) as Problem).code).toBe('unknown-indicator');
    }
  });
});

describe('figures of an indicator', () => {
  it('come by period and code, as exact decimal text, with the reason where there is none', async () => {
    const path = '/api/indicators/HIRES/data?by=area&freq=Q&from=1403-01&to=1403-09&where=';
    expect((await get(path)).status).toBe(400);
    expect(await json('/api/indicators/HIRES/data?by=area&freq=Q&from=1403-01&to=1403-09')).toEqual({
      indicator: 'HIRES',
      freq: 'Q',
      by: ['area'],
      unit: { fa: 'شغل', en: 'jobs' },
      decimals: 0,
      kind: 'level',
      change: [],
      knowledge: { release: 'latest', epoch: 3 },
      rows: [
        { period: '1403-Q1', area: 'IR-21', value: '0' },
        { period: '1403-Q1', area: 'IR-23', value: '41' },
        { period: '1403-Q2', area: 'IR-21', value: '7' },
        { period: '1403-Q2', area: 'IR-23', value: '0' },
        { period: '1403-Q3', area: 'IR-21', value: null, reason: 'not-yet' },
        { period: '1403-Q3', area: 'IR-23', value: null, reason: 'not-yet' },
      ],
    });
  });

  it('come as CSV too, with the changes that were asked for', async () => {
    const path = '/api/indicators/EMP_JOBS/data?area=IR-23&from=1403-02&to=1403-02&change=previous,year';
    const response = await get(path, { accept: 'text/csv' });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="EMP_JOBS.csv"');
    expect(response.headers.get('karnama-knowledge')).toBe('latest; epoch=3');
    expect(await response.text()).toBe(
      'period,value,reason,status,note,change_previous,change_previous_percent,change_year,change_year_percent\r\n' +
        '1403-02,141,,,,41,41.00,,\r\n',
    );
    const shares = await get('/api/indicators/HIRE_R/data?from=1403-02&to=1403-02&change=year&format=csv');
    expect(await shares.text()).toBe('period,value,reason,status,note,change_year\r\n1403-02,34.02,,,,\r\n');
  });

  it('are asked at the first frequency of the indicator unless one is named', async () => {
    expect(await json('/api/indicators/EMP_STABLE/data')).toMatchObject({ freq: 'Q' });
    expect(await json('/api/indicators/HIRES/data')).toMatchObject({ freq: 'M' });
  });

  it('as known at a release never change again: they may be kept, and are told apart by a tag', async () => {
    const path = `/api/indicators/HIRES/data?from=1403-02&to=1403-02&asKnownAt=${encodeURIComponent('bahar')}`;
    const response = await get(path);
    expect(await response.json()).toMatchObject({ rows: [{ period: '1403-02', value: '40' }] });
    expect(response.headers.get('cache-control')).toBe('public, max-age=300, must-revalidate');
    const tag = response.headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\/".+"$/);
    const again = await get(path, { 'if-none-match': tag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const latest = await get('/api/indicators/HIRES/data?from=1403-02&to=1403-02');
    expect(latest.headers.get('cache-control')).toBe('no-cache');
    expect(latest.headers.get('etag')).not.toBe(tag);
    expect(latest.headers.get('vary')).toContain('accept');
  });

  it.each([
    ['bad-request', 'freq=W'],
    ['bad-request', 'change=decade'],
    ['bad-request', 'format=xml'],
    ['bad-request', 'by=area&by=sex'],
    ['bad-request', 'by=area,area'],
    ['bad-request', 'area='],
    ['bad-month', 'from=1403-00'],
    ['unknown-dimension', 'tenure=M0T2'],
    ['unknown-code', 'area=XX'],
    ['unknown-release', 'asKnownAt=never'],
  ])('refuse with %s: %s', async (code, query) => {
    const response = await get(`/api/indicators/HIRES/data?${query}`);
    expect(response.status).toBe(400);
    expect(((await response.json()) as Problem).code).toBe(code);
  });

  it('refuse a form that is none of theirs', async () => {
    expect((await get('/api/indicators/HIRES/data', { accept: 'text/html' })).status).toBe(406);
  });
});

describe('an indicator that was redefined between two releases', () => {
  /** Twice the hires, until the day of the first release. */
  const catalogue = indicators
    .filter(({ code }) => code === 'HIRES')
    .map((hires) => ({
      ...hires,
      versions: [
        {
          through: '2024-07-01',
          definition: { fa: 'دو برابر استخدام‌ها', en: 'Twice the hires' },
          formula: { op: 'times', factor: 2, of: hires.formula } as const,
        },
      ],
    }));
  let redefined: RunningApi;

  beforeAll(async () => {
    const service = await sampleIndicators(undefined, catalogue);
    const statistics = { ...figures(), releases: () => service.releases() };
    redefined = await startApi(quiet(statistics, { indicators: service }), { port: 0 });
  });
  afterAll(() => redefined.close());

  const ask = async <T>(path: string): Promise<T> =>
    (await (await fetch(`${redefined.url}${path}`)).json()) as T;
  const told = (query: string) =>
    ask<{ definedThrough?: string; rows: { value: string }[] }>(
      `/api/indicators/HIRES/data?from=1403-02&to=1403-02&${query}`,
    );

  it('is told by the definition of today, or of then when asked so', async () => {
    expect(await told('asKnownAt=bahar')).toMatchObject({ rows: [{ value: '40' }] });
    expect(await told('asKnownAt=bahar&definition=today')).not.toHaveProperty('definedThrough');
    expect(await told('asKnownAt=bahar&definition=then')).toMatchObject({
      definedThrough: '2024-07-01',
      rows: [{ value: '80' }],
    });
    expect(await told('definition=then')).toMatchObject({ rows: [{ value: '41' }] });
    expect(await told('definition=yesterday')).toMatchObject({ code: 'bad-request' });
    expect(await ask('/api/indicators/HIRES')).toMatchObject({ versions: [{ through: '2024-07-01' }] });
  });

  it('has a definition effect in the comparison of the two', async () => {
    const { indicators: compared } = await ask<KnowledgeComparison>(
      `/api/changes?from=bahar&to=${encodeURIComponent('تابستان')}`,
    );
    expect(compared).toEqual([
      expect.objectContaining({
        redefined: true,
        figures: expect.arrayContaining([
          expect.objectContaining({
            period: '1403-02',
            old: '80',
            new: '41',
            effects: { definition: '-40', late: '1', corrections: '0' },
          }),
        ]) as unknown,
      }),
    ]);
  });

  it('says beside its files by which definition it was told', async () => {
    const path = '/api/indicators/HIRES/metadata?asKnownAt=bahar&freq=M&lang=en';
    expect(JSON.stringify(await ask(path))).not.toContain('Twice the hires');
    const then = await ask<{ definition: object; forms: { xlsx: string } }>(`${path}&definition=then`);
    expect(then.definition).toMatchObject({ en: 'Twice the hires' });
    expect(then.forms.xlsx).toContain('&definition=then');
  });
});

describe('revisions of an indicator', () => {
  it('are the triangle of periods and releases', async () => {
    expect(await json('/api/indicators/HIRES/revisions?area=IR-23&freq=M&to=1403-04')).toEqual({
      indicator: 'HIRES',
      freq: 'M',
      decimals: 0,
      releases: ['bahar', 'تابستان'],
      periods: [
        { period: '1403-01', values: ['0', '0'] },
        { period: '1403-02', values: ['40', '41'] },
        { period: '1403-03', values: ['0', '0'] },
        { period: '1403-04', values: [null, '0'] },
      ],
      summary: {
        n: 3,
        suppressed: true,
        meanRevision: null,
        meanAbsoluteRevision: null,
        relativeMeanAbsoluteRevision: null,
        signChanges: null,
      },
    });
  });

  it('are told of one series at every release', async () => {
    for (const query of ['by=area', 'asKnownAt=bahar', 'definition=then', 'change=year'])
      expect((await get(`/api/indicators/HIRES/revisions?${query}`)).status).toBe(400);
  });
});

describe('what changed between two releases', () => {
  const changes = (query: string): Promise<unknown> =>
    json(`/api/releases/${encodeURIComponent('تابستان')}/changes?${query}`);

  it('is told by indicator and by agency', async () => {
    const answer = (await changes('since=bahar')) as {
      indicators: { indicator: string }[];
    };
    expect(answer).toMatchObject({
      release: { name: 'تابستان', epoch: 2 },
      since: { name: 'bahar', epoch: 1 },
      deliveries: [
        {
          agency: 'social-insurance',
          contract: 'employment-starts',
          onTime: 1,
          late: 1,
          corrections: 1,
          withdrawals: 0,
        },
      ],
    });
    expect(answer.indicators.find(({ indicator }) => indicator === 'HIRES')).toEqual({
      indicator: 'HIRES',
      freq: 'M',
      by: [],
      newPeriods: [
        { period: '1403-04', codes: [], old: null, new: '0', effects: null },
        { period: '1403-05', codes: [], old: null, new: '7', effects: null },
        { period: '1403-06', codes: [], old: null, new: '0', effects: null },
      ],
      revised: [
        {
          period: '1403-02',
          codes: [],
          old: '40',
          new: '41',
          effects: { definition: '0', late: '1', corrections: '0' },
        },
      ],
    });
  });

  it('may be asked of an area', async () => {
    const answer = (await changes('since=bahar&area=IR-21')) as {
      indicators: { indicator: string; revised: unknown[] }[];
    };
    expect(answer.indicators.find(({ indicator }) => indicator === 'HIRES')?.revised).toEqual([]);
    expect(answer.indicators.map(({ indicator }) => indicator)).not.toContain('DQ_LAG50');
  });

  it('goes from an earlier to a later one', async () => {
    expect(await changes('')).toMatchObject({ status: 400, code: 'bad-request' });
    expect(await changes('since=never')).toMatchObject({ status: 400, code: 'unknown-release' });
    expect(await json('/api/releases/bahar/changes?since=bahar')).toMatchObject({ code: 'bad-request' });
  });
});
