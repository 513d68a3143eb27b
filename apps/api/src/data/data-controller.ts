import {
  Controller,
  Get,
  Inject,
  Logger,
  Param,
  Query,
  Req,
  Res,
  StreamableFile,
  UseInterceptors,
} from '@nestjs/common';
import type { Availability, DataAnswer, DataRequest, StatisticsService } from '@karnama/statistics';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AnswerCache, namesTag, settledCaching } from '../answers/answer-cache.js';
import { isFile, mediaTypes, negotiate, writerOf, type PlainFormat } from '../answers/answer-format.js';
import { streamAnswer } from '../answers/answer-stream.js';
import { ContentTag } from '../answers/content-tag.js';
import { QuestionPipe, refuse, type Question } from './data-parameters.js';
import { dataTable } from './data-table.js';
import { dataMetadata } from '../take-away/metadata.js';
import { describeData } from '../openapi/routes.js';
import { describeAvailability, describeDataMetadata } from '../openapi/take-away.js';
import { STATISTICS } from '../options.js';
import { TakeAway } from '../take-away/take-away.js';

@Controller('api/data')
export class DataController {
  private readonly logger = new Logger('Data');

  constructor(
    @Inject(STATISTICS) private readonly statistics: StatisticsService,
    @Inject(AnswerCache) private readonly cache: AnswerCache,
    @Inject(TakeAway) private readonly takeAway: TakeAway,
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
    if (isFile(format)) {
      const { language } = question;
      const table = dataTable(await this.takeAway.data(request), language);
      return this.takeAway.send(table, format, language, http, reply);
    }
    const tag = await this.cache.tag(request, format);
    reply.header('vary', 'accept');
    const settled = tag !== undefined && request.asKnownAt !== 'latest';
    reply.header('cache-control', settled ? settledCaching : 'no-cache');
    if (tag !== undefined) reply.header('etag', tag);
    if (tag !== undefined && namesTag(http.headers['if-none-match'], tag)) {
      reply.status(304);
      return undefined;
    }
    return this.answer(request, format, http, reply);
  }

  @Get(':dataflow/metadata')
  @UseInterceptors(ContentTag)
  @describeDataMetadata()
  async metadata(
    @Param('dataflow') dataflow: string,
    @Query(QuestionPipe) question: Question,
  ): Promise<ReturnType<typeof dataMetadata>> {
    return dataMetadata(await this.takeAway.data({ dataflow, ...question.request }));
  }

  @Get(':dataflow/availability')
  @UseInterceptors(ContentTag)
  @describeAvailability()
  async availability(
    @Param('dataflow') dataflow: string,
    @Query(QuestionPipe) { request }: Question,
  ): Promise<Availability> {
    const { by, measures, ...asked } = request;
    if (by.length > 0 || measures.length > 0)
      refuse('availability is told of all dimensions and measures', 'leave by and measure away');
    return this.statistics.availability({ dataflow, ...asked });
  }

  private async answer(
    request: DataRequest,
    format: PlainFormat,
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
const aboutAnswer = (answer: DataAnswer, format: PlainFormat): Record<string, string> => ({
  'content-type': mediaTypes[format],
  'karnama-dataflow': `${answer.dataflow}; version=${answer.version}`,
  'karnama-knowledge': `${encodeURIComponent(answer.knowledge.release)}; epoch=${answer.knowledge.epoch}`,
  ...(format === 'csv' ? { 'content-disposition': `attachment; filename="${answer.dataflow}.csv"` } : {}),
});
