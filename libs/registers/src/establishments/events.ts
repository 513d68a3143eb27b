/*
 * Stored for ever: names and shapes below are what the ledger holds. Add a version and an upcast; never edit.
 */

/** What a workshop is from its first day on. */
export type EstablishmentDeclared = {
  readonly establishment: string;
  readonly enterprise: string;
  readonly day: string;
  readonly area: string;
  readonly industry: string | null;
  readonly reportedOn: string;
};

/** The workshop moved or changed its main activity on `day`; both are stated anew. */
export type EstablishmentChanged = {
  readonly establishment: string;
  readonly day: string;
  readonly area: string;
  readonly industry: string | null;
  readonly reportedOn: string;
};

/** On `day` the jobs of one workshop went over to another: `jobs` of them neither ended nor began. */
export type EstablishmentSucceeded = {
  readonly predecessor: string;
  readonly successor: string;
  readonly day: string;
  readonly jobs: number;
  readonly reportedOn: string;
};

/** Voids a record about workshops, of the same agency; `successor` as in the voided succession, else null. */
export type EstablishmentRecordWithdrawn = {
  readonly contract: string;
  readonly recordId: string;
  readonly establishment: string;
  readonly successor: string | null;
  readonly reportedOn: string;
};

export type LegalForm = 'company' | 'cooperative' | 'natural-person' | 'public' | 'other';

export type EnterpriseRegistered = {
  readonly enterprise: string;
  readonly day: string;
  readonly area: string;
  readonly industry: string | null;
  readonly legalForm: LegalForm | null;
  readonly reportedOn: string;
};

/** Sales, tax or licence activity of the enterprise in a month. */
export type EnterpriseActivityReported = {
  readonly enterprise: string;
  readonly month: string;
  readonly reportedOn: string;
};

/** The enterprise ceased; `lastDay` is its last day of activity. */
export type EnterpriseCeased = {
  readonly enterprise: string;
  readonly lastDay: string;
  readonly reportedOn: string;
};

/** A merger, split or take-over: the successor is not born by it, the predecessor does not die of it. */
export type EnterpriseSucceeded = {
  readonly predecessor: string;
  readonly successor: string;
  readonly day: string;
  readonly kind: 'merger' | 'split' | 'take-over';
  readonly reportedOn: string;
};

/** Voids a record about enterprises, of the same agency; `successor` as in the voided succession, else null. */
export type EnterpriseRecordWithdrawn = {
  readonly contract: string;
  readonly recordId: string;
  readonly enterprise: string;
  readonly successor: string | null;
  readonly reportedOn: string;
};
