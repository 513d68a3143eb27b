import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import type { IndicatorService } from '@karnama/statistics';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AnswerCache, namesTag, settledCaching, tagOf } from '../answers/answer-cache.js';
import { mediaTypes } from '../answers/answer-format.js';
import { answerBatch, writeBatch } from './batch.js';
import { BatchPipe, type BatchQuestion } from './batch-parameters.js';
import { describeBatch } from '../openapi/lineage.js';
import { INDICATORS } from '../options.js';

/** Several indicators in one answer, for pages that show many figures of one position of knowledge. */
@Controller('api/indicators')
export class BatchController {
  constructor(
    @Inject(INDICATORS) private readonly indicators: IndicatorService,
    @Inject(AnswerCache) private readonly cache: AnswerCache,
  ) {}

  @Get('data')
  @describeBatch()
  async data(
    @Query(BatchPipe) question: BatchQuestion,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const answer = await answerBatch(this.indicators, question);
    const text = writeBatch(answer);
    const tag = tagOf(text);
    const settled = await this.cache.isSettled(question.request.asKnownAt);
    reply.headers({ etag: tag, 'cache-control': settled ? settledCaching : 'no-cache' });
    if (namesTag(http.headers['if-none-match'], tag)) {
      reply.status(304);
      return undefined;
    }
    const { release, epoch } = answer.knowledge;
    reply.headers({
      'content-type': mediaTypes.json,
      'karnama-knowledge': `${encodeURIComponent(release)}; epoch=${epoch}`,
    });
    return text;
  }
}
