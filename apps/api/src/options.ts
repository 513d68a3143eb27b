import type { LoggerService, LogLevel } from '@nestjs/common';
import type { IndicatorService, LineageService, StatisticsService, SupplyService } from '@karnama/statistics';
import type { AuditAccess } from './lineage/audit.js';
import type { LiveStanding } from './live/live-standing.js';
import type { StatusReport } from './status-report.js';

export type ApiOptions = {
  readonly statistics: StatisticsService;
  readonly indicators: IndicatorService;
  readonly status: () => Promise<StatusReport>;
  /** How far the figures are, cheap to tell: asked several times a second while pages are open. Default: `status`. */
  readonly standing?: () => Promise<LiveStanding>;
  /** The way back from figures to records; without it its addresses answer 404. */
  readonly lineage?: LineageService;
  /** What the agencies sent; without it its address answers 404. */
  readonly supply?: SupplyService;
  /** Who may see entities and events; nobody without it. */
  readonly audit?: AuditAccess;
  /** Folder with the built dashboard; without it `/` answers with a note. */
  readonly dashboardDir?: string;
  /** Under which licence the figures may be used; told in every file. */
  readonly licence?: string;
  /** As Nest takes it; by default warnings and errors go to the console. */
  readonly logger?: boolean | LogLevel[] | LoggerService;
  /** How long `close` lets answers under way finish before it cuts them off; 8 seconds by default. */
  readonly closeGraceMilliseconds?: number;
};

/** Keys under which the modules ask for what the program gave. */
export const STATISTICS = Symbol('statistics');
export const INDICATORS = Symbol('indicators');
export const STATUS = Symbol('status');
export const LINEAGE = Symbol('lineage');
export const SUPPLY = Symbol('supply');
export const LICENCE = Symbol('licence of the figures');
export const DASHBOARD_DIR = Symbol('dashboard folder');
export const LIVE = Symbol('live source');
