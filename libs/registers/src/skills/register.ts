import {
  parseDay,
  parseMonth,
  recordRegister,
  type Day,
  type FactShape,
  type Month,
  type RecordRegister,
} from '@karnama/kernel';
import type {
  CertificateAnnulled,
  CertificateIssued,
  TrainingCompleted,
  TrainingEnrolled,
} from './events.js';

/** Who learned what, as told; the birth month is of the calendar it was told in. */
type Learner = {
  readonly sex: 'M' | 'F' | null;
  readonly birthMonth: Month | null;
  readonly area: string;
  readonly skill: string | null;
};

export type EnrolledFact = Learner & {
  readonly type: 'TrainingEnrolled';
  readonly enrolment: string;
  readonly day: Day;
  readonly dueDay: Day;
};

export type CompletedFact = { readonly type: 'TrainingCompleted'; readonly enrolment: string };

export type CertificateFact = Learner & {
  readonly type: 'CertificateIssued';
  readonly certificate: string;
  readonly enrolment: string | null;
  readonly day: Day;
};

export type AnnulledFact = { readonly type: 'CertificateAnnulled'; readonly certificate: string };

export type SkillFact = EnrolledFact | CompletedFact | CertificateFact | AnnulledFact;

const monthOrNull = (text: string | null): Month | null => (text === null ? null : parseMonth(text));

const enrolled: FactShape<SkillFact> = {
  fields: ['enrolment', 'sex', 'birthMonth', 'area', 'skill', 'day', 'dueDay'],
  fact(data) {
    const { enrolment, sex, birthMonth, area, skill, day, dueDay } = data as TrainingEnrolled;
    return {
      type: 'TrainingEnrolled',
      enrolment,
      sex,
      birthMonth: monthOrNull(birthMonth),
      area,
      skill,
      day: parseDay(day),
      dueDay: parseDay(dueDay),
    };
  },
};

const completed: FactShape<SkillFact> = {
  fields: ['enrolment'],
  fact: (data) => ({ type: 'TrainingCompleted', enrolment: (data as TrainingCompleted).enrolment }),
};

const issued: FactShape<SkillFact> = {
  fields: ['certificate', 'enrolment', 'sex', 'birthMonth', 'area', 'skill', 'day'],
  fact(data) {
    const { certificate, enrolment, sex, birthMonth, area, skill, day } = data as CertificateIssued;
    return {
      type: 'CertificateIssued',
      certificate,
      enrolment,
      sex,
      birthMonth: monthOrNull(birthMonth),
      area,
      skill,
      day: parseDay(day),
    };
  },
};

const annulled: FactShape<SkillFact> = {
  fields: ['certificate'],
  fact: (data) => ({ type: 'CertificateAnnulled', certificate: (data as CertificateAnnulled).certificate }),
};

/** What training providers told of one person: enrolments, completions, certificates, annulments. */
export const skillRegister: RecordRegister<SkillFact> = recordRegister(
  {
    TrainingEnrolled: enrolled,
    TrainingCompleted: completed,
    CertificateIssued: issued,
    CertificateAnnulled: annulled,
  },
  'SkillRecordWithdrawn',
);
