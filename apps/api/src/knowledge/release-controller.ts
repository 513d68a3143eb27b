import { Controller, Get, Inject, Param, Query, UseInterceptors } from '@nestjs/common';
import { changesBetween, type IndicatorService, type ReleaseChanges } from '@karnama/statistics';
import { ContentTag } from '../answers/content-tag.js';
import { ChangesPipe, type ChangesQuestion } from '../indicators/indicator-parameters.js';
import { describeChanges } from '../openapi/indicators.js';
import { INDICATORS } from '../options.js';
import { memory } from '../answers/remembered.js';

/** Comparisons kept; a country's are some ten kilobytes each. */
const mostKept = 100;

/** What a release tells otherwise than an earlier one: the same for ever. */
@Controller('api/releases')
export class ReleaseController {
  private readonly kept = memory<ReleaseChanges>(mostKept);

  constructor(@Inject(INDICATORS) private readonly indicators: IndicatorService) {}

  @Get(':release/changes')
  @UseInterceptors(ContentTag)
  @describeChanges()
  async changes(
    @Param('release') release: string,
    @Query(ChangesPipe) { since, where }: ChangesQuestion,
  ): Promise<ReleaseChanges> {
    const releases = await this.indicators.releases();
    const named = releases.filter(({ name }) => name === release || name === since);
    return this.kept([release, since, named, where], () =>
      changesBetween(this.indicators, release, since, where),
    );
  }
}
