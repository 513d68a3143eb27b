import type { CellStore } from '@karnama/cells';
import type { Calendar, Label, RecordedEvent, RecordSource } from '@karnama/kernel';
import type { Frequency } from '../indicators/evaluate.js';
import type { IndicatorRow, IndicatorService } from '../indicators/request.js';
import type { DeliveredRecords } from './delivered.js';

/** A figure by its indicator, the codes chosen and a month that its period holds. */
export type LineageRequest = {
  readonly indicator: string;
  readonly where: Readonly<Record<string, readonly string[]>>;
  readonly freq: Frequency;
  readonly month: string;
  /** Name of a release, or a day: records that came in after it are counted apart. */
  readonly since?: string;
};

/** A part of the formula: what was summed up over which months, from how many entities. */
export type LineageTerm = {
  readonly dataflow: string;
  readonly measure: string;
  readonly name: Label;
  readonly unit: Label;
  /** First month; null for a stock, which all changes up to `to` make up. */
  readonly from: string | null;
  readonly to: string;
  /** Whole number as text; null when its entities are not kept. */
  readonly value: string | null;
  readonly entities: number | null;
};

/** The way from a figure, as known now, to those who sent the records behind it. */
export type FigureLineage = {
  readonly indicator: string;
  readonly freq: Frequency;
  readonly period: string;
  readonly figure: Pick<IndicatorRow, 'value' | 'reason' | 'status' | 'note'>;
  /** Up to where the ledger was counted when the records were followed. */
  readonly position: string;
  readonly since: string | null;
  readonly terms: readonly LineageTerm[];
  /** Entities (persons, establishments, enterprises, vacancies, units, estates) that put something into a term. */
  readonly entities: number;
  readonly deliveries: readonly DeliveredRecords[];
};

/** A ledger event as an auditor may see it: where it stands and what kind it is, nothing of its fact. */
export type LineageEvent = {
  readonly stream: string;
  readonly revision: string;
  readonly type: string;
  readonly receivedAt: string;
  readonly submission: string | null;
};

export type LineageEntity = {
  /** Its key in the register: persons by their pseudonym. */
  readonly entity: string;
  readonly kind: string;
  /** By term, in the order of the lineage's terms. */
  readonly contributes: readonly number[];
  readonly records: readonly (RecordSource & { readonly event: LineageEvent | null })[];
};

export type EntitiesRequest = LineageRequest & {
  readonly limit: number;
  /** Go on behind this one, `<kind>/<entity>`. */
  readonly after?: string;
};

export type LineageEntities = {
  readonly entities: readonly LineageEntity[];
  /** What to give as `after` for those that follow; null at the end. */
  readonly next: string | null;
};

/** From figures to records. All methods throw KarnamaError as `IndicatorService.data`, and `bad-request`. */
export interface LineageService {
  /** For everyone: counts only. */
  figure(request: LineageRequest, signal?: AbortSignal): Promise<FigureLineage>;
  /** For auditors: entities with their records and ledger events. */
  entities(request: EntitiesRequest, signal?: AbortSignal): Promise<LineageEntities>;
}

/** What lineage asks the ledger. */
export type Trail = {
  /** The event at a position; undefined when none stands there. */
  eventAt(position: bigint): Promise<RecordedEvent | undefined>;
  /** Position of the `EpochClosed` of an epoch. */
  endOf(epoch: number): Promise<bigint | undefined>;
};

export type LineageOptions = {
  readonly store: CellStore;
  readonly indicators: IndicatorService;
  readonly calendar: Calendar;
  readonly trail: Trail;
};
