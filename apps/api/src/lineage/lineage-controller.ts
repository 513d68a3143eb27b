import {
  Controller,
  Get,
  Header,
  Inject,
  Param,
  Query,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import type {
  FigureLineage,
  Frequency,
  IndicatorService,
  LineageEntities,
  Supply,
  SupplyService,
} from '@karnama/statistics';
import { KarnamaError } from '@karnama/kernel';
import type { FastifyReply } from 'fastify';
import { AuditGuard } from './audit.js';
import { ContentTag } from '../answers/content-tag.js';
import { LineageDesk } from './lineage-desk.js';
import {
  EntitiesPipe,
  LineagePipe,
  type EntitiesQuestion,
  type LineageQuestion,
} from './lineage-parameters.js';
import { describeEntities, describeLineage, describeSupply } from '../openapi/lineage.js';
import { INDICATORS, SUPPLY } from '../options.js';
import { SupplyPipe } from './supply-parameters.js';

/** Aborted when the caller goes away before the answer is there. */
const whileThere = (reply: FastifyReply): AbortSignal => {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableEnded) gone.abort();
  });
  return gone.signal;
};

/** Where figures come from: back to the records, and the agencies that send them. */
@Controller('api')
export class LineageController {
  constructor(
    @Inject(LineageDesk) private readonly desk: LineageDesk,
    @Inject(INDICATORS) private readonly indicators: IndicatorService,
    @Inject(SUPPLY) private readonly supplies: SupplyService | null,
  ) {}

  @Get('indicators/:indicator/lineage')
  @UseInterceptors(ContentTag)
  @describeLineage()
  figure(
    @Param('indicator') indicator: string,
    @Query(LineagePipe) question: LineageQuestion,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FigureLineage> {
    return this.desk.figure(this.named(indicator, question), whileThere(reply));
  }

  @Get('indicators/:indicator/lineage/entities')
  @UseGuards(AuditGuard)
  @Header('cache-control', 'no-store')
  @describeEntities()
  entities(
    @Param('indicator') indicator: string,
    @Query(EntitiesPipe) question: EntitiesQuestion,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LineageEntities> {
    return this.desk.entities(this.named(indicator, question), whileThere(reply));
  }

  @Get('supply')
  @UseInterceptors(ContentTag)
  @describeSupply()
  async supply(@Query(SupplyPipe) asKnownAt: string): Promise<Supply> {
    if (this.supplies === null)
      throw new KarnamaError('not-found', 'this server tells nothing of the supply');
    return this.supplies.supply(asKnownAt);
  }

  /** The question with its indicator; at the first of the indicator's frequencies when none is asked for. */
  private named<Q extends { readonly freq: Frequency | undefined }>(
    indicator: string,
    question: Q,
  ): Omit<Q, 'freq'> & { readonly indicator: string; readonly freq: Frequency } {
    const summary = this.indicators.list().find(({ code }) => code === indicator);
    return { ...question, indicator, freq: question.freq ?? summary?.frequencies[0] ?? 'M' };
  }
}
