import { applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiProduces, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  failures,
  filters,
  json,
  problemExample,
  refused,
  unchanged,
  type Parameter,
  type Promised,
} from './routes.js';
import { ref } from './schemas.js';

const indicatorParam = (): Promised =>
  ApiParam({ name: 'indicator', schema: { type: 'string', examples: ['EMP_JOBS'] } });

const unknownIndicator = (): Promised =>
  refused(
    404,
    'There is no such indicator',
    problemExample(
      'unknown-indicator',
      404,
      'there is no indicator "JOBS"',
      'GET /api/indicators or karnama indicators lists them',
    ),
  );

const badRequest = (): Promised =>
  refused(
    400,
    'A part of the request is unknown or not well formed',
    problemExample('unknown-dimension', 400, 'TIGHT has no dimension "sex"', 'one of area'),
  );

const range: readonly Parameter[] = [
  {
    name: 'freq',
    description: 'Months, quarters or years; the first frequency of the indicator when it is left away',
    schema: { type: 'string', enum: ['M', 'Q', 'A'] },
  },
  {
    name: 'from',
    description: 'A month of the first period; all periods that are given when both are left away',
    schema: { type: 'string', examples: ['1403-01'] },
  },
  {
    name: 'to',
    description: 'A month of the last period',
    schema: { type: 'string', examples: ['1404-12'] },
  },
];

const parameters: readonly Parameter[] = [
  {
    name: 'by',
    description:
      'At most three dimensions to group by, or area@country; one figure a period when it is empty',
    schema: { type: 'string', default: '', examples: ['area,sex'] },
  },
  ...range,
  {
    name: 'asKnownAt',
    description:
      'Name of a release: the figures as they were known when it was cut. A day, 2025-05-01 or 1404-02-11: as known at its end. latest: all that is known',
    schema: { type: 'string', default: 'latest' },
  },
  {
    name: 'definition',
    description:
      'By which definition a release or a day is told: that of today, or the one that was in force then',
    schema: { type: 'string', enum: ['today', 'then'], default: 'today' },
  },
  {
    name: 'change',
    description: 'Changes on the period before, and on the same period a year before',
    schema: { type: 'string', examples: ['previous,year'] },
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

const queries = (list: readonly Parameter[]): readonly Promised[] => [
  ...list.map((parameter) => ApiQuery({ ...parameter, required: false })),
  ApiQuery({ ...filters, required: false, style: 'form', explode: true }),
];

export const describeIndicators = (): Promised =>
  applyDecorators(
    ApiTags('indicators'),
    ApiOperation({ operationId: 'listIndicators', summary: 'The indicators there are' }),
    json('Indicators', 'Every indicator, theme by theme'),
    unchanged(),
    failures(),
  );

export const describeIndicator = (): Promised =>
  applyDecorators(
    ApiTags('indicators'),
    ApiOperation({
      operationId: 'describeIndicator',
      summary: 'Definition, formula in words, sources, caveats, coverage and freshness of an indicator',
    }),
    indicatorParam(),
    json('Indicator', 'The indicator'),
    unchanged(),
    unknownIndicator(),
    failures(),
  );

const answerExample = {
  indicator: 'EMP_JOBS',
  freq: 'Q',
  by: ['area'],
  unit: { fa: 'شغل', en: 'jobs' },
  decimals: 0,
  kind: 'level',
  change: [],
  knowledge: { release: 'latest', epoch: 3 },
  rows: [
    { period: '1403-Q1', area: 'IR-23', value: '1200' },
    { period: '1403-Q2', area: 'IR-23', value: null, reason: 'not-yet' },
  ],
};

export const describeIndicatorData = (): Promised =>
  applyDecorators(
    ApiTags('indicators'),
    ApiOperation({
      operationId: 'askIndicator',
      summary: 'Figures of an indicator, filtered and grouped, as known at a release or now',
    }),
    indicatorParam(),
    ...queries(parameters),
    ApiProduces('application/json', 'text/csv'),
    ApiResponse({
      status: 200,
      description: 'One row per period and group, by period and then by code',
      headers: {
        'karnama-knowledge': { description: 'Release and epoch of the answer', schema: { type: 'string' } },
      },
      content: {
        'application/json': { schema: ref('IndicatorAnswer'), example: answerExample },
        'text/csv': {
          schema: {
            type: 'string',
            examples: ['period,area,value,reason,status,note\r\n1403-Q1,IR-23,1200,,,\r\n'],
          },
        },
      },
    }),
    unchanged(),
    badRequest(),
    unknownIndicator(),
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

export const describeRevisions = (): Promised =>
  applyDecorators(
    ApiTags('indicators'),
    ApiOperation({
      operationId: 'revisionsOfIndicator',
      summary: 'What every release told of one series, and how far the first figures lie from the last ones',
    }),
    indicatorParam(),
    ...queries(range),
    json('Revisions', 'The triangle of periods and releases'),
    unchanged(),
    badRequest(),
    unknownIndicator(),
    failures(),
  );

export const describeChanges = (): Promised =>
  applyDecorators(
    ApiTags('catalogue'),
    ApiOperation({
      operationId: 'changesOfRelease',
      summary: 'What a release tells otherwise than an earlier one, and the records that came in between',
      description:
        'Filters choose an area or another part; only indicators that have the dimension are compared.',
    }),
    ApiParam({ name: 'release', schema: { type: 'string', examples: ['1404-06'] } }),
    ApiQuery({ name: 'since', required: true, schema: { type: 'string', examples: ['1404-05'] } }),
    ApiQuery({ ...filters, required: false, style: 'form', explode: true }),
    json('ReleaseChanges', 'New and revised figures by indicator, records by agency and contract'),
    unchanged(),
    refused(
      400,
      'One of the releases is unknown, or since is not the earlier one',
      problemExample('unknown-release', 400, 'there is no release "1404-13"', 'GET /api/releases lists them'),
    ),
    failures(),
  );
