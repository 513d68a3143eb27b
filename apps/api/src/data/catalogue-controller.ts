import { Controller, Get, Header, Inject, Param, UseInterceptors } from '@nestjs/common';
import type { DataflowDescription, DataflowSummary, Release, StatisticsService } from '@karnama/statistics';
import { ContentTag } from '../answers/content-tag.js';
import { describeDataflow, describeDataflows, describeReleases, describeStatus } from '../openapi/routes.js';
import { STATISTICS, STATUS } from '../options.js';
import type { StatusReport } from '../status-report.js';

/** What there is to ask for: dataflows with their code lists and measures, releases, and how current it all is. */
@Controller('api')
export class CatalogueController {
  constructor(
    @Inject(STATISTICS) private readonly statistics: StatisticsService,
    @Inject(STATUS) private readonly report: () => Promise<StatusReport>,
  ) {}

  @Get('dataflows')
  @UseInterceptors(ContentTag)
  @describeDataflows()
  dataflows(): { readonly dataflows: readonly DataflowSummary[] } {
    return { dataflows: this.statistics.dataflows() };
  }

  @Get('dataflows/:dataflow')
  @UseInterceptors(ContentTag)
  @describeDataflow()
  dataflow(@Param('dataflow') dataflow: string): Promise<DataflowDescription> {
    return this.statistics.describe(dataflow);
  }

  @Get('releases')
  @UseInterceptors(ContentTag)
  @describeReleases()
  async releases(): Promise<{ readonly releases: readonly Release[] }> {
    return { releases: await this.statistics.releases() };
  }

  @Get('status')
  @Header('cache-control', 'no-store')
  @describeStatus()
  status(): Promise<StatusReport> {
    return this.report();
  }
}
