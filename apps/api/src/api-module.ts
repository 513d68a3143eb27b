import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { HealthModule, ProblemFilter } from '@karnama/nest';
import { resolve } from 'node:path';
import { AnswerCache } from './answers/answer-cache.js';
import { AUDIT } from './lineage/audit.js';
import { BatchController } from './indicators/batch-controller.js';
import { CatalogueController } from './data/catalogue-controller.js';
import { DashboardController } from './dashboard/dashboard-controller.js';
import { DataController } from './data/data-controller.js';
import { ReleaseController } from './knowledge/release-controller.js';
import { IndicatorController } from './indicators/indicator-controller.js';
import { EventsController } from './live/events-controller.js';
import { KnowledgeController } from './knowledge/knowledge-controller.js';
import { LineageController } from './lineage/lineage-controller.js';
import { LineageDesk } from './lineage/lineage-desk.js';
import { LiveFeed } from './live/live-feed.js';
import { liveSource } from './live/live-source.js';
import {
  DASHBOARD_DIR,
  INDICATORS,
  LINEAGE,
  LIVE,
  SUPPLY,
  LICENCE,
  STATISTICS,
  STATUS,
  type ApiOptions,
} from './options.js';
import { rememberedIndicators } from './answers/remembered.js';
import { ProfileController } from './indicators/profile-controller.js';
import { TakeAwayController } from './take-away/take-away-controller.js';
import { TakeAway } from './take-away/take-away.js';

/** The read side over HTTP. It is ready when the status can be told. */
@Module({})
export class ApiModule {
  static of({
    lineage,
    supply,
    audit,
    statistics,
    indicators,
    status,
    standing,
    dashboardDir,
    licence,
  }: ApiOptions): DynamicModule {
    return {
      module: ApiModule,
      imports: [HealthModule.of(status)],
      controllers: [
        CatalogueController,
        DataController,
        BatchController,
        IndicatorController,
        LineageController,
        TakeAwayController,
        ProfileController,
        ReleaseController,
        KnowledgeController,
        EventsController,
        DashboardController,
      ],
      providers: [
        AnswerCache,
        LiveFeed,
        { provide: LIVE, useValue: liveSource(status, standing, indicators) },
        LineageDesk,
        { provide: LINEAGE, useValue: lineage ?? null },
        { provide: SUPPLY, useValue: supply ?? null },
        { provide: AUDIT, useValue: audit ?? null },
        TakeAway,
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: STATISTICS, useValue: statistics },
        { provide: INDICATORS, useValue: rememberedIndicators(indicators) },
        { provide: LICENCE, useValue: licence ?? 'CC-BY-4.0' },
        { provide: STATUS, useValue: status },
        { provide: DASHBOARD_DIR, useValue: dashboardDir === undefined ? null : resolve(dashboardDir) },
      ],
    };
  }
}
