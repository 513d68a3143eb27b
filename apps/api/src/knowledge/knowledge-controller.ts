import { Controller, Get, Inject, Param, Query, UseInterceptors } from '@nestjs/common';
import {
  compareKnowledge,
  type ComparisonRequest,
  type IndicatorService,
  type KnowledgeComparison,
  type Position,
} from '@karnama/statistics';
import { ContentTag } from '../answers/content-tag.js';
import { ComparisonPipe } from './knowledge-parameters.js';
import { describeComparison, describePosition } from '../openapi/knowledge.js';
import { INDICATORS } from '../options.js';
import { memory } from '../answers/remembered.js';

/** Comparisons kept; a country's are some hundred kilobytes each. */
const mostKept = 60;

/** What was known when: a position found, and two of them compared. */
@Controller('api')
export class KnowledgeController {
  private readonly kept = memory<KnowledgeComparison>(mostKept);

  constructor(@Inject(INDICATORS) private readonly indicators: IndicatorService) {}

  @Get('knowledge/:position')
  @UseInterceptors(ContentTag)
  @describePosition()
  position(@Param('position') position: string): Promise<Position> {
    return this.indicators.position(position);
  }

  /** A comparison of two closed epochs is the same for ever; one with what is known now as long as nothing is counted. */
  @Get('changes')
  @UseInterceptors(ContentTag)
  @describeComparison()
  async changes(@Query(ComparisonPipe) request: ComparisonRequest): Promise<KnowledgeComparison> {
    const positions = await Promise.all(
      [request.from, request.to].map((asked) => this.indicators.position(asked)),
    );
    const open = positions.some(({ epoch }) => epoch === null);
    const stamp = open ? await this.indicators.stamp(this.dataflowsOf(request)) : null;
    return this.kept([positions, stamp, request], () => compareKnowledge(this.indicators, request));
  }

  private dataflowsOf({ indicators }: ComparisonRequest): readonly string[] {
    const codes = indicators?.map(({ code }) => code);
    const asked = this.indicators.list().filter(({ code }) => codes?.includes(code) !== false);
    return [...new Set(['DELIVERY', ...asked.flatMap(({ dataflows }) => dataflows)])];
  }
}
