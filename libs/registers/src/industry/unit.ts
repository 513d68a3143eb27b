import { assertNever } from '@karnama/kernel';
import type { UnitFact, UnitPlace } from './register.js';

type Of<T extends UnitFact['type']> = Extract<UnitFact, { readonly type: T }>;

/** What the records in force say of one unit; lists keep the order of the records' names. */
export type Unit = {
  readonly permit: UnitPlace | null;
  readonly licence: UnitPlace | null;
  /** Day from which the permit is annulled; Infinity when it never was. */
  readonly annulledFrom: number;
  /** First day on which the unit is gone; Infinity while it is there. */
  readonly goneFrom: number;
  readonly progress: readonly Of<'ProgressReported'>[];
  readonly states: readonly Of<'OperatingStateChanged'>[];
  readonly capacities: readonly Of<'CapacityDeclared'>[];
  readonly production: readonly Of<'ProductionReported'>[];
};

const units = new WeakMap<readonly UnitFact[], Unit>();

/** Of two places the one with the earlier day, the first of equal ones. */
const earlier = (known: UnitPlace | null, other: UnitPlace): UnitPlace =>
  known === null || other.day < known.day ? other : known;

/**
 * The unit that facts in force tell of. Where an agency sent several permits, licences, annulments or
 * closings, the one with the earliest day holds, of equal days the record with the smallest name.
 * Worked out once for each array of facts.
 * @param facts in ascending order of their records' names, as `factsInForce` gives them
 */
export const unitOf = (facts: readonly UnitFact[]): Unit => {
  const known = units.get(facts);
  if (known !== undefined) return known;
  const unit = read(facts);
  units.set(facts, unit);
  return unit;
};

const read = (facts: readonly UnitFact[]): Unit => {
  let permit: UnitPlace | null = null;
  let licence: UnitPlace | null = null;
  let [annulledFrom, goneFrom] = [Infinity, Infinity];
  const progress: Of<'ProgressReported'>[] = [];
  const states: Of<'OperatingStateChanged'>[] = [];
  const capacities: Of<'CapacityDeclared'>[] = [];
  const production: Of<'ProductionReported'>[] = [];
  for (const fact of facts)
    switch (fact.type) {
      case 'PermitIssued':
        permit = earlier(permit, fact);
        break;
      case 'LicenceIssued':
        licence = earlier(licence, fact);
        break;
      case 'PermitAnnulled':
        annulledFrom = Math.min(annulledFrom, fact.day);
        break;
      case 'UnitClosed':
        goneFrom = Math.min(goneFrom, fact.lastDay + 1);
        break;
      case 'ProgressReported':
        progress.push(fact);
        break;
      case 'OperatingStateChanged':
        states.push(fact);
        break;
      case 'CapacityDeclared':
        capacities.push(fact);
        break;
      case 'ProductionReported':
        production.push(fact);
        break;
      default:
        assertNever(fact);
    }
  return {
    permit,
    licence,
    annulledFrom,
    goneFrom,
    progress,
    states,
    capacities,
    production,
  };
};

/** The latest of `facts` that holds on `day`; of several of one day the last one. */
export const latestOn = <F extends { readonly day: number }>(
  facts: readonly F[],
  day: number,
): F | undefined => {
  let latest: F | undefined;
  for (const fact of facts)
    if (fact.day <= day && (latest === undefined || fact.day >= latest.day)) latest = fact;
  return latest;
};
