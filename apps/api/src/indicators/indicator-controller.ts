import {
  Controller,
  Get,
  Inject,
  Param,
  Query,
  Req,
  Res,
  UseInterceptors,
  type StreamableFile,
} from '@nestjs/common';
import {
  triangleOf,
  type IndicatorDescription,
  type IndicatorRequest,
  type IndicatorService,
  type IndicatorSummary,
  type Triangle,
} from '@karnama/statistics';
import { revisionsOf, type RevisionSummary } from '@karnama/vintages';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AnswerCache, namesTag, settledCaching, tagOf } from '../answers/answer-cache.js';
import { isFile, mediaTypes, negotiate } from '../answers/answer-format.js';
import { ContentTag } from '../answers/content-tag.js';
import { refuse } from '../data/data-parameters.js';
import { writeIndicator } from './indicator-format.js';
import { IndicatorQuestionPipe, type IndicatorQuestion } from './indicator-parameters.js';
import {
  describeIndicator,
  describeIndicatorData,
  describeIndicators,
  describeRevisions,
} from '../openapi/indicators.js';
import { indicatorTable } from './indicator-table.js';
import { INDICATORS } from '../options.js';
import { hashOfIndicator } from '../take-away/provenance.js';
import { TakeAway } from '../take-away/take-away.js';

/** The indicators: what there is, what each means, its figures, and how they were revised. */
@Controller('api/indicators')
export class IndicatorController {
  constructor(
    @Inject(INDICATORS) private readonly indicators: IndicatorService,
    @Inject(AnswerCache) private readonly cache: AnswerCache,
    @Inject(TakeAway) private readonly takeAway: TakeAway,
  ) {}

  @Get()
  @UseInterceptors(ContentTag)
  @describeIndicators()
  list(): { readonly indicators: readonly IndicatorSummary[] } {
    return { indicators: this.indicators.list() };
  }

  @Get(':indicator')
  @UseInterceptors(ContentTag)
  @describeIndicator()
  describe(@Param('indicator') indicator: string): Promise<IndicatorDescription> {
    return this.indicators.describe(indicator);
  }

  @Get(':indicator/data')
  @describeIndicatorData()
  async data(
    @Param('indicator') indicator: string,
    @Query(IndicatorQuestionPipe) question: IndicatorQuestion,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | StreamableFile | undefined> {
    const format = negotiate(question.format, http.headers.accept);
    const request = this.named(indicator, question.request);
    if (isFile(format)) {
      const table = indicatorTable(await this.takeAway.indicator(request), question.language);
      return this.takeAway.send(table, format, question.language, http, reply);
    }
    const answer = await this.indicators.data(request);
    const text = writeIndicator(format, answer);
    const tag = tagOf(text);
    const settled = await this.cache.isSettled(request.asKnownAt);
    reply.headers({ vary: 'accept', etag: tag, 'cache-control': settled ? settledCaching : 'no-cache' });
    if (namesTag(http.headers['if-none-match'], tag)) {
      reply.status(304);
      return undefined;
    }
    const { release, epoch } = answer.knowledge;
    reply.headers({
      'content-type': mediaTypes[format],
      'karnama-knowledge': `${encodeURIComponent(release)}; epoch=${epoch}`,
      'karnama-content-hash': `sha256=${hashOfIndicator(answer)}`,
      ...(format === 'csv'
        ? { 'content-disposition': `attachment; filename="${answer.indicator}.csv"` }
        : {}),
    });
    return text;
  }

  @Get(':indicator/revisions')
  @UseInterceptors(ContentTag)
  @describeRevisions()
  async revisions(
    @Param('indicator') indicator: string,
    @Query(IndicatorQuestionPipe) { request }: IndicatorQuestion,
  ): Promise<Triangle & { readonly summary: RevisionSummary }> {
    const { by, asKnownAt, definedAt, change } = request;
    if (by.length > 0 || asKnownAt !== 'latest' || definedAt !== undefined || change !== undefined)
      refuse(
        'revisions are told of one series, at every release',
        'leave by, asKnownAt, definition and change away',
      );
    const { where, from, to, freq } = this.named(indicator, request);
    const range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    const triangle = await triangleOf(this.indicators, { indicator, where, freq, ...range });
    return { ...triangle, summary: revisionsOf(triangle.periods, triangle.decimals) };
  }

  /** The request with its indicator; at the first of the indicator's frequencies when none is asked for. */
  private named(indicator: string, request: IndicatorQuestion['request']): IndicatorRequest {
    const summary = this.indicators.list().find(({ code }) => code === indicator);
    return { ...request, indicator, freq: request.freq ?? summary?.frequencies[0] ?? 'M' };
  }
}
