import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { memoryCellStore } from '@karnama/adapter-memory';
import { createStatistics } from '@karnama/statistics';
import { parse } from 'csv-parse/sync';
import exceljs from 'exceljs';
import { quiet, report } from '../../test/figures.js';
import { jalaliReleases, sampleIndicators } from '../../test/indicator-cells.js';
import { startApi, type RunningApi } from '../api.js';

let running: RunningApi;

beforeAll(async () => {
  const store = memoryCellStore();
  const indicators = await sampleIndicators(store);
  const releases = async () => jalaliReleases;
  const statistics = createStatistics({ store, releases, calendar: 'jalali' });
  const status = async () => ({ ...report, projections: [{ name: 'person', position: '3', lag: 0 }] });
  running = await startApi(quiet(statistics, { indicators, status }), { port: 0 });
});

afterAll(() => running.close());

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${running.url}${path}`, { headers });

const bytes = async (path: string): Promise<Buffer> => {
  const response = await get(path);
  expect([path, response.status]).toEqual([path, 200]);
  return Buffer.from(await response.arrayBuffer());
};

const opened = async (path: string): Promise<exceljs.Workbook> => {
  const workbook = new exceljs.Workbook();
  // the type of exceljs wants a Buffer of its own making
  await workbook.xlsx.load((await bytes(path)) as unknown as exceljs.Buffer);
  return workbook;
};

const sheetIn = (workbook: exceljs.Workbook, at: number): exceljs.Worksheet => {
  const sheet = workbook.worksheets[at];
  if (sheet === undefined) throw new Error(`there is no sheet ${at}`);
  return sheet;
};

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

const textsOf = (sheet: exceljs.Worksheet): string[][] => {
  const rows: string[][] = [];
  sheet.eachRow((row) => {
    const values = row.values as unknown[];
    rows.push(Array.from({ length: values.length - 1 }, (_, i) => textOf(values[i + 1])));
  });
  return rows;
};

const notesOf = (workbook: exceljs.Workbook): ReadonlyMap<string, string> =>
  new Map(textsOf(sheetIn(workbook, 1)).map(([heading = '', text = '']) => [heading, text]));

type Row = Readonly<Record<string, string | null>>;

const rowsAt = async (path: string): Promise<readonly Row[]> =>
  ((await (await get(path)).json()) as { rows: Row[] }).rows;

const question = '/api/indicators/HIRES/data?by=area&freq=Q&asKnownAt=bahar&change=previous';

describe('a workbook of an indicator', () => {
  it('has the figures of the answer as numbers, with codes, names, Jalali periods and ISO days', async () => {
    const sheet = sheetIn(await opened(`${question}&format=xlsx&lang=en`), 0);
    const [header, ...lines] = textsOf(sheet);
    expect(header?.slice(0, 7)).toEqual([
      'Period',
      'Period code',
      'First day (ISO 8601)',
      'Last day (ISO 8601)',
      'Area',
      'Area (code)',
      'Hires (jobs)',
    ]);
    const rows = await rowsAt(question);
    expect(lines.map((line) => [line[1], line[5], line[6]])).toEqual(
      rows.map(({ period, area, value }) => [period, area, value ?? '']),
    );
    expect(rows.some(({ value }) => Number(value) > 0)).toBe(true);
    expect(lines[0]?.slice(0, 4)).toEqual(['Spring 1403', '1403-Q1', '2024-03-20', '2024-06-20']);
    expect(sheet.getCell('G2').type).toBe(exceljs.ValueType.Number);
    expect(sheet.getCell('G2').numFmt).toBe('#,##0');
  });

  it('reads from right to left in Persian, with Persian digits that are numbers', async () => {
    const workbook = await opened(`${question}&format=xlsx`);
    const sheet = sheetIn(workbook, 0);
    expect([sheet.name, sheet.views[0]?.rightToLeft]).toEqual(['داده‌ها', true]);
    expect([sheet.getCell('A1').value, sheet.getCell('A2').value]).toEqual(['دوره', 'بهار ۱۴۰۳']);
    expect(sheet.getCell('A1').alignment.readingOrder).toBe('rtl');
    expect(sheet.getCell('G2').numFmt).toBe('[$-3000429]#,##0');
    expect(typeof sheet.getCell('G2').value).toBe('number');
    expect(sheetIn(workbook, 1).views[0]?.rightToLeft).toBe(true);
  });

  it('keeps the decimals of the indicator and says why there is no figure', async () => {
    const path = '/api/indicators/HIRE_R/data?from=1403-02&to=1403-09&freq=M&asKnownAt=bahar';
    const sheet = sheetIn(await opened(`${path}&format=xlsx&lang=en`), 0);
    const rows = await rowsAt(path);
    const told = rows.findIndex(({ value }) => value !== null);
    const missing = rows.findIndex(({ value }) => value === null);
    expect(sheet.getRow(told + 2).getCell(5).value).toBe(Number(rows[told]?.['value']));
    expect(sheet.getRow(told + 2).getCell(5).numFmt).toBe('#,##0.00');
    expect(sheet.getRow(missing + 2).getCell(5).value).toBeNull();
    expect(rows[missing]?.['reason']).toBe('not-yet');
    expect(textsOf(sheet)[missing + 1]?.join()).toContain('It is too early');
  });

  it('says in its notes what the figures mean, what was known, and the hash they are sealed by', async () => {
    const response = await get(question);
    const hash = response.headers.get('karnama-content-hash')?.replace('sha256=', '');
    const notes = notesOf(await opened(`${question}&format=xlsx&lang=en`));
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.fromEntries(notes)).toMatchObject({
      Indicator: 'HIRES',
      'As known at release': 'bahar',
      'Cut on': '2024-07-01T00:00:00.000Z',
      'Knowledge epoch': '1',
      'Content hash (SHA-256)': hash,
      Licence: 'CC-BY-4.0',
    });
    expect(notes.get('Formula')).not.toBe('');
    expect(notes.get('Made of the records (contracts)')).toContain('employment-starts');
    expect(notes.has('Ledger counted at least to position')).toBe(false);
    const now = notesOf(await opened('/api/indicators/HIRES/data?format=xlsx&lang=en'));
    expect(now.get('Ledger counted at least to position')).toBe('3');
  });

  it('is the same byte by byte for the same question at the same release', async () => {
    const first = await bytes(`${question}&format=xlsx`);
    const again = await bytes(
      '/api/indicators/HIRES/data?format=xlsx&change=previous&asKnownAt=bahar&freq=Q&by=area',
    );
    expect(again.equals(first)).toBe(true);
    const { created, modified } = await opened(`${question}&format=xlsx`);
    const cut = '2024-07-01T00:00:00.000Z';
    expect([created.toISOString(), modified.toISOString()]).toEqual([cut, cut]);
    expect((await bytes(`${question}&format=xlsx&lang=en`)).equals(first)).toBe(false);
  });

  it('is named by what it is, the release and the hash, and is not sent to who has it', async () => {
    const path = `${question.replace('bahar', encodeURIComponent('تابستان'))}&area=IR-23&format=xlsx`;
    const response = await get(path);
    const disposition = response.headers.get('content-disposition') ?? '';
    const hash = response.headers.get('karnama-content-hash')?.replace('sha256=', '').slice(0, 12);
    expect(decodeURIComponent(disposition.split("filename*=UTF-8''")[1] ?? '')).toBe(
      `HIRES_IR-23_تابستان_${hash}.xlsx`,
    );
    const again = await get(path, { 'if-none-match': response.headers.get('etag') ?? '' });
    expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0]);
  });
});

describe('CSV for Excel', () => {
  it('begins with a byte order mark, and every row says where it comes from', async () => {
    const content = await bytes(`${question}&format=excel-csv&lang=fa`);
    expect([...content.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = parse<Row>(content, { bom: true, columns: true, record_delimiter: '\r\n' });
    const rows = await rowsAt(question);
    expect(lines.map((line) => line['کد دوره'])).toEqual(rows.map(({ period }) => period));
    expect(lines.map((line) => Object.values(line)[6])).toEqual(rows.map(({ value }) => value ?? ''));
    expect(new Set(lines.map((line) => line['دانسته‌های انتشار']))).toEqual(new Set(['bahar']));
    expect(lines[0]?.['چکیدهٔ محتوا (SHA-256)']).toMatch(/^[0-9a-f]{64}$/);
  });

  it('leaves the plain CSV as it is', async () => {
    const content = await bytes(`${question}&format=csv`);
    expect(content.subarray(0, 6).toString()).toBe('period');
  });
});

const table = '/api/data/JOBS?measure=jobs,hires&by=month,area&from=1403-01&to=1403-03&asKnownAt=bahar';

describe('files of a dataflow', () => {
  it('have the rows of the answer', async () => {
    const rows = await rowsAt(table);
    expect(rows.length).toBeGreaterThan(2);
    const sheet = sheetIn(await opened(`${table}&format=xlsx&lang=en`), 0);
    const [header, ...lines] = textsOf(sheet);
    expect(header?.slice(0, 2)).toEqual(['Month', 'Month (code)']);
    expect(lines.map((line) => [line[1], line[4], Number(line[5]), Number(line[6])])).toEqual(
      rows.map(({ month, area, jobs, hires }) => [month, area, jobs, hires]),
    );
  });

  it('carry the SHA-256 of the plain CSV, which anyone can check', async () => {
    const hash = createHash('sha256')
      .update(await bytes(`${table}&format=csv`))
      .digest('hex');
    const notes = notesOf(await opened(`${table}&format=xlsx&lang=en`));
    expect(notes.get('Content hash (SHA-256)')).toBe(hash);
    const response = await get(`${table}&format=excel-csv`);
    expect(response.headers.get('karnama-content-hash')).toBe(`sha256=${hash}`);
    const { contentHash } = (await (await get(table.replace('?', '/metadata?'))).json()) as {
      contentHash: { value: string };
    };
    expect(contentHash.value).toBe(hash);
  });
});

describe('metadata of an answer', () => {
  it('tells definition, formula, sources, what was known, hash, licence and citation', async () => {
    const response = await get(`${question.replace('/data?', '/metadata?')}&area=IR-23`);
    const answer = await get(`${question}&area=IR-23`);
    const body = (await response.json()) as { citation: { fa: string; en: string } };
    expect(body).toMatchObject({
      code: 'HIRES',
      unit: { fa: 'شغل', en: 'jobs' },
      sources: expect.arrayContaining(['employment-starts']) as unknown,
      question: { by: ['area'], where: { area: ['IR-23'] }, freq: 'Q' },
      knowledge: { release: 'bahar', epoch: 1, cutAt: '2024-07-01T00:00:00.000Z', position: null },
      contentHash: {
        algorithm: 'SHA-256',
        value: answer.headers.get('karnama-content-hash')?.replace('sha256=', ''),
      },
      licence: 'CC-BY-4.0',
    });
    expect(body.citation.en).toContain('Release bahar, cut on 1 July 2024');
    expect(body.citation.fa).toContain('انتشار bahar، بسته‌شده در ۱۱ تیر ۱۴۰۳');
  });

  it('is the same for ever at a release', async () => {
    const path = question.replace('/data?', '/metadata?');
    expect((await bytes(path)).equals(await bytes(path))).toBe(true);
  });
});

describe('availability', () => {
  type Told = {
    months: { from: string; to: string } | null;
    dimensions: { code: string; values: { code: string; months: number }[] }[];
  };
  const available = async (query: string): Promise<Told> =>
    (await (await get(`/api/data/JOBS/availability?${query}`)).json()) as Told;
  const codesOf = ({ dimensions }: Told, dimension: string) =>
    dimensions.find(({ code }) => code === dimension)?.values.map(({ code }) => code);

  it('names the codes that have figures, and the months up to the last one reported in', async () => {
    const told = await available('');
    expect(codesOf(told, 'area')).toEqual(['IR-21', 'IR-23']);
    expect(codesOf(told, 'sex')).toEqual(['F', 'M']);
    expect(told.months).toEqual({ from: '1402-12', to: '1403-06' });
    const months = told.dimensions.find(({ code }) => code === 'sex')?.values;
    expect(months).toEqual([
      { code: 'F', months: 2 },
      { code: 'M', months: 7 },
    ]);
  });

  it('is narrowed by the other filters, not by a dimension’s own', async () => {
    const told = await available('area=IR-21');
    expect(codesOf(told, 'area')).toEqual(['IR-21', 'IR-23']);
    expect(codesOf(told, 'sex')).toEqual(['F']);
  });

  it('is as known at a release', async () => {
    const told = await available('asKnownAt=bahar');
    expect(codesOf(told, 'area')).toEqual(['IR-23']);
    expect(told.months?.to).toBe('1403-03');
  });

  it('refuses what it has no meaning for', async () => {
    expect((await get('/api/data/JOBS/availability?by=area')).status).toBe(400);
    expect((await get('/api/data/NONE/availability')).status).toBe(404);
    expect((await get('/api/data/JOBS/availability?area=XX')).status).toBe(400);
  });
});

describe('a profile of an area', () => {
  const profile = '/api/profile?indicator=EMP_JOBS:M,HIRE_R:Q&area=IR-23&asKnownAt=bahar';

  it('has the series of each indicator, with the decimals of each', async () => {
    const rows = await rowsAt(profile);
    for (const [indicator, freq] of [
      ['EMP_JOBS', 'M'],
      ['HIRE_R', 'Q'],
    ] as const) {
      const own = await rowsAt(`/api/indicators/${indicator}/data?area=IR-23&freq=${freq}&asKnownAt=bahar`);
      expect(own.length).toBeGreaterThan(0);
      expect(
        rows.filter((row) => row['indicator'] === indicator).map(({ period, value }) => [period, value]),
      ).toEqual(own.map(({ period, value }) => [period, value]));
    }
    const workbook = await opened(`${profile}&format=xlsx&lang=en`);
    const lines = textsOf(sheetIn(workbook, 0)).slice(1);
    expect(lines.map((line) => [line[1], line[3], line[6]])).toEqual(
      rows.map(({ indicator, period, value }) => [
        indicator,
        period,
        value === null ? '' : String(Number(value)),
      ]),
    );
    const formats = rows.map(
      (_, at) =>
        sheetIn(workbook, 0)
          .getRow(at + 2)
          .getCell(7).numFmt,
    );
    expect([...new Set(formats)]).toEqual(['#,##0', '#,##0.00']);
    const { title } = (await (await get(profile.replace('?', '/metadata?'))).json()) as {
      title: { en: string };
    };
    // few indicators are named in the title, many are not
    expect(title.en).toMatch(/, .+: Tehran$/);
    expect(notesOf(workbook).get('Title')).toBe(title.en);
    const six = 'EMP_JOBS:M,EMP_PERS:M,HIRES:M,SEPS:M,HIRE_R:M,SEP_R:M';
    const many = await opened(`/api/profile?indicator=${six}&area=IR-23&asKnownAt=bahar&format=xlsx&lang=en`);
    expect(notesOf(many).get('Title')).toBe('Headline indicators: Tehran');
  });

  it('is cut to a range of months', async () => {
    const all = await rowsAt(profile);
    const months = all.flatMap(({ indicator, period }) => (indicator === 'EMP_JOBS' ? [String(period)] : []));
    const [from, to] = [months[1] ?? '', months.at(-2) ?? ''];
    const cut = await rowsAt(`${profile}&from=${from}&to=${to}`);
    expect(cut.flatMap(({ indicator, period }) => (indicator === 'EMP_JOBS' ? [period] : []))).toEqual(
      months.slice(1, -1),
    );
    const about = (await (
      await get(`${profile.replace('?', '/metadata?')}&from=${from}&to=${to}`)
    ).json()) as {
      question: object;
      forms: { csv: string };
    };
    expect(about.question).toMatchObject({ from, to });
    expect(about.forms.csv).toContain(`from=${from}&to=${to}`);
    expect((await get(`${profile}&from=spring`)).status).toBe(400);
  });

  it('names its hash alike in every form', async () => {
    const { contentHash } = (await (await get(profile.replace('?', '/metadata?'))).json()) as {
      contentHash: { value: string };
    };
    for (const format of ['json', 'csv', 'excel-csv', 'xlsx'])
      expect([
        format,
        (await get(`${profile}&format=${format}`)).headers.get('karnama-content-hash'),
      ]).toEqual([format, `sha256=${contentHash.value}`]);
  });

  it('refuses what is no indicator or no frequency', async () => {
    expect((await get('/api/profile')).status).toBe(400);
    expect((await get('/api/profile?indicator=HIRES')).status).toBe(400);
    expect((await get('/api/profile?indicator=WEATHER:M')).status).toBe(404);
  });
});
