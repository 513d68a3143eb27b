import type { Day } from '@karnama/kernel';
import type { CertificateFact, EnrolledFact, SkillFact } from './register.js';

/** An enrolment and whether it was completed, whenever that was. */
export type Enrolment = Omit<EnrolledFact, 'type'> & { readonly completed: boolean };

/** A certificate that stands; `enrolledOn` is the day of the enrolment that led to it, null if none is known. */
export type Certificate = Omit<CertificateFact, 'type'> & { readonly enrolledOn: Day | null };

/** The enrolments that a person's facts tell of, in the order of their records' names. */
export const enrolmentsOf = (facts: readonly SkillFact[]): readonly Enrolment[] => {
  const completed = new Set<string>();
  for (const fact of facts) if (fact.type === 'TrainingCompleted') completed.add(fact.enrolment);
  const enrolments: Enrolment[] = [];
  for (const fact of facts) {
    if (fact.type !== 'TrainingEnrolled') continue;
    const { enrolment, sex, birthMonth, area, skill, day, dueDay } = fact;
    const told = { enrolment, sex, birthMonth, area, skill, day, dueDay };
    enrolments.push({ ...told, completed: completed.has(enrolment) });
  }
  return enrolments;
};

/**
 * The certificates of a person that were not annulled, by day, then number (by code unit), then name of
 * the record: the first of a month is the one that the person counts with. Of several enrolments under
 * the number that a certificate names, the earliest counts.
 * @param facts in the order of their records' names, as `factsInForce` gives them
 */
export const certificatesOf = (facts: readonly SkillFact[]): readonly Certificate[] => {
  const annulled = new Set<string>();
  const enrolledOn = new Map<string, Day>();
  for (const fact of facts) {
    if (fact.type === 'CertificateAnnulled') annulled.add(fact.certificate);
    if (fact.type === 'TrainingEnrolled')
      enrolledOn.set(fact.enrolment, Math.min(fact.day, enrolledOn.get(fact.enrolment) ?? Infinity));
  }
  const certificates: Certificate[] = [];
  for (const fact of facts) {
    if (fact.type !== 'CertificateIssued' || annulled.has(fact.certificate)) continue;
    const { certificate, enrolment, sex, birthMonth, area, skill, day } = fact;
    const from = enrolment === null ? undefined : enrolledOn.get(enrolment);
    const told = { certificate, enrolment, sex, birthMonth, area, skill, day };
    certificates.push({ ...told, enrolledOn: from ?? null });
  }
  return certificates.sort((a, b) => a.day - b.day || byCodeUnit(a.certificate, b.certificate));
};

const byCodeUnit = (a: string, b: string): number => Number(b < a) - Number(a < b);
