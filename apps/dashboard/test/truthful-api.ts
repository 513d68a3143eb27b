import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import {
  lineageOf,
  nameOfCode,
  parentOf,
  sampleOpeningStock,
  sampleReleases,
  type SampleCell,
} from './sample-cells.js';

type Figure = bigint | null;

const levels = ['country', 'state', 'local'] as const;

/** The two dataflows: one stops at states, the other goes down to municipalities. */
const shapes = {
  MOVEMENTS: { depth: 2, dimensions: ['area', 'industry', 'sex'] },
  MOVEMENTS_LOCAL: { depth: 3, dimensions: ['area', 'industry'] },
} as const;

type DataflowCode = keyof typeof shapes;

const label = (fa: string, en: string) => ({ fa, en });

const dataflowNames = {
  MOVEMENTS: label('ورود و خروج نیروی کار', 'Labour movements'),
  MOVEMENTS_LOCAL: label('ورود و خروج در شهرستان‌ها', 'Labour movements by municipality'),
} as const;

const measures = [
  ['hires', 'ورود به کار', 'Hires', 'flow'],
  ['separations', 'خروج از کار', 'Separations', 'flow'],
  ['net', 'خالص ورود', 'Net movements', 'flow'],
  ['stock', 'موجودی شغل', 'Stock of jobs', 'stock'],
] as const;

const dimensionNames = {
  area: label('ناحیه', 'Area'),
  industry: label('رشته‌فعالیت', 'Industry'),
  sex: label('جنس', 'Sex'),
} as const;

class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly mend: string,
  ) {
    super(message);
  }
}

const areaAt = (area: string, depth: number): string | undefined => lineageOf(area)[depth - 1];

const describe = (cells: readonly SampleCell[], code: DataflowCode) => {
  const { depth, dimensions } = shapes[code];
  const areas = new Set(cells.flatMap((cell) => lineageOf(cell.area).slice(0, depth)));
  const codesOf = (dimension: string) =>
    dimension === 'area'
      ? [...areas].sort().map((area) => ({
          code: area,
          name: nameOfCode('area', area),
          ...(parentOf(area) === undefined ? {} : { parent: parentOf(area) }),
          level: levels[lineageOf(area).length - 1],
        }))
      : [...new Set(cells.map((cell) => cell[dimension as 'industry' | 'sex']))]
          .sort()
          .map((one) => ({ code: one, name: nameOfCode(dimension, one) }));
  const monthsOf = (calendar: 'jalali' | 'gregorian') => {
    const months = cells.map((cell) => cell.month).filter((m) => m < '1600' === (calendar === 'jalali'));
    return months.length === 0 ? [] : [{ from: months.sort()[0], to: months.at(-1), calendar }];
  };
  return {
    code,
    version: 1,
    name: dataflowNames[code],
    description: dataflowNames[code],
    dimensions: dimensions.map((dimension) => ({
      code: dimension,
      name: dimensionNames[dimension],
      codes: codesOf(dimension),
      ...(dimension === 'area' ? { levels: levels.slice(0, depth) } : {}),
    })),
    measures: measures.map(([measure, fa, en, kind]) => ({
      code: measure,
      name: label(fa, en),
      unit: label('نفر', 'movements'),
      definition: label(
        `${fa}: شمار رویدادهای اعلام‌شده پس از برداشتن پس‌گرفته‌ها.`,
        `${en}: declared events less those taken back.`,
      ),
      kind,
    })),
    months: [...monthsOf('jalali'), ...monthsOf('gregorian')],
  };
};

const knowledgeOf = (name: string) => {
  if (name === 'latest') return { release: 'latest', epoch: 3 };
  const release = sampleReleases.find((one) => one.name === name);
  if (release === undefined)
    throw new Refused(
      'unknown-release',
      `there is no release "${name}"`,
      'choose one of /api/releases, or latest',
    );
  return { release: release.name, epoch: release.epoch };
};

const columnOf = (cell: SampleCell, column: string, view: string, depth: number): string => {
  if (column === 'month') return view === 'declared' ? cell.declared : cell.month;
  const [dimension, level] = column.split('@');
  if (dimension === 'area')
    return areaAt(cell.area, level === undefined ? depth : levels.indexOf(level as 'state') + 1) ?? '';
  return cell[dimension as 'industry' | 'sex'];
};

const sum = (cells: readonly SampleCell[], of: (cell: SampleCell) => bigint): bigint =>
  cells.reduce((total, cell) => total + of(cell), 0n);

const net = (cell: SampleCell): bigint => cell.hires - cell.separations;

const figureOf = (measure: string, group: readonly SampleCell[], stockAt: () => Figure): Figure => {
  if (measure === 'hires') return sum(group, (cell) => cell.hires);
  if (measure === 'separations') return sum(group, (cell) => cell.separations);
  if (measure === 'net') return sum(group, net);
  if (measure === 'stock') return stockAt();
  throw new Refused('unknown-measure', `there is no measure "${measure}"`, 'choose one of the dataflow');
};

/** Answers a data request by summing the cells; the page and the spec both ask this. */
export const answerFrom = (cells: readonly SampleCell[], code: DataflowCode, query: URLSearchParams) => {
  const asked = (key: string): string[] => (query.get(key) ?? '').split(',').filter((part) => part !== '');
  const { depth } = shapes[code];
  const view = query.get('view') ?? 'effective';
  const knowledge = knowledgeOf(query.get('asKnownAt') ?? 'latest');
  const by = asked('by');
  const areas = asked('area');
  const known = cells.filter(
    (cell) =>
      cell.epoch <= knowledge.epoch &&
      (areas.length === 0 || areas.some((a) => lineageOf(cell.area).includes(a))),
  );
  for (const area of areas)
    if (!cells.some((cell) => lineageOf(cell.area).slice(0, depth).includes(area)))
      throw new Refused('unknown-code', `area has no code "${area}"`, `see /api/dataflows/${code}`);
  const monthOf = (cell: SampleCell): string => columnOf(cell, 'month', view, depth);
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? '9'];
  const groups = new Map<string, SampleCell[]>();
  for (const cell of known.filter((one) => monthOf(one) >= from && monthOf(one) <= to)) {
    const key = by.map((column) => columnOf(cell, column, view, depth)).join('\n');
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  const hasStock = view === 'effective' && areas.join() === sampleOpeningStock.area && by.join() === 'month';
  const rows = [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, group]) => {
      const keys = key.split('\n');
      const stockAt = (): Figure =>
        hasStock
          ? sampleOpeningStock.stock +
            sum(
              known.filter((cell) => cell.month <= (keys[0] ?? '')),
              net,
            )
          : null;
      return Object.fromEntries([
        ...by.map((column, i) => [column, keys[i] ?? '']),
        ...asked('measure').map((measure) => [measure, figureOf(measure, group, stockAt)]),
      ]) as Record<string, string | Figure>;
    });
  const notes =
    asked('measure').includes('stock') && !hasStock
      ? [
          label(
            'موجودی تعریف نشده است: برای این گزینش موجودی آغازینی اعلام نشده است.',
            'The stock is not defined: no opening stock was declared for this choice.',
          ),
        ]
      : [];
  return { dataflow: code, version: 1, view, knowledge, by, measures: asked('measure'), notes, rows };
};

const json = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    typeof one !== 'bigint' ? one : one <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(one) : String(one),
  );

const apiAnswer = (cells: readonly SampleCell[], url: URL): unknown => {
  const [, , resource, code] = url.pathname.split('/');
  if (resource === 'status')
    return {
      intake: { received: 412_357, accepted: 412_290, quarantined: 67, unexplained: 0 },
      ledger: { head: '412360' },
      projections: [{ name: 'movements', position: '412360', lag: 0 }],
      epoch: 3,
      releases: sampleReleases.length,
    };
  if (resource === 'releases') return { releases: sampleReleases };
  if (resource === 'dataflows' && code === undefined)
    return {
      dataflows: Object.entries(dataflowNames).map(([one, name]) => ({
        code: one,
        version: 1,
        name,
        description: name,
      })),
    };
  if (code === undefined || !(code in shapes))
    throw new Refused('unknown-dataflow', `there is no dataflow "${code}"`, 'choose one of /api/dataflows');
  return resource === 'data'
    ? answerFrom(cells, code as DataflowCode, url.searchParams)
    : describe(cells, code as DataflowCode);
};

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const contentPolicy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:";

const sendFile = async (response: ServerResponse, directory: string, path: string): Promise<void> => {
  const file = join(directory, normalize(path === '/' ? '/index.html' : path));
  const content = await readFile(file);
  response.writeHead(200, {
    'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': contentPolicy,
    // as the program has it: what carries a hash of its content in its name never changes
    'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  response.end(content);
};

const sendApi = (response: ServerResponse, cells: readonly SampleCell[], url: URL): void => {
  try {
    response.setHeader('content-type', 'application/json').end(json(apiAnswer(cells, url)));
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown;
    const { code, message, mend } = thrown;
    response.writeHead(404, { 'content-type': 'application/problem+json' }).end(
      json({
        type: `urn:karnama:problem:${code}`,
        title: message,
        status: 404,
        detail: message,
        code,
        mend,
      }),
    );
  }
};

/** The figures stand still: one event, and then nothing. */
const sendEvents = (response: ServerResponse): void => {
  const news = {
    id: '3-412360',
    epoch: 3,
    position: '412360',
    head: '412360',
    lag: { events: 0, seconds: 0 },
    changed: [],
    span: null,
  };
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(`id: ${news.id}\nevent: figures\ndata: ${JSON.stringify(news)}\n\n`);
};

/** Serves the built page under its content policy and answers the API from the cells. */
export const serve = async (
  directory: string,
  cells: readonly SampleCell[],
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/api/events') sendEvents(response);
    else if (url.pathname.startsWith('/api/')) sendApi(response, cells, url);
    else sendFile(response, directory, url.pathname).catch(() => response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
