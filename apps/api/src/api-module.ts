import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { HealthModule, ProblemFilter } from '@karnama/nest';
import { resolve } from 'node:path';
import { AnswerCache } from './answer-cache.js';
import { CatalogueController } from './catalogue-controller.js';
import { DashboardController } from './dashboard-controller.js';
import { DataController } from './data-controller.js';
import { ReleaseController } from './release-controller.js';
import { IndicatorController } from './indicator-controller.js';
import { DASHBOARD_DIR, INDICATORS, STATISTICS, STATUS, type ApiOptions } from './options.js';

/** The read side over HTTP. It is ready when the status can be told. */
@Module({})
export class ApiModule {
  static of({ statistics, indicators, status, dashboardDir }: ApiOptions): DynamicModule {
    return {
      module: ApiModule,
      imports: [HealthModule.of(status)],
      controllers: [
        CatalogueController,
        DataController,
        IndicatorController,
        ReleaseController,
        DashboardController,
      ],
      providers: [
        AnswerCache,
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: STATISTICS, useValue: statistics },
        { provide: INDICATORS, useValue: indicators },
        { provide: STATUS, useValue: status },
        { provide: DASHBOARD_DIR, useValue: dashboardDir === undefined ? null : resolve(dashboardDir) },
      ],
    };
  }
}
