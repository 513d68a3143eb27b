import type { Label } from '@karnama/kernel';
import type { Position } from '../knowledge.js';
import type { Knowledge, Release } from '../request.js';
import type { Frequency, Reason } from './evaluate.js';
import type { Indicator, Theme } from './indicator.js';

/** What a change is taken against: the period before, or the same period a year before. */
export type Comparison = 'previous' | 'year';

/** A question to an indicator. */
export type IndicatorRequest = {
  readonly indicator: string;
  /** At most three dimensions, or `area@country` for a coarser level. Without: one figure a period. */
  readonly by: readonly string[];
  /** Codes per dimension; a code stands for itself and everything below it. */
  readonly where: Readonly<Record<string, readonly string[]>>;
  readonly freq: Frequency;
  /** Months that the first and the last period hold, as `1403-01`; by default all periods that are given. */
  readonly from?: string;
  readonly to?: string;
  /** Name of a release, a day (`2025-05-01`, `1404-02-11`: what was known at its end), or `latest`. */
  readonly asKnownAt: string;
  readonly change?: readonly Comparison[];
  /** Position of knowledge whose definition in force tells the figures; that of now when it is left away. */
  readonly definedAt?: string;
  /** Leaves out what corrections did to the figures after this position of knowledge. */
  readonly withoutCorrectionsSince?: string;
  /** Instead of the decimals that the indicator is published with. */
  readonly decimals?: number;
};

/** Exact decimal text, rounded half away from zero; null where one of the two figures is not defined. */
export type Change = {
  readonly absolute: string | null;
  /** Of levels only: in percent of the absolute value of the earlier figure, with two decimals. */
  readonly percent?: string | null;
};

export type IndicatorRow = {
  /** `1403-01`, `1403-Q1` or `1403`. */
  readonly period: string;
  /** One code for each column of `by`. */
  readonly codes: readonly string[];
  /** Exact decimal text, rounded half away from zero; null where there is no figure, with the reason. */
  readonly value: string | null;
  readonly reason?: Reason;
  /** Likely to change by records that are still to come. */
  readonly status?: 'provisional';
  /** The figure lies in an open band, at or above the value. */
  readonly note?: 'at-least';
  readonly changes?: Readonly<Partial<Record<Comparison, Change>>>;
};

export type IndicatorAnswer = {
  readonly indicator: string;
  readonly freq: Frequency;
  readonly by: readonly string[];
  readonly unit: Label;
  readonly decimals: number;
  readonly kind: Indicator['kind'];
  readonly change: readonly Comparison[];
  readonly knowledge: Knowledge;
  /** Last day of the earlier definition that tells the figures; not there when it is the present one. */
  readonly definedThrough?: string;
  /** By period, then by code. */
  readonly rows: readonly IndicatorRow[];
};

export type IndicatorSummary = Pick<
  Indicator,
  | 'code'
  | 'name'
  | 'unit'
  | 'decimals'
  | 'kind'
  | 'frequencies'
  | 'dimensions'
  | 'requiredDimensions'
  | 'additivity'
  | 'ripeMonths'
  | 'sources'
> & {
  readonly theme: { readonly code: Theme; readonly name: Label };
  /** Dataflows that the figures are taken of. */
  readonly dataflows: readonly string[];
};

export type IndicatorDescription = IndicatorSummary &
  Pick<Indicator, 'definition' | 'referenceTime' | 'caveats' | 'reference'> & {
    readonly formula: Label;
    /** What it was told by before, oldest first. */
    readonly versions: readonly {
      readonly through: string;
      readonly definition: Label;
      readonly formula: Label;
    }[];
    /** First and last month that records were reported in; null while there are none. */
    readonly coverage: { readonly first: string; readonly last: string } | null;
    /** How far the cells have come: what is the least of the dataflows. */
    readonly freshness: { readonly position: string; readonly epoch: number; readonly lag: string | null };
  };

/** Indicators as the API and the command line use them. All methods throw KarnamaError with a stable code. */
export interface IndicatorService {
  list(): readonly IndicatorSummary[];
  /** @throws KarnamaError `unknown-indicator` */
  describe(indicator: string): Promise<IndicatorDescription>;
  releases(): Promise<readonly Release[]>;
  /** Finds a time of knowledge. @throws KarnamaError `unknown-release`, `unknown-position` */
  position(asked: string): Promise<Position>;
  /**
   * @throws KarnamaError `unknown-indicator`, `unknown-dimension`, `unknown-code`, `unknown-release`, `unknown-position`,
   * `bad-month`, `bad-request`; `unavailable` while a release is still being counted
   */
  data(request: IndicatorRequest): Promise<IndicatorAnswer>;
  /** Answers many questions as `data` does, one for each in order; what several need is read once. @throws as `data` */
  dataOf(requests: readonly IndicatorRequest[]): Promise<readonly IndicatorAnswer[]>;
  /**
   * A text that is another one as soon as figures of one of the dataflows, as known now, may be others.
   * @throws KarnamaError `unknown-dataflow`
   */
  stamp(dataflows: readonly string[]): Promise<string>;
  /** The first and the last month that anything is known of now; null while there is none. */
  span(): Promise<{ readonly first: string; readonly last: string } | null>;
  /** Numbers of records of each kind that came in epochs after `after` up to `through`. */
  deliveries(after: number, through: number): Promise<readonly Delivery[]>;
}

/** Records of one contract of an agency that came in between two times of knowledge. */
export type Delivery = {
  readonly agency: string;
  readonly contract: string;
  /** First versions told within a month of their day, and those told later. */
  readonly onTime: number;
  readonly late: number;
  readonly corrections: number;
  readonly withdrawals: number;
};
