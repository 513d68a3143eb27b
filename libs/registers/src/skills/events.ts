/*
 * Stored for ever: names and shapes below are what the ledger holds. Add a version and an upcast; never edit.
 * Days are `YYYY-MM-DD` (Gregorian); `person` is a pseudonym; `skill` a skill family; null = unknown.
 */

export type TrainingProvider = 'public' | 'private' | 'in-plant' | 'other';

export type TrainingEnrolled = {
  readonly enrolment: string;
  readonly person: string;
  readonly sex: 'M' | 'F' | null;
  readonly birthMonth: string | null;
  readonly area: string;
  readonly skill: string | null;
  readonly provider: TrainingProvider | null;
  readonly day: string;
  /** Day on which the course is to be completed. */
  readonly dueDay: string;
  readonly reportedOn: string;
};

export type TrainingCompleted = {
  readonly enrolment: string;
  readonly person: string;
  readonly day: string;
  readonly reportedOn: string;
};

export type CertificateIssued = {
  readonly certificate: string;
  readonly person: string;
  /** The enrolment that led to it; null for a test without a course. */
  readonly enrolment: string | null;
  readonly sex: 'M' | 'F' | null;
  readonly birthMonth: string | null;
  readonly area: string;
  readonly skill: string | null;
  readonly provider: TrainingProvider | null;
  readonly day: string;
  readonly reportedOn: string;
};

/** The certificate never counted. */
export type CertificateAnnulled = {
  readonly certificate: string;
  readonly person: string;
  readonly reportedOn: string;
};

/** Voids a record about training, of the same agency. */
export type SkillRecordWithdrawn = {
  readonly contract: string;
  readonly recordId: string;
  readonly person: string;
  readonly reportedOn: string;
};
