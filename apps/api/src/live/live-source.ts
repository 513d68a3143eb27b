import type { LiveSource } from './live-feed.js';
import { standingIn, type LiveStanding } from './live-standing.js';
import type { IndicatorService } from '@karnama/statistics';
import type { StatusReport } from '../status-report.js';

/** Readers that one process lets in; each is an open connection, and nothing else. */
const mostReaders = 1_000;

/**
 * Where the live feed looks: at the cheap standing twice a second, and four times while something is under
 * way; at the full report once a second.
 */
export const liveSource = (
  status: () => Promise<StatusReport>,
  standing: (() => Promise<LiveStanding>) | undefined,
  indicators: Pick<IndicatorService, 'span'>,
): LiveSource => {
  const withSpan = knowingSpan(indicators);
  return standing === undefined
    ? {
        standing: async () => withSpan(standingIn(await status())),
        idleMs: 1_000,
        busyMs: 1_000,
        mostReaders,
      }
    : { standing: async () => withSpan(await standing()), idleMs: 500, busyMs: 250, mostReaders };
};

/** The months that are known of are asked for only when something was counted. */
const knowingSpan = (
  indicators: Pick<IndicatorService, 'span'>,
): ((standing: LiveStanding) => Promise<LiveStanding>) => {
  let states = '';
  let span: string | null = null;
  return async (standing) => {
    const now = standing.projections.map(({ state }) => state).join(' ');
    if (now !== states) {
      const months = await indicators.span();
      span = months === null ? null : `${months.first}/${months.last}`;
      states = now;
    }
    return { ...standing, span };
  };
};
