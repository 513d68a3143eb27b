import type { Lag, Link } from './live-link.js';

/** What the badge says; `fixed` for a position that does not follow. */
export type Freshness = 'fixed' | 'connecting' | 'current' | 'behind' | 'away' | 'lost';

export const freshnessOf = (link: Link, lag: Lag | undefined, fixed: boolean): Freshness => {
  if (link === 'lost' || link === 'away') return link;
  if (fixed) return 'fixed';
  if (link === 'connecting' || lag === undefined) return 'connecting';
  return lag.events === 0 ? 'current' : 'behind';
};
