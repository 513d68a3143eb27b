import type { Day } from '@karnama/kernel';
import type { DeregistrationReason } from './events.js';
import type { DeregisteredFact, JobseekerFact, PlacementFact, RegisteredFact } from './register.js';

/** A registration as a jobseeker, [start, end); `end` is Infinity while it is open. */
export type Registration = Omit<RegisteredFact, 'type' | 'day'> & {
  readonly start: Day;
  readonly end: Day;
  /** Why it ended; null while it is open and where no reason is told. */
  readonly reason: DeregistrationReason | null;
};

/**
 * The registrations that a person's facts make, by first day, then number (by code unit), then name of
 * the record: of those active on a day, the first says what the person counts as. Of several ends of one
 * registration the one with the latest last day holds, then the one with the greatest record name. A
 * registration that ends before it began is left out.
 * @param facts in the order of their records' names, as `factsInForce` gives them
 */
export const registrationsOf = (facts: readonly JobseekerFact[]): readonly Registration[] => {
  const ends = endsOf(facts);
  const registrations: Registration[] = [];
  for (const fact of facts) {
    if (fact.type !== 'JobseekerRegistered') continue;
    const { registration, day: start, area, sex, birthMonth, education } = fact;
    const told = ends.get(registration);
    const end = told === undefined ? Infinity : told.lastDay + 1;
    const reason = told?.reason ?? null;
    if (end > start)
      registrations.push({ registration, start, end, reason, area, sex, birthMonth, education });
  }
  return registrations.sort((a, b) => a.start - b.start || byCodeUnit(a.registration, b.registration));
};

/** The placements told of a person. */
export const placementsOf = (facts: readonly JobseekerFact[]): readonly PlacementFact[] =>
  facts.filter((fact) => fact.type === 'PlacementRecorded');

const endsOf = (facts: readonly JobseekerFact[]): ReadonlyMap<string, DeregisteredFact> => {
  const ends = new Map<string, DeregisteredFact>();
  for (const fact of facts) {
    if (fact.type !== 'JobseekerDeregistered') continue;
    const other = ends.get(fact.registration);
    if (other === undefined || fact.lastDay >= other.lastDay) ends.set(fact.registration, fact);
  }
  return ends;
};

const byCodeUnit = (a: string, b: string): number => Number(b < a) - Number(a < b);
