import type { QueryClient } from '@tanstack/react-query';
import type { IndicatorSummary } from '../indicator-api.js';
import { mayHaveChanged } from './invalidation.js';

/** How far the figures are behind the ledger. */
export type Lag = { readonly events: number; readonly seconds: number | null };

/** News of the API: where the figures are, and which of them may be others than before. */
export type News = {
  readonly id: string;
  readonly epoch: number;
  readonly position: string;
  readonly head: string;
  readonly lag: Lag;
  /** Dataflows that may tell otherwise; null: any of them. */
  readonly changed: readonly string[] | null;
  /** The months that anything is known of: when they move, every figure may. */
  readonly span?: string | null;
};

/**
 * `open`: news come as they are; `away`: the program answers but its stores do not; `lost`: it does not
 * answer; `connecting`: not known yet.
 */
export type Link = 'connecting' | 'open' | 'away' | 'lost';

export type LiveState = {
  readonly link: Link;
  readonly lag: Lag | undefined;
  readonly position: string | undefined;
  /** When the figures were last known to be those of the ledger's end. */
  readonly heardAt: number | undefined;
};

let state: LiveState = { link: 'connecting', lag: undefined, position: undefined, heardAt: undefined };
const listeners = new Set<() => void>();

const become = (change: Partial<LiveState>): void => {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
};

export const liveState = (): LiveState => state;

export const onLiveState = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** A link that is broken for less time is not worth a word: the browser is mending it already. */
const patienceMs = 3_000;

/** Until a refused link is asked for again; a link that breaks is asked for again by the browser itself. */
const againMs = 15_000;

/**
 * Follows the news of the API and has what changed read again; nothing else is. What was read before the
 * first news came may lack what was counted meanwhile; after a break the API tells what changed since.
 */
export const followFigures = (client: QueryClient): void => {
  let span: string | null | undefined;
  let broken: ReturnType<typeof setTimeout> | undefined;

  const readAgain = (news: News, since: number | undefined): void => {
    const catalogue = client.getQueryData<readonly IndicatorSummary[]>(['catalogue']) ?? [];
    const everything = news.changed === null || (span !== undefined && news.span !== span);
    span = news.span;
    void client.invalidateQueries({
      predicate: ({ queryKey, state: { dataUpdatedAt } }) =>
        (since !== undefined && dataUpdatedAt > 0 && dataUpdatedAt <= since && queryKey[0] === 'data') ||
        mayHaveChanged(queryKey, everything ? null : news.changed, catalogue),
    });
  };

  const open = (): void => {
    const source = new EventSource('api/events');
    let first = true;
    source.addEventListener('figures', (event: MessageEvent<string>) => {
      const news = JSON.parse(event.data) as News;
      clearTimeout(broken);
      broken = undefined;
      if (first || news.changed === null || news.changed.length > 0)
        readAgain(news, first ? Date.now() : undefined);
      first = false;
      become({ link: 'open', lag: news.lag, position: news.position, heardAt: Date.now() });
    });
    source.addEventListener('lag', (event: MessageEvent<string>) => {
      become({ link: 'open', lag: JSON.parse(event.data) as Lag, heardAt: Date.now() });
    });
    source.addEventListener('away', () => become({ link: 'away' }));
    source.addEventListener('error', () => {
      // up to this moment the silence meant that nothing had changed
      if (state.link === 'open') become({ heardAt: Date.now() });
      broken ??= setTimeout(() => {
        become({ link: 'lost' });
        void client.invalidateQueries({ queryKey: ['status'] });
      }, patienceMs);
      if (source.readyState === EventSource.CLOSED) setTimeout(open, againMs);
    });
  };
  open();
};
