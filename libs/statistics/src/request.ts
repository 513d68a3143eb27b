import type { Label } from '@karnama/kernel';

/** A question to a dataflow, as the API and the command line ask it. */
export type DataRequest = {
  readonly dataflow: string;
  /** Measure codes, derived ones included (`net`, `stock`, …); empty = all. */
  readonly measures: readonly string[];
  /** `month`, `declared`, dimension codes, or `area@country` / `area@state` for a coarser level. */
  readonly by: readonly string[];
  /** Codes per dimension; a code stands for itself and everything below it. */
  readonly where: Readonly<Record<string, readonly string[]>>;
  /** First and last month, as `2026-01`. */
  readonly from?: string;
  readonly to?: string;
  /** Name of a release, or `latest`. */
  readonly asKnownAt: string;
  readonly view: 'effective' | 'declared';
};

/** A value of a row: text for the `by` columns; whole number, or null where it is not defined, for measures. */
export type DataValue = string | bigint | null;

export type DataAnswer = {
  readonly dataflow: string;
  readonly version: number;
  /** `by` columns, then measures: the header of the CSV form. */
  readonly by: readonly string[];
  readonly measures: readonly string[];
  readonly view: 'effective' | 'declared';
  readonly knowledge: Knowledge;
  /** Why values are null, and what to mind. */
  readonly notes: readonly Label[];
  /** One array per row, in the order of `by` then `measures`; ascending by the `by` columns. */
  readonly rows: AsyncIterable<readonly DataValue[]>;
};

/** What was known: up to the end of `epoch`; all there is when `release` is `latest`. */
export type Knowledge = {
  readonly release: string;
  readonly epoch: number;
};

/** A named end of a knowledge epoch. */
export type Release = {
  readonly name: string;
  readonly epoch: number;
  /** ISO 8601 instant of the cut. */
  readonly cutAt: string;
};

export type CodeDescription = {
  readonly code: string;
  readonly name: Label;
  readonly parent?: string;
  readonly level?: string;
};

export type MeasureDescription = {
  readonly code: string;
  readonly name: Label;
  readonly unit: Label;
  readonly definition: Label;
  /** `flow` adds up over months, `stock` does not. */
  readonly kind: 'flow' | 'stock';
};

export type DataflowSummary = {
  readonly code: string;
  readonly version: number;
  readonly name: Label;
  readonly description: Label;
};

/** Everything a client needs to ask a dataflow and to label the answer. */
export type DataflowDescription = DataflowSummary & {
  readonly dimensions: readonly {
    readonly code: string;
    readonly name: Label;
    /** Only codes that occur in the data, with their ancestors. */
    readonly codes: readonly CodeDescription[];
    /** Levels a grouping may ask for, coarsest first; absent for a flat list. */
    readonly levels?: readonly string[];
  }[];
  readonly measures: readonly MeasureDescription[];
  /** First and last month with data on the effective axis; null while there is none. */
  readonly months: {
    readonly from: string;
    readonly to: string;
    readonly calendar: 'jalali' | 'gregorian';
  }[];
};

/** A question for what there is to be asked. */
export type AvailabilityRequest = Pick<
  DataRequest,
  'dataflow' | 'where' | 'from' | 'to' | 'asKnownAt' | 'view'
>;

export type Availability = {
  readonly dataflow: string;
  readonly version: number;
  readonly view: 'effective' | 'declared';
  readonly knowledge: Knowledge;
  /** First and last month with figures under all filters; null where there are none. */
  readonly months: { readonly from: string; readonly to: string } | null;
  readonly dimensions: readonly {
    readonly code: string;
    /**
     * The codes that have figures under the filters of the other dimensions, ascending, and in how many
     * months of the range (of a stock: since its first change).
     */
    readonly values: readonly { readonly code: string; readonly months: number }[];
  }[];
};

/** The read side as the API and the command line use it. All methods throw KarnamaError with a stable code. */
export interface StatisticsService {
  dataflows(): readonly DataflowSummary[];
  /** @throws KarnamaError `unknown-dataflow` */
  describe(dataflow: string): Promise<DataflowDescription>;
  releases(): Promise<readonly Release[]>;
  /**
   * @throws KarnamaError `unknown-dataflow`, `unknown-measure`, `unknown-dimension`, `unknown-code`,
   * `unknown-release`, `bad-month`, `bad-request`
   */
  data(request: DataRequest): Promise<DataAnswer>;
  /** What a question may still be narrowed to. @throws KarnamaError as `data` */
  availability(request: AvailabilityRequest): Promise<Availability>;
}
