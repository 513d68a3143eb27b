import { applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
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

const indicatorParam = (): Promised =>
  ApiParam({ name: 'indicator', schema: { type: 'string', examples: ['HIRES'] } });

const queries = (list: readonly (Parameter & { readonly required?: boolean })[]): readonly Promised[] =>
  list.map((parameter) => ApiQuery({ required: false, ...parameter }));

const filtered = (): Promised => ApiQuery({ ...filters, required: false, style: 'form', explode: true });

const badRequest = (): Promised =>
  refused(
    400,
    'A part of the request is unknown or not well formed',
    problemExample('unknown-dimension', 400, 'TIGHT has no dimension "sex"', 'one of area'),
  );

const unknownIndicator = (): Promised =>
  refused(
    404,
    'There is no such indicator',
    problemExample(
      'unknown-indicator',
      404,
      'there is no indicator "JOBS"',
      'GET /api/indicators lists them',
    ),
  );

const asKnownAt: Parameter = {
  name: 'asKnownAt',
  description: 'Name of a release: as known when it was cut. latest: all that is known',
  schema: { type: 'string', default: 'latest' },
};

const frequency: Parameter = {
  name: 'freq',
  description: 'Months, quarters or years; the first frequency of an indicator when it is left away',
  schema: { type: 'string', enum: ['M', 'Q', 'A'] },
};

export const describeBatch = (): Promised =>
  applyDecorators(
    ApiTags('indicators'),
    ApiOperation({
      operationId: 'askIndicators',
      summary: 'Figures of several indicators, as known at one release or now',
      description:
        'The same question to each; every answer is what /api/indicators/{indicator}/data tells. JSON only.',
    }),
    ...queries([
      {
        name: 'indicators',
        description: 'At most 40 codes separated by commas; CODE@Q asks that one at a frequency of its own',
        schema: { type: 'string', examples: ['HIRES,SEPS,JC@Q'] },
        required: true,
      },
      frequency,
      {
        name: 'by',
        description: 'Dimensions to group by; one figure a period when it is empty',
        schema: { type: 'string', default: '', examples: ['area'] },
      },
      {
        name: 'from',
        description: 'A month of the first period',
        schema: { type: 'string', examples: ['1403-01'] },
      },
      {
        name: 'to',
        description: 'A month of the last period',
        schema: { type: 'string', examples: ['1404-12'] },
      },
      asKnownAt,
      {
        name: 'change',
        description: 'Changes on the period before, and on the same period a year before',
        schema: { type: 'string', examples: ['previous,year'] },
      },
    ]),
    filtered(),
    json('IndicatorAnswers', 'One answer for each indicator, in the order asked'),
    unchanged(),
    badRequest(),
    unknownIndicator(),
    failures(),
  );

const figure: readonly (Parameter & { readonly required?: boolean })[] = [
  {
    name: 'month',
    description: 'A month that the period of the figure holds',
    schema: { type: 'string', examples: ['1404-03'] },
    required: true,
  },
  frequency,
];

export const describeLineage = (): Promised =>
  applyDecorators(
    ApiTags('lineage'),
    ApiOperation({
      operationId: 'lineageOfFigure',
      summary: 'From a figure, as known now, back to the contracts and agencies whose records it rests on',
    }),
    indicatorParam(),
    ...queries([
      ...figure,
      {
        name: 'since',
        description: 'Name of a release: records that came in after it are counted apart',
        schema: { type: 'string', examples: ['1404-05'] },
      },
    ]),
    filtered(),
    json('FigureLineage', 'Parts of the formula, and records by agency and contract'),
    unchanged(),
    badRequest(),
    unknownIndicator(),
    failures(),
  );

export const describeEntities = (): Promised =>
  applyDecorators(
    ApiTags('lineage'),
    ApiOperation({
      operationId: 'entitiesOfFigure',
      summary: 'For auditors: the entities behind a figure, with their records and ledger events',
    }),
    ApiSecurity('auditor'),
    indicatorParam(),
    ...queries([
      ...figure,
      {
        name: 'limit',
        description: 'At most so many entities',
        schema: { type: 'integer', minimum: 1, maximum: 200, default: 20 },
      },
      {
        name: 'after',
        description: 'The next of the answer before',
        schema: { type: 'string', examples: ['person/p1_…'] },
      },
    ]),
    filtered(),
    json('LineageEntities', 'Entities by their key; persons by pseudonym'),
    badRequest(),
    refused(
      401,
      'No token was sent',
      problemExample(
        'audit-token-missing',
        401,
        'entities and events are for auditors only',
        'send the token of the auditors as Authorization: Bearer …',
      ),
    ),
    refused(
      403,
      'The token is another one, or nobody may see entities at this server',
      problemExample(
        'audit-token-refused',
        403,
        'this is not the token of the auditors',
        'ask those who run the server for it',
      ),
    ),
    unknownIndicator(),
    failures(),
  );

export const describeSupply = (): Promised =>
  applyDecorators(
    ApiTags('status'),
    ApiOperation({
      operationId: 'supply',
      summary: 'What every agency sent under every contract, what became of it and how late it came',
    }),
    ...queries([asKnownAt]),
    ApiResponse({ status: 304, description: 'Unchanged since the answer whose ETag If-None-Match names' }),
    json('Supply', 'One entry for each agency and contract'),
    badRequest(),
    failures(),
  );
