import { applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiProduces, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { failures, filters, json, problemExample, refused, unchanged, type Promised } from './routes.js';

const unknownPosition = (): Promised =>
  refused(
    400,
    'There is no such release, or nothing was known yet at the end of that day',
    problemExample(
      'unknown-position',
      400,
      'nothing was known yet at the end of 2024-05-01 (1403-02-12)',
      'the first epoch was closed on 2024-05-21 (1403-03-01): ask for that day or a later one',
    ),
  );

export const describePosition = (): Promised =>
  applyDecorators(
    ApiTags('catalogue'),
    ApiOperation({
      operationId: 'findPosition',
      summary: 'What a position of knowledge stands for: latest, a release, or the end of a day',
    }),
    ApiParam({
      name: 'position',
      schema: { type: 'string', examples: ['latest', '1404-06', '2025-05-01', '1404-02-11'] },
    }),
    json('Position', 'The position'),
    unchanged(),
    unknownPosition(),
    failures(),
  );

export const describeComparison = (): Promised =>
  applyDecorators(
    ApiTags('indicators'),
    ApiOperation({
      operationId: 'compareKnowledge',
      summary: 'What one position of knowledge tells otherwise than another',
      description:
        'The newest figures of both positions, each by the definition in force then, with what made the difference: a changed definition, late records, corrections and a new period, in this order, each told as the step from the one before, so that they add up exactly. The order is a convention; of counts and other sums the parts of late records and of corrections are the same in either order. Then every figure that differs, with the same parts but the new period, and the records that came in between by agency. The earlier position is always from, whichever is named first.',
    }),
    ApiQuery({ name: 'from', required: true, schema: { type: 'string', examples: ['1404-05'] } }),
    ApiQuery({
      name: 'to',
      required: false,
      schema: { type: 'string', default: 'latest', examples: ['1404-06'] },
    }),
    ApiQuery({
      name: 'indicator',
      required: false,
      description:
        'Indicators, each at its first frequency or the one named behind @; all when it is left away',
      schema: { type: 'string', examples: ['HIRES,JC@Q'] },
    }),
    ApiQuery({ ...filters, required: false, style: 'form', explode: true }),
    json(
      'KnowledgeComparison',
      'Both positions, the figures by indicator, the records by agency and contract',
    ),
    unchanged(),
    unknownPosition(),
    failures(),
  );

export const describeEvents = (): Promised =>
  applyDecorators(
    ApiTags('status'),
    ApiOperation({
      operationId: 'followFigures',
      summary: 'News of the figures as they come, as server-sent events',
      description:
        'At once, and then whenever a step of the projections has settled, an event `figures`: its id names the state of the figures; `changed` lists the dataflows that may tell otherwise (null: any). `lag` tells only how far the figures are behind the ledger, `away` that the stores do not answer. A reader that comes back with Last-Event-ID is told what changed since.',
    }),
    ApiQuery({ name: 'since', required: false, description: 'As Last-Event-ID', schema: { type: 'string' } }),
    ApiProduces('text/event-stream'),
    ApiResponse({
      status: 200,
      description: 'Events without end',
      content: {
        'text/event-stream': {
          schema: {
            type: 'string',
            examples: [
              'id: 12-34567\nevent: figures\ndata: {"id":"12-34567","epoch":12,"position":"34567","head":"34567","lag":{"events":0,"seconds":0},"changed":["JOBS"]}\n\n',
            ],
          },
        },
      },
    }),
    failures(),
  );
