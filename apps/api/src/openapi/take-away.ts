import { applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiProduces, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { failures, filters, problemExample, refused, unchanged, type Promised } from './routes.js';

const query = (name: string, description: string, schema: object): Promised =>
  ApiQuery({ name, description, schema, required: false });

const question = (): Promised =>
  applyDecorators(
    query('asKnownAt', 'Name of a release, or latest', { type: 'string', default: 'latest' }),
    query('from', 'First month', { type: 'string', examples: ['1403-01'] }),
    query('to', 'Last month', { type: 'string', examples: ['1404-12'] }),
    ApiQuery({ ...filters, required: false, style: 'form', explode: true }),
  );

const indicator = (): Promised =>
  ApiParam({ name: 'indicator', schema: { type: 'string', examples: ['EMP_JOBS'] } });

const dataflow = (): Promised =>
  ApiParam({ name: 'dataflow', schema: { type: 'string', examples: ['MOVEMENTS'] } });

const frequency = (): Promised =>
  query('freq', 'Months, quarters or years', { type: 'string', enum: ['M', 'Q', 'A'] });

const by = (): Promised => query('by', 'Columns to group by', { type: 'string', default: '' });

const unknown = (code: string, detail: string): Promised =>
  refused(404, 'There is none of that name', problemExample(code, 404, detail, 'ask for the list'));

const badRequest = (): Promised =>
  refused(
    400,
    'A part of the request is unknown or not well formed',
    problemExample('unknown-dimension', 400, 'TIGHT has no dimension "sex"', 'one of area'),
  );

const document = (description: string): Promised =>
  ApiResponse({ status: 200, description, content: { 'application/json': { schema: { type: 'object' } } } });

const knows = 'knowledge, content hash, licence, citation in both languages, and the addresses of its forms';

export const describeIndicatorMetadata = (): Promised =>
  applyDecorators(
    ApiTags('indicators'),
    ApiOperation({
      operationId: 'metadataOfIndicator',
      summary: 'All there is to know of an answer of an indicator; asked as the answer itself',
    }),
    indicator(),
    by(),
    frequency(),
    question(),
    document(`Definition, formula, sources, question, ${knows}`),
    unchanged(),
    badRequest(),
    unknown('unknown-indicator', 'there is no indicator "JOBS"'),
    failures(),
  );

export const describeDataMetadata = (): Promised =>
  applyDecorators(
    ApiTags('data'),
    ApiOperation({
      operationId: 'metadataOfData',
      summary: 'All there is to know of an answer of a dataflow; asked as the answer itself',
    }),
    dataflow(),
    query('measure', 'Codes of measures', { type: 'string' }),
    by(),
    question(),
    document(`Measures with their definitions, question, ${knows}`),
    unchanged(),
    badRequest(),
    unknown('unknown-dataflow', 'there is no dataflow "MOVES"'),
    failures(),
  );

const count = { type: 'integer', minimum: 1, description: 'Months with figures' };

export const describeAvailability = (): Promised =>
  applyDecorators(
    ApiTags('catalogue'),
    ApiOperation({
      operationId: 'availabilityOfData',
      summary: 'The codes of each dimension that have figures under the filters of the others',
    }),
    dataflow(),
    question(),
    ApiResponse({
      status: 200,
      description: 'Codes by dimension, and the range of months under all filters',
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['dataflow', 'version', 'view', 'knowledge', 'months', 'dimensions'],
            properties: {
              dataflow: { type: 'string' },
              version: { type: 'integer' },
              view: { type: 'string', enum: ['effective', 'declared'] },
              knowledge: { type: 'object' },
              months: { type: ['object', 'null'] },
              dimensions: {
                type: 'array',
                items: {
                  type: 'object',
                  required: ['code', 'values'],
                  properties: {
                    code: { type: 'string' },
                    values: {
                      type: 'array',
                      items: {
                        type: 'object',
                        required: ['code', 'months'],
                        properties: { code: { type: 'string' }, months: count },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    }),
    unchanged(),
    badRequest(),
    unknown('unknown-dataflow', 'there is no dataflow "MOVES"'),
    failures(),
  );

const profileIndicators = (): Promised =>
  ApiQuery({
    name: 'indicator',
    description: 'Indicators with their frequencies',
    required: true,
    schema: { type: 'string', examples: ['EMP_JOBS:M,TIGHT:Q'] },
  });

export const describeProfile = (): Promised =>
  applyDecorators(
    ApiTags('indicators'),
    ApiOperation({
      operationId: 'profile',
      summary: 'The series of several indicators of one area, as a table or a file',
    }),
    profileIndicators(),
    question(),
    query('format', 'Form of the answer', { type: 'string', enum: ['json', 'csv', 'excel-csv', 'xlsx'] }),
    query('lang', 'Language of a file', { type: 'string', enum: ['fa', 'en'], default: 'fa' }),
    ApiProduces('application/json', 'text/csv'),
    document('A row for each indicator and period'),
    unchanged(),
    badRequest(),
    unknown('unknown-indicator', 'there is no indicator "JOBS"'),
    failures(),
  );

export const describeProfileMetadata = (): Promised =>
  applyDecorators(
    ApiTags('indicators'),
    ApiOperation({
      operationId: 'metadataOfProfile',
      summary: 'All there is to know of a profile; asked as the profile itself',
    }),
    profileIndicators(),
    question(),
    document(`The indicators, ${knows}`),
    unchanged(),
    badRequest(),
    unknown('unknown-indicator', 'there is no indicator "JOBS"'),
    failures(),
  );

export const describeFeed = (): Promised =>
  applyDecorators(
    ApiTags('indicators'),
    ApiOperation({
      operationId: 'feedOfIndicator',
      summary: 'The series as a feed: what each release told new, revised, or turned the sign of',
    }),
    indicator(),
    frequency(),
    query('lang', 'Language of the entries', { type: 'string', enum: ['fa', 'en'], default: 'fa' }),
    ApiQuery({ ...filters, required: false, style: 'form', explode: true }),
    ApiProduces('application/atom+xml'),
    ApiResponse({
      status: 200,
      description: 'A feed of RFC 4287, newest release first; ids never change',
      content: { 'application/atom+xml': { schema: { type: 'string' } } },
    }),
    unchanged(),
    badRequest(),
    unknown('unknown-indicator', 'there is no indicator "JOBS"'),
    failures(),
  );
