/*
 * Stored for ever: names and shapes below are what the ledger holds. Add a version and an upcast; never edit.
 */

/** Permission to build an industrial unit (جواز تأسیس). One a unit. */
export type PermitIssued = {
  readonly unit: string;
  readonly day: string;
  readonly area: string;
  readonly industry: string | null;
  /** Code of the industrial estate; null outside estates. */
  readonly estate: string | null;
  readonly plannedJobs: number | null;
  readonly reportedOn: string;
};

export type PermitAnnulled = { readonly unit: string; readonly day: string; readonly reportedOn: string };

/** Licence to operate (پروانه بهره‌برداری). One a unit; place and activity as licensed. */
export type LicenceIssued = {
  readonly unit: string;
  readonly day: string;
  readonly area: string;
  readonly industry: string | null;
  readonly estate: string | null;
  readonly reportedOn: string;
};

/** Physical progress of a unit that is being built, in percent, from `day` on. */
export type ProgressReported = {
  readonly unit: string;
  readonly day: string;
  readonly percent: number;
  readonly reportedOn: string;
};

/** Capacity of a product from `month` on: quantity a month, and its value in minor units a month. */
export type CapacityDeclared = {
  readonly unit: string;
  readonly product: string;
  readonly month: string;
  readonly quantity: number;
  readonly value: number;
  readonly reportedOn: string;
};

/** Quantity of a product made in a month, in the measure of its capacity. */
export type ProductionReported = {
  readonly unit: string;
  readonly product: string;
  readonly month: string;
  readonly quantity: number;
  readonly reportedOn: string;
};

/** What the unit is said to be from `day` on; used where no capacity is known. */
export type OperatingStateChanged = {
  readonly unit: string;
  readonly day: string;
  readonly state: 'active' | 'semi-active' | 'idle';
  readonly reportedOn: string;
};

/** The unit is gone; `lastDay` is its last day. */
export type UnitClosed = { readonly unit: string; readonly lastDay: string; readonly reportedOn: string };

/** An industrial estate as it is from `day` on. */
export type EstateDeclared = {
  readonly estate: string;
  readonly day: string;
  readonly area: string;
  readonly plots: number;
  readonly plotsAssigned: number;
  readonly reportedOn: string;
};

/** Voids a record about a unit or an estate (`unit` then holds the estate's code), of the same agency. */
export type UnitRecordWithdrawn = {
  readonly contract: string;
  readonly recordId: string;
  readonly unit: string;
  readonly reportedOn: string;
};
