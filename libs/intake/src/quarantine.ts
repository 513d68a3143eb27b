import type { Problem } from '@karnama/contracts';

/** Where a refused record came from and why it was refused; nothing of its content in the clear. */
export type QuarantineNote = {
  /** Id of its `RecordQuarantined` event. */
  readonly eventId: string;
  readonly agency: string;
  readonly contract: string;
  readonly source: { readonly topic: string; readonly partition: number; readonly offset: string };
  /** ISO 8601 instant at which the channel took it in. */
  readonly receivedAt: string;
  readonly submission: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly problems: readonly Problem[];
};

/** The record as it was sent. Adapters keep it encrypted. */
export type QuarantinedOriginal = {
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: Readonly<Record<string, string>>;
};

export type QuarantinedRecord = QuarantineNote & { readonly original: QuarantinedOriginal };

/** Place in the order in which records came in; `after` of the next page. */
export type ListedNote = QuarantineNote & { readonly number: bigint };

export type QuarantineQuery = {
  readonly agency?: string;
  readonly contract?: string;
  readonly submission?: string;
  /** Only notes behind this number; 0 = from the first. */
  readonly after: bigint;
  readonly limit: number;
};

/**
 * Refused records, kept until the agency mends or withdraws them. Every adapter promises (and
 * `quarantineContract` proves): what `put` has resolved for is not lost; a record put again under
 * the same event id is kept once, as it first was; notes are listed in the order in which they came.
 */
export interface QuarantineStore {
  put(records: readonly QuarantinedRecord[]): Promise<void>;
  list(query: QuarantineQuery): Promise<readonly ListedNote[]>;
  /** @throws KarnamaError `quarantine-unreadable` when the key is not the one it was kept with */
  get(eventId: string): Promise<QuarantinedRecord | undefined>;
}
