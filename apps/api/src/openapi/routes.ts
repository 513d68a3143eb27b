import { applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiProduces, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ref } from './schemas.js';

/** What a route promises, for the OpenAPI document; one function per route. */
export type Promised = ReturnType<typeof applyDecorators>;

export const json = (schema: string, description: string): Promised =>
  ApiResponse({ status: 200, description, content: { 'application/json': { schema: ref(schema) } } });

export const problemExample = (code: string, status: number, detail: string, mend: string): object => ({
  type: `urn:karnama:problem:${code}`,
  title: code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' '),
  status,
  detail,
  code,
  mend,
});

export const refused = (status: number, description: string, example: object): Promised =>
  ApiResponse({
    status,
    description,
    content: { 'application/problem+json': { schema: ref('Problem'), example } },
  });

const unknownDataflow = (): Promised =>
  refused(
    404,
    'There is no such dataflow',
    problemExample('unknown-dataflow', 404, 'there is no dataflow "MOVES"', 'GET /api/dataflows lists them'),
  );

export const failures = (): Promised =>
  applyDecorators(
    refused(
      503,
      'The store does not answer; Retry-After says when to ask again',
      problemExample(
        'unavailable',
        503,
        'the figures cannot be read at the moment',
        'ask again in a few seconds; nothing was lost',
      ),
    ),
    ApiResponse({
      status: 'default',
      description: 'Any other failure; it is logged under the correlation id',
      content: { 'application/problem+json': { schema: ref('Problem') } },
    }),
  );

export const unchanged = (): Promised =>
  ApiResponse({ status: 304, description: 'Unchanged since the answer whose ETag If-None-Match names' });

const dataflowParam = (): Promised =>
  ApiParam({ name: 'dataflow', schema: { type: 'string', examples: ['MOVEMENTS'] } });

export const describeDataflows = (): Promised =>
  applyDecorators(
    ApiTags('catalogue'),
    ApiOperation({ operationId: 'listDataflows', summary: 'The dataflows there are' }),
    json('Dataflows', 'Every dataflow with its name'),
    unchanged(),
    failures(),
  );

export const describeDataflow = (): Promised =>
  applyDecorators(
    ApiTags('catalogue'),
    ApiOperation({
      operationId: 'describeDataflow',
      summary: 'Everything a client needs to ask a dataflow and to label the answer',
    }),
    dataflowParam(),
    json('Dataflow', 'Dimensions with their codes, measures with their definitions, months with data'),
    unchanged(),
    unknownDataflow(),
    failures(),
  );

export const describeReleases = (): Promised =>
  applyDecorators(
    ApiTags('catalogue'),
    ApiOperation({ operationId: 'listReleases', summary: 'The releases, oldest first' }),
    json('Releases', 'Each release with the knowledge epoch it ends'),
    unchanged(),
    failures(),
  );

export const describeStatus = (): Promised =>
  applyDecorators(
    ApiTags('status'),
    ApiOperation({
      operationId: 'status',
      summary: 'What was received, what became of it, and how current the figures are',
    }),
    json('Status', 'received = accepted + quarantined, or the difference is shown as unexplained'),
    failures(),
  );

export type Parameter = {
  readonly name: string;
  readonly description: string;
  readonly schema: object;
};

const parameters: readonly Parameter[] = [
  {
    name: 'measure',
    description:
      'Codes of measures separated by commas, derived ones included; all of them when it is left away',
    schema: { type: 'string', examples: ['hires,separations,net,stock'] },
  },
  {
    name: 'by',
    description:
      'Columns to group by: month, declared, dimensions, or a coarser level such as area@state; one total row when it is empty',
    schema: { type: 'string', default: '', examples: ['month,area@state'] },
  },
  {
    name: 'from',
    description: 'First month, Gregorian or Jalali',
    schema: { type: 'string', examples: ['2025-01'] },
  },
  { name: 'to', description: 'Last month', schema: { type: 'string', examples: ['2026-01'] } },
  {
    name: 'asKnownAt',
    description:
      'Name of a release: the figures as they were known when it was cut. A day, 2025-05-01 or 1404-02-11: as known at its end. latest: all that is known',
    schema: { type: 'string', default: 'latest' },
  },
  {
    name: 'view',
    description:
      'effective: corrections count in the month they are about. declared: in the month they were declared',
    schema: { type: 'string', enum: ['effective', 'declared'], default: 'effective' },
  },
  {
    name: 'format',
    description: 'Form of the answer; when it is left away the Accept header decides',
    schema: { type: 'string', enum: ['json', 'csv', 'excel-csv', 'xlsx'] },
  },
  {
    name: 'lang',
    description: 'Language of the names and headings of a file (excel-csv, xlsx)',
    schema: { type: 'string', enum: ['fa', 'en'], default: 'fa' },
  },
];

export const filters: Parameter = {
  name: 'filters',
  description:
    'Every other parameter filters the dimension it names: codes separated by commas, each for itself and everything below it',
  schema: {
    type: 'object',
    additionalProperties: { type: 'string' },
    examples: [{ area: 'BR-MA,BR-MS', industry: 'C' }],
  },
};

const answerExample = {
  dataflow: 'MOVEMENTS',
  version: 1,
  view: 'effective',
  knowledge: { release: 'latest', epoch: 3 },
  by: ['month'],
  measures: ['hires', 'net', 'stock'],
  notes: [],
  rows: [{ month: '2026-01', hires: 1200, net: -15, stock: null }],
};

export const describeData = (): Promised =>
  applyDecorators(
    ApiTags('data'),
    ApiOperation({
      operationId: 'askData',
      summary: 'Figures of a dataflow, filtered and grouped, as known at a release or now',
      description:
        'The answer is streamed. One that breaks off without the end of its transfer coding is incomplete: discard it.',
    }),
    dataflowParam(),
    ...parameters.map((parameter) => ApiQuery({ ...parameter, required: false })),
    ApiQuery({ ...filters, required: false, style: 'form', explode: true }),
    ApiProduces('application/json', 'text/csv'),
    ApiResponse({
      status: 200,
      description: 'One row per group, ascending by the columns of by',
      headers: {
        'karnama-knowledge': { description: 'Release and epoch of the answer', schema: { type: 'string' } },
        'karnama-dataflow': { description: 'Dataflow and version of the answer', schema: { type: 'string' } },
      },
      content: {
        'application/json': { schema: ref('Answer'), example: answerExample },
        'text/csv': {
          schema: { type: 'string', examples: ['month,hires,net,stock\r\n2026-01,1200,-15,\r\n'] },
        },
      },
    }),
    unchanged(),
    refused(
      400,
      'A part of the request is unknown or not well formed',
      problemExample(
        'unknown-measure',
        400,
        'MOVEMENTS has no measure "hired"',
        'ask for one of hires, separations, net, stock',
      ),
    ),
    unknownDataflow(),
    refused(
      406,
      'The Accept header allows neither JSON nor CSV',
      problemExample(
        'not-acceptable',
        406,
        'figures are served as application/json and text/csv',
        'ask for one of these',
      ),
    ),
    failures(),
  );
