import { Controller, Get, Inject, Logger, Param, Query, Req, Res, StreamableFile } from '@nestjs/common';
import type { DataAnswer, DataRequest, StatisticsService } from '@karnama/statistics';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AnswerCache, namesTag, settledCaching } from './answer-cache.js';
import { mediaTypes, negotiate, writerOf, type AnswerFormat } from './answer-format.js';
import { streamAnswer } from './answer-stream.js';
import { QuestionPipe, type Question } from './data-parameters.js';
import { describeData } from './openapi-routes.js';
import { STATISTICS } from './options.js';

@Controller('api/data')
export class DataController {
  private readonly logger = new Logger('Data');

  constructor(
    @Inject(STATISTICS) private readonly statistics: StatisticsService,
    @Inject(AnswerCache) private readonly cache: AnswerCache,
  ) {}

  @Get(':dataflow')
  @describeData()
  async data(
    @Param('dataflow') dataflow: string,
    @Query(QuestionPipe) question: Question,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const format = negotiate(question.format, http.headers.accept);
    const request = { dataflow, ...question.request };
    const tag = await this.cache.tag(request, format);
    reply.header('vary', 'accept');
    reply.header('cache-control', tag === undefined ? 'no-cache' : settledCaching);
    if (tag !== undefined) reply.header('etag', tag);
    if (tag !== undefined && namesTag(http.headers['if-none-match'], tag)) {
      reply.status(304);
      return undefined;
    }
    return this.answer(request, format, http, reply);
  }

  private async answer(
    request: DataRequest,
    format: AnswerFormat,
    http: FastifyRequest,
    reply: FastifyReply,
  ): Promise<StreamableFile> {
    const answer = await this.statistics.data(request);
    const rows = http.method === 'HEAD' ? none : answer.rows;
    const stream = await streamAnswer(writerOf(format, answer), rows, (error) => this.cutOff(error, http));
    reply.headers(aboutAnswer(answer, format));
    return new StreamableFile(stream);
  }

  private cutOff(error: unknown, http: FastifyRequest): void {
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.logger.error(`answer ${http.id} was cut off in the middle: ${cause}`);
  }
}

const none: DataAnswer['rows'] = {
  [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }),
};

/** What was known stands in headers too, because the CSV form has no other place for it. */
const aboutAnswer = (answer: DataAnswer, format: AnswerFormat): Record<string, string> => ({
  'content-type': mediaTypes[format],
  'karnama-dataflow': `${answer.dataflow}; version=${answer.version}`,
  'karnama-knowledge': `${encodeURIComponent(answer.knowledge.release)}; epoch=${answer.knowledge.epoch}`,
  ...(format === 'csv' ? { 'content-disposition': `attachment; filename="${answer.dataflow}.csv"` } : {}),
});
