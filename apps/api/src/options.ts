import type { LoggerService, LogLevel } from '@nestjs/common';
import type { IndicatorService, StatisticsService } from '@karnama/statistics';

/** How far the records have come: received = accepted + quarantined + unexplained, and `unexplained` should be 0. */
export type StatusReport = {
  readonly intake: {
    readonly received: number;
    readonly accepted: number;
    readonly quarantined: number;
    readonly unexplained: number;
  };
  /** Position of the last event; text, because positions may pass 2^53. */
  readonly ledger: { readonly head: string };
  /** `lag`: events of the ledger that the projection has not yet seen. */
  readonly projections: readonly { readonly name: string; readonly position: string; readonly lag: number }[];
  readonly epoch: number;
  readonly releases: number;
};

export type ApiOptions = {
  readonly statistics: StatisticsService;
  readonly indicators: IndicatorService;
  readonly status: () => Promise<StatusReport>;
  /** Folder with the built dashboard; without it `/` answers with a note. */
  readonly dashboardDir?: string;
  /** As Nest takes it; by default warnings and errors go to the console. */
  readonly logger?: boolean | LogLevel[] | LoggerService;
  /** How long `close` lets answers under way finish before it cuts them off; 8 seconds by default. */
  readonly closeGraceMilliseconds?: number;
};

/** Keys under which the modules ask for what the program gave. */
export const STATISTICS = Symbol('statistics');
export const INDICATORS = Symbol('indicators');
export const STATUS = Symbol('status');
export const DASHBOARD_DIR = Symbol('dashboard folder');
