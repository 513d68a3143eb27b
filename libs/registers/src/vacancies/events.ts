/*
 * Stored for ever: names and shapes below are what the ledger holds. Add a version and an upcast; never edit.
 */

/** Posts were opened on `day`; those not filled close on `expiresOn` (the first day on which they are not open). */
export type VacancyPublished = {
  readonly vacancy: string;
  readonly enterprise: string | null;
  readonly positions: number;
  readonly day: string;
  readonly expiresOn: string | null;
  readonly area: string;
  readonly industry: string | null;
  readonly occupation: string | null;
  /** Skill family asked for. */
  readonly skill: string | null;
  readonly reportedOn: string;
};

/** Posts were filled otherwise than by a recorded placement; `day` is the first day on which they are not open. */
export type VacancyFilled = {
  readonly vacancy: string;
  readonly positions: number;
  readonly day: string;
  readonly reportedOn: string;
};

/** The posts that are left are withdrawn; `day` is the first day on which they are not open. */
export type VacancyClosed = { readonly vacancy: string; readonly day: string; readonly reportedOn: string };

/** Voids a record about a vacancy, of the same agency. */
export type VacancyRecordWithdrawn = {
  readonly contract: string;
  readonly recordId: string;
  readonly vacancy: string;
  readonly reportedOn: string;
};
