import type { Label, Release } from './api.js';
import type { Frequency } from './url-state.js';

/** The indicators as the API tells them: the catalogue, one definition, figures, changes and revisions. */

export type IndicatorSummary = {
  readonly code: string;
  readonly name: Label;
  readonly theme: { readonly code: string; readonly name: Label };
  readonly unit: Label;
  readonly decimals: number;
  /** A level is compared in per cent as well; shares are compared in points only. */
  readonly kind: 'level' | 'share';
  readonly frequencies: readonly Frequency[];
  readonly dimensions: readonly string[];
  readonly requiredDimensions?: readonly string[];
  /** Dataflows that the figures are taken of. */
  readonly dataflows?: readonly string[];
  readonly sources?: readonly string[];
  readonly additivity: { readonly time: boolean; readonly area: boolean };
  readonly ripeMonths?: number;
};

export type ReferenceTime = 'last-day' | 'period' | 'year-to-date' | 'cohort' | 'receipt';

export type IndicatorDescription = IndicatorSummary & {
  readonly definition: Label;
  readonly formula: Label;
  readonly referenceTime: ReferenceTime;
  readonly sources: readonly string[];
  readonly caveats?: Label;
  readonly reference: string;
  readonly dataflows: readonly string[];
  readonly coverage: { readonly first: string; readonly last: string } | null;
  readonly freshness: { readonly position: string; readonly epoch: number; readonly lag: string | null };
};

/** Why a figure is not there. */
export type Reason = 'no-denominator' | 'not-yet' | 'before-start' | 'not-reached' | 'no-data';

/** A row of figures: exact decimal text, its changes, and a code for each dimension asked for. */
export type IndicatorRow = {
  readonly period: string;
  readonly value: string | null;
  readonly reason?: Reason;
  readonly status?: 'provisional';
  readonly note?: 'at-least';
  readonly change_previous?: string | null;
  readonly change_previous_percent?: string | null;
  readonly change_year?: string | null;
  readonly change_year_percent?: string | null;
  readonly [dimension: string]: string | null | undefined;
};

export type IndicatorAnswer = {
  readonly indicator: string;
  readonly freq: Frequency;
  readonly by: readonly string[];
  readonly unit: Label;
  readonly decimals: number;
  readonly kind: 'level' | 'share';
  readonly knowledge: { readonly release: string; readonly epoch: number };
  readonly rows: readonly IndicatorRow[];
};

export type IndicatorQuestion = {
  readonly indicator: string;
  readonly by: readonly string[];
  readonly area?: string;
  readonly freq: Frequency;
  readonly from?: string;
  readonly to?: string;
  readonly asKnownAt: string;
};

/** Address of the figures, relative to the page; the download is the same address with a format. */
export const indicatorAddress = (question: IndicatorQuestion, format?: 'csv'): string => {
  const query = new URLSearchParams({
    ...(question.by.length === 0 ? {} : { by: question.by.join(',') }),
    ...(question.area === undefined ? {} : { area: question.area }),
    freq: question.freq,
    ...(question.from === undefined ? {} : { from: question.from }),
    ...(question.to === undefined ? {} : { to: question.to }),
    asKnownAt: question.asKnownAt,
    change: 'previous,year',
    ...(format === undefined ? {} : { format }),
  });
  return `api/indicators/${encodeURIComponent(question.indicator)}/data?${query}`;
};

/** What a revision is made of; the parts add up to it. */
export type RevisionEffects = {
  readonly definition: string;
  readonly late: string;
  readonly corrections: string;
};

export type ChangedFigure = {
  readonly period: string;
  readonly codes: readonly string[];
  readonly old: string | null;
  readonly new: string | null;
  /** Null for a new figure and for one that is gone. */
  readonly effects: RevisionEffects | null;
};

export type IndicatorChanges = {
  readonly indicator: string;
  readonly freq: Frequency;
  readonly by: readonly string[];
  readonly newPeriods: readonly ChangedFigure[];
  readonly revised: readonly ChangedFigure[];
};

export type Delivery = {
  readonly agency: string;
  readonly contract: string;
  readonly onTime: number;
  readonly late: number;
  readonly corrections: number;
  readonly withdrawals: number;
};

export type ReleaseChanges = {
  readonly release: Release;
  readonly since: Release;
  readonly indicators: readonly IndicatorChanges[];
  readonly deliveries: readonly Delivery[];
};

export type Triangle = {
  readonly indicator: string;
  readonly freq: Frequency;
  readonly decimals: number;
  readonly releases: readonly string[];
  readonly periods: readonly { readonly period: string; readonly values: readonly (string | null)[] }[];
};
