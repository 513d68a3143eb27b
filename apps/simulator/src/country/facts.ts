import type { Day, Month } from '@karnama/kernel';

/** What is true of a job from a day on. Codes as the records state them; null = not stated. */
export type Attributes = {
  readonly area: string;
  readonly industry: string | null;
  readonly occupation: string | null;
  readonly contractType: string | null;
  /** Hundredths of hours a week. */
  readonly weeklyHours: number | null;
  /** Whole rials a month. */
  readonly monthlyWage: number | null;
};

export type Parties = {
  readonly spell: string;
  readonly person: string;
  readonly workshop: string;
  readonly enterprise: string;
};

export type Traits = { readonly sex: 'M' | 'F' | null; readonly birthMonth: Month | null };

/** What an agency can say of the world. Days and months are those of the kernel; `end`s are last days. */
export type Fact =
  | ({ readonly kind: 'job-start'; readonly day: Day } & Parties & Traits & Attributes)
  | ({ readonly kind: 'job-change'; readonly day: Day } & Parties & Attributes)
  | ({ readonly kind: 'job-end'; readonly lastDay: Day; readonly reason: string | null } & Parties)
  | ({ readonly kind: 'wage'; readonly month: Month; readonly rials: number } & Parties)
  | {
      readonly kind: 'wage-list';
      readonly workshop: string;
      readonly enterprise: string;
      readonly month: Month;
      readonly insured: number;
    }
  | ({
      readonly kind: 'jobseeker';
      readonly registration: string;
      readonly person: string;
      readonly day: Day;
      readonly area: string;
      readonly education: string | null;
      readonly occupation: string | null;
    } & Traits)
  | {
      readonly kind: 'jobseeker-end';
      readonly registration: string;
      readonly person: string;
      readonly lastDay: Day;
      readonly reason: string | null;
    }
  | {
      readonly kind: 'placement';
      readonly placement: string;
      readonly person: string;
      readonly vacancy: string | null;
      readonly area: string;
      readonly sex: 'M' | 'F' | null;
      readonly day: Day;
    }
  | ({
      readonly kind: 'enrolment';
      readonly enrolment: string;
      readonly person: string;
      readonly area: string;
      readonly skill: string | null;
      readonly provider: string | null;
      readonly day: Day;
      readonly dueDay: Day;
    } & Traits)
  | {
      readonly kind: 'completion';
      readonly enrolment: string;
      readonly person: string;
      readonly day: Day;
    }
  | ({
      readonly kind: 'certificate';
      readonly certificate: string;
      readonly person: string;
      readonly enrolment: string | null;
      readonly area: string;
      readonly skill: string | null;
      readonly provider: string | null;
      readonly day: Day;
    } & Traits)
  | { readonly kind: 'annulment'; readonly certificate: string; readonly person: string; readonly day: Day }
  | {
      readonly kind: 'vacancy';
      readonly vacancy: string;
      readonly enterprise: string | null;
      readonly positions: number;
      readonly day: Day;
      readonly expiresOn: Day | null;
      readonly area: string;
      readonly industry: string | null;
      readonly occupation: string | null;
      readonly skill: string | null;
    }
  | {
      readonly kind: 'vacancy-fill';
      readonly vacancy: string;
      readonly fill: string;
      readonly positions: number;
      readonly day: Day;
    }
  | { readonly kind: 'vacancy-close'; readonly vacancy: string; readonly day: Day }
  | {
      readonly kind: 'workshop';
      readonly workshop: string;
      readonly enterprise: string;
      readonly day: Day;
      readonly area: string;
      readonly industry: string | null;
    }
  | {
      readonly kind: 'workshop-change';
      readonly workshop: string;
      readonly day: Day;
      readonly area: string;
      readonly industry: string | null;
    }
  | {
      readonly kind: 'workshop-succession';
      readonly predecessor: string;
      readonly successor: string;
      readonly day: Day;
      readonly jobs: number;
    }
  | {
      readonly kind: 'enterprise';
      readonly enterprise: string;
      readonly day: Day;
      readonly area: string;
      readonly industry: string | null;
      readonly legalForm: string | null;
    }
  | { readonly kind: 'activity'; readonly enterprise: string; readonly month: Month }
  | { readonly kind: 'enterprise-end'; readonly enterprise: string; readonly lastDay: Day }
  | {
      readonly kind: 'enterprise-succession';
      readonly predecessor: string;
      readonly successor: string;
      readonly day: Day;
      readonly form: 'merger' | 'split' | 'take-over';
    }
  | {
      readonly kind: 'permit';
      readonly unit: string;
      readonly day: Day;
      readonly area: string;
      readonly industry: string | null;
      readonly estate: string | null;
      readonly plannedJobs: number | null;
    }
  | { readonly kind: 'permit-annulment'; readonly unit: string; readonly day: Day }
  | {
      readonly kind: 'licence';
      readonly unit: string;
      readonly day: Day;
      readonly area: string;
      readonly industry: string | null;
      readonly estate: string | null;
    }
  | { readonly kind: 'progress'; readonly unit: string; readonly day: Day; readonly percent: number }
  | {
      readonly kind: 'capacity';
      readonly unit: string;
      readonly product: string;
      readonly month: Month;
      readonly quantity: number;
      /** Whole rials a month. */
      readonly rials: number;
    }
  | {
      readonly kind: 'production';
      readonly unit: string;
      readonly product: string;
      readonly month: Month;
      readonly quantity: number;
    }
  | { readonly kind: 'unit-state'; readonly unit: string; readonly day: Day; readonly state: string }
  | { readonly kind: 'unit-end'; readonly unit: string; readonly lastDay: Day }
  | {
      readonly kind: 'estate';
      readonly estate: string;
      readonly day: Day;
      readonly area: string;
      readonly plots: number;
      readonly assigned: number;
    };

export type Kind = Fact['kind'];

export type FactOf<K extends Kind> = Extract<Fact, { readonly kind: K }>;
