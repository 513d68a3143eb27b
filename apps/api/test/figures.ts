import { KarnamaError } from '@karnama/kernel';
import type { DataAnswer, DataflowDescription, DataRequest, DataValue, Release } from '@karnama/statistics';
import { createIndicators, type IndicatorService, type StatisticsService } from '@karnama/statistics';
import { memoryCellStore } from '@karnama/adapter-memory';
import type { ApiOptions, StatusReport } from '@karnama/api';

const label = (en: string) => ({ fa: `‏${en}`, en });

const flow = (code: string) => ({
  code,
  name: label(code),
  unit: label('movements'),
  definition: label(code),
  kind: 'flow' as const,
});

export const movements: DataflowDescription = {
  code: 'MOVEMENTS',
  version: 3,
  name: { fa: 'جابه‌جایی‌ها', en: 'Movements', pt: 'Movimentações' },
  description: label('Hires and separations'),
  dimensions: [
    {
      code: 'area',
      name: label('Area'),
      codes: [
        { code: 'BR', name: label('Brazil') },
        { code: 'BR-MA', name: label('Maranhão'), parent: 'BR' },
      ],
    },
    { code: 'industry', name: label('Industry'), codes: [{ code: 'C', name: label('Manufacturing') }] },
  ],
  measures: [flow('hires'), flow('net'), { ...flow('stock'), kind: 'stock' }],
  months: [{ from: '2025-01', to: '2026-01', calendar: 'gregorian' }],
};

export const releases: readonly Release[] = [
  { name: '2026-01-on-time', epoch: 1, cutAt: '2026-02-01T00:00:00.000Z' },
  { name: '۱۴۰۴-دی', epoch: 2, cutAt: '2026-02-02T00:00:00.000Z' },
];

export const report: StatusReport = {
  intake: { received: 5, accepted: 4, quarantined: 1, unexplained: 0 },
  ledger: { head: '9007199254740993' },
  projections: [{ name: 'movements', position: '9007199254740993', lag: 0 }],
  epoch: 2,
  releases: 2,
};

export type Row = readonly DataValue[];

export async function* rowsOf(rows: Iterable<Row>): AsyncGenerator<Row, void, void> {
  yield* rows;
}

const known = (code: string, what: string, value: string, values: readonly string[]): void => {
  if (!values.includes(value))
    throw new KarnamaError(code, `there is no ${what} "${value}"`, `ask for ${values.join(', ')}`);
};

const knowledgeAt = (name: string): DataAnswer['knowledge'] => {
  if (name === 'latest') return { release: 'latest', epoch: 3 };
  const release = releases.find((candidate) => candidate.name === name);
  if (release === undefined) throw new KarnamaError('unknown-release', `there is no release "${name}"`);
  return { release: name, epoch: release.epoch };
};

export type Figures = StatisticsService & { readonly asked: DataRequest[] };

/** A read side of one dataflow that answers every well-formed question with the given rows. */
export const figures = (rows: (request: DataRequest) => AsyncIterable<Row> = () => rowsOf([])): Figures => {
  const asked: DataRequest[] = [];
  return {
    asked,
    dataflows: () => [
      {
        code: movements.code,
        version: movements.version,
        name: movements.name,
        description: movements.description,
      },
    ],
    releases: async () => releases,
    describe: async (code) => {
      known('unknown-dataflow', 'dataflow', code, ['MOVEMENTS']);
      return movements;
    },
    availability: async ({ dataflow, view, asKnownAt }) => {
      known('unknown-dataflow', 'dataflow', dataflow, ['MOVEMENTS']);
      const knowledge = knowledgeAt(asKnownAt);
      return { dataflow, version: movements.version, view, knowledge, months: null, dimensions: [] };
    },
    data: async (request) => {
      known('unknown-dataflow', 'dataflow', request.dataflow, ['MOVEMENTS']);
      const all = movements.measures.map(({ code }) => code);
      request.measures.forEach((code) => known('unknown-measure', 'measure', code, all));
      Object.keys(request.where).forEach((code) =>
        known('unknown-dimension', 'dimension', code, ['area', 'industry']),
      );
      asked.push(request);
      const { dataflow, by, view } = request;
      const measures = request.measures.length === 0 ? all : request.measures;
      const knowledge = knowledgeAt(request.asKnownAt);
      return {
        dataflow,
        version: 3,
        by,
        measures,
        view,
        knowledge,
        notes: [label('mind this')],
        rows: rows(request),
      };
    },
  };
};

/** The real indicators over no cells at all. */
export const emptyIndicators = (): IndicatorService =>
  createIndicators({ store: memoryCellStore(), releases: async () => releases, calendar: 'jalali' });

/** Options of an app over the given figures whose log is silent. */
export const quiet = (statistics: StatisticsService, more: Partial<ApiOptions> = {}): ApiOptions => ({
  statistics,
  indicators: emptyIndicators(),
  status: async () => report,
  logger: false,
  ...more,
});
