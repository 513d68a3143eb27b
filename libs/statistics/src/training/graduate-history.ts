import { factsInForce, monthOfDay, type Calendar, type Month } from '@karnama/kernel';
import { certificatesOf, type Certificate, type Job } from '@karnama/registers';
import { jobsOfPerson, type PersonState } from '../person/person-state.js';

/** What a person's way from a certificate into work is counted from. */
export type GraduateHistory = {
  /** By day, then number. */
  readonly certificates: readonly Certificate[];
  /** In the order of their first days. */
  readonly jobs: readonly Job[];
  /** Whether any record of employment about the person is in force. */
  readonly linked: boolean;
};

const noGraduate: GraduateHistory = { certificates: [], jobs: [], linked: false };

const known = new WeakMap<PersonState['skills'], WeakMap<object, GraduateHistory>>();

/**
 * The certificates and jobs of a person; the same object as long as they are the same, and for all who
 * never learned anything.
 */
export const graduateHistoryOf = (state: PersonState): GraduateHistory => {
  const { skills, employment } = state;
  if (skills.size === 0) return noGraduate;
  const jobs = jobsOfPerson(state);
  // without a job the other records decide whether the person is linked
  const work = jobs.length > 0 ? jobs : employment;
  let byWork = known.get(skills);
  if (byWork === undefined) known.set(skills, (byWork = new WeakMap()));
  let history = byWork.get(work);
  if (history === undefined) {
    const linked = factsInForce(employment).length > 0;
    byWork.set(work, (history = { certificates: certificatesOf(factsInForce(skills)), jobs, linked }));
  }
  return history;
};

/** The first certificate of each month: the one that a person counts with in that month. */
export const firstOfMonths = (
  certificates: readonly Certificate[],
  calendar: Calendar,
): readonly (readonly [Month, Certificate])[] => {
  const firsts = new Map<Month, Certificate>();
  for (const certificate of certificates) {
    const month = monthOfDay(certificate.day, calendar);
    if (!firsts.has(month)) firsts.set(month, certificate);
  }
  return [...firsts];
};
