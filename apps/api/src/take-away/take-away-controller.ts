import { Controller, Get, Inject, Param, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { IndicatorRequest, IndicatorService } from '@karnama/statistics';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { namesTag, tagOf } from '../answers/answer-cache.js';
import { ContentTag } from '../answers/content-tag.js';
import { refuse } from '../data/data-parameters.js';
import { indicatorFeed } from '../feeds/indicator-feed.js';
import { IndicatorQuestionPipe, type IndicatorQuestion } from '../indicators/indicator-parameters.js';
import { indicatorMetadata } from './metadata.js';
import { describeFeed, describeIndicatorMetadata } from '../openapi/take-away.js';
import { INDICATORS, LICENCE } from '../options.js';
import { TakeAway } from './take-away.js';

/** What goes with the figures of an indicator: all there is to know of an answer, and a feed to follow it by. */
@Controller('api/indicators')
export class TakeAwayController {
  constructor(
    @Inject(INDICATORS) private readonly indicators: IndicatorService,
    @Inject(LICENCE) private readonly licence: string,
    @Inject(TakeAway) private readonly takeAway: TakeAway,
  ) {}

  @Get(':indicator/metadata')
  @UseInterceptors(ContentTag)
  @describeIndicatorMetadata()
  async metadata(
    @Param('indicator') indicator: string,
    @Query(IndicatorQuestionPipe) question: IndicatorQuestion,
  ): Promise<ReturnType<typeof indicatorMetadata>> {
    return indicatorMetadata(await this.takeAway.indicator(this.named(indicator, question.request)));
  }

  @Get(':indicator/feed')
  @describeFeed()
  async feed(
    @Param('indicator') indicator: string,
    @Query(IndicatorQuestionPipe) { request, language }: IndicatorQuestion,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const { by, from, to, asKnownAt, definedAt, change } = request;
    if (by.length > 0 || from !== undefined || to !== undefined || change !== undefined)
      refuse('a feed tells of one series, all its periods', 'leave by, from, to and change away');
    if (asKnownAt !== 'latest' || definedAt !== undefined)
      refuse('a feed tells of every release', 'leave asKnownAt and definition away');
    const origin = `${http.protocol}://${http.host}`;
    const series = this.named(indicator, request);
    const self = `${origin}${http.url}`;
    const text = await indicatorFeed(this.indicators, series, language, origin, self, this.licence);
    const tag = tagOf(text);
    reply.headers({ etag: tag, 'cache-control': 'no-cache' });
    if (namesTag(http.headers['if-none-match'], tag)) {
      reply.status(304);
      return undefined;
    }
    reply.header('content-type', 'application/atom+xml; charset=utf-8');
    return text;
  }

  /** The request with its indicator; at the first of the indicator's frequencies when none is asked for. */
  private named(indicator: string, request: IndicatorQuestion['request']): IndicatorRequest {
    const summary = this.indicators.list().find(({ code }) => code === indicator);
    return { ...request, indicator, freq: request.freq ?? summary?.frequencies[0] ?? 'M' };
  }
}
