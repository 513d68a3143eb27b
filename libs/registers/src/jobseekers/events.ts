/*
 * Stored for ever: names and shapes below are what the ledger holds. Add a version and an upcast; never edit.
 * Days are `YYYY-MM-DD` (Gregorian); `person` is a pseudonym; null = unknown.
 */

/** A person registered as looking for work; `day` is the first day of the registration. */
export type JobseekerRegistered = {
  readonly registration: string;
  readonly person: string;
  readonly day: string;
  readonly area: string;
  readonly sex: 'M' | 'F' | null;
  readonly birthMonth: string | null;
  readonly education: string | null;
  /** Occupation sought. */
  readonly occupation: string | null;
  readonly reportedOn: string;
};

export type DeregistrationReason = 'job' | 'training' | 'lapsed' | 'retired' | 'death' | 'other';

/** The registration ended; `lastDay` is its last day. */
export type JobseekerDeregistered = {
  readonly registration: string;
  readonly person: string;
  readonly lastDay: string;
  readonly reason: DeregistrationReason | null;
  readonly reportedOn: string;
};

/** A person was placed; one position of the vacancy, when one is named, is filled by it on `day`. */
export type PlacementRecorded = {
  readonly placement: string;
  readonly person: string;
  readonly vacancy: string | null;
  readonly area: string;
  readonly sex: 'M' | 'F' | null;
  readonly day: string;
  readonly reportedOn: string;
};

/** Voids a record about a person, of the same agency; `vacancy` as in the voided placement, else null. */
export type JobseekerRecordWithdrawn = {
  readonly contract: string;
  readonly recordId: string;
  readonly person: string;
  readonly vacancy: string | null;
  readonly reportedOn: string;
};
