import { useSyncExternalStore } from 'react';
import type { IndicatorQuestion } from '../indicator-api.js';
import { figuresQuery } from '../indicator-queries.js';
import { freshMarks, hashOf, none, onFreshMarks, type FreshFigures } from './fresh.js';
import { liveState, onLiveState, type LiveState } from './live-link.js';

export const useLive = (): LiveState => useSyncExternalStore(onLiveState, liveState);

export const useFreshMarks = (): ReadonlyMap<string, FreshFigures> =>
  useSyncExternalStore(onFreshMarks, freshMarks);

/** Figures of an answer that became others while the page was open. */
export const useFresh = (question: IndicatorQuestion): FreshFigures =>
  useFreshMarks().get(hashOf(figuresQuery(question).queryKey)) ?? none;
