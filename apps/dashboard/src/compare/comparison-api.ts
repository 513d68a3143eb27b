import type { Delivery, RevisionEffects } from '../indicator-api.js';
import type { Frequency } from '../url-state.js';

/** Two positions of knowledge compared, as the API tells it. */

export type Position = {
  readonly name: string;
  readonly kind: 'latest' | 'release' | 'day';
  readonly epoch: number | null;
  readonly closedAt: string | null;
  readonly day?: string;
  readonly release: string | null;
};

export type ComparedChange = {
  readonly old: string | null;
  readonly new: string | null;
  readonly flips: boolean;
};

export type ComparedChanges = Readonly<Record<'previous' | 'year', ComparedChange>>;

export type ComparedFigure = {
  readonly period: string;
  readonly codes: readonly string[];
  readonly fate: 'new' | 'revised' | 'gone';
  readonly old: string | null;
  readonly new: string | null;
  readonly difference: string | null;
  /** Null for a new figure and for one that is gone. */
  readonly effects: RevisionEffects | null;
  readonly flips: boolean;
  readonly changes: ComparedChanges;
};

export type Effects = RevisionEffects & {
  readonly newPeriod: string;
  /** Late records and corrections together. */
  readonly revision: string;
};

export type Point = { readonly period: string; readonly value: string };

export type ComparedHeadline = {
  readonly old: Point | null;
  readonly new: Point | null;
  readonly difference: string | null;
  readonly effects: Effects | null;
  readonly changes: ComparedChanges | null;
};

export type Records = Pick<Delivery, 'onTime' | 'late' | 'corrections' | 'withdrawals'>;

export type IndicatorComparison = {
  readonly indicator: string;
  readonly freq: Frequency;
  readonly by: readonly string[];
  readonly decimals: number;
  /** Another definition was in force at the earlier position. */
  readonly redefined: boolean;
  readonly headline: ComparedHeadline | null;
  readonly figures: readonly ComparedFigure[];
  readonly records: Records;
};

export type KnowledgeComparison = {
  /** The earlier and the later position, whichever was asked first. */
  readonly from: Position;
  readonly to: Position;
  readonly indicators: readonly IndicatorComparison[];
  readonly deliveries: readonly Delivery[];
};

/** What is compared: two positions, an area, and indicators at a frequency. */
export type ComparisonQuestion = {
  readonly from: string;
  readonly to: string;
  readonly area?: string;
  readonly indicators: readonly { readonly code: string; readonly freq: Frequency }[];
};

export const comparisonAddress = ({ from, to, area, indicators }: ComparisonQuestion): string => {
  const query = new URLSearchParams({
    from,
    to,
    indicator: indicators.map(({ code, freq }) => `${code}@${freq}`).join(','),
    ...(area === undefined ? {} : { area }),
  });
  return `api/changes?${query}`;
};
