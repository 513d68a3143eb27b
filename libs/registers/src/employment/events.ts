/*
 * Stored for ever: names and shapes below are what the ledger holds. Add a version and an upcast; never edit.
 * Days are `YYYY-MM-DD` (Gregorian), months `1404-01` or `2025-04`; `person` is a pseudonym; null = unknown.
 * `reportedOn` is the day on which the agency declared the record.
 */

/** What a job is from a day on. */
export type JobAttributes = {
  readonly area: string;
  readonly industry: string | null;
  readonly occupation: string | null;
  readonly contractType: 'permanent' | 'fixed-term' | 'seasonal' | 'apprenticeship' | 'other' | null;
  /** Hundredths of hours a week. */
  readonly weeklyHours: number | null;
  /** Agreed wage of a month in minor units. */
  readonly monthlyWage: number | null;
};

/** Whose job it is: all records of a spell name the same three. */
export type JobParties = {
  /** The agency's number of the spell. */
  readonly spell: string;
  readonly person: string;
  /** Workshop code. */
  readonly establishment: string;
  /** Legal-entity id of the employer. */
  readonly enterprise: string;
};

/** A job began; `startDay` is the first day in the job. */
export type EmploymentStarted = JobParties &
  JobAttributes & {
    readonly startDay: string;
    readonly sex: 'M' | 'F' | null;
    readonly birthMonth: string | null;
    readonly reportedOn: string;
  };

/** From `day` on the job is what the attributes say; all of them are stated anew. */
export type EmploymentChanged = JobParties &
  JobAttributes & { readonly day: string; readonly reportedOn: string };

export type EndReason =
  'quit' | 'layoff' | 'discharge' | 'non-renewal' | 'retirement' | 'death' | 'transfer' | 'other';

/** A job ended; `lastDay` is the last day in the job. */
export type EmploymentEnded = JobParties & {
  readonly lastDay: string;
  readonly reason: EndReason | null;
  readonly reportedOn: string;
};

/** Insured wage paid for a month of a spell, in minor units. */
export type WageReported = JobParties & {
  readonly month: string;
  readonly wage: number;
  readonly reportedOn: string;
};

/** The list of a workshop for a month came in; `insured` is how many it names. */
export type WageListReceived = {
  readonly establishment: string;
  readonly enterprise: string;
  readonly month: string;
  readonly insured: number;
  readonly reportedOn: string;
};

/** Voids a record of the same agency: contract and record id as they were sent. */
export type EmploymentRecordWithdrawn = JobParties & {
  readonly contract: string;
  readonly recordId: string;
  readonly reportedOn: string;
};
