import { Controller, Get, Inject, Param, Query, UseInterceptors } from '@nestjs/common';
import { changesBetween, type IndicatorService, type ReleaseChanges } from '@karnama/statistics';
import { ContentTag } from './content-tag.js';
import { ChangesPipe, type ChangesQuestion } from './indicator-parameters.js';
import { describeChanges } from './openapi-indicators.js';
import { INDICATORS } from './options.js';

/** What a release tells otherwise than an earlier one. */
@Controller('api/releases')
export class ReleaseController {
  constructor(@Inject(INDICATORS) private readonly indicators: IndicatorService) {}

  @Get(':release/changes')
  @UseInterceptors(ContentTag)
  @describeChanges()
  changes(
    @Param('release') release: string,
    @Query(ChangesPipe) { since, where }: ChangesQuestion,
  ): Promise<ReleaseChanges> {
    return changesBetween(this.indicators, release, since, where);
  }
}
