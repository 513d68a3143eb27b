import type { Month } from '@karnama/kernel';
import { shapes } from '../country/contract-values.js';
import type { Fact, FactOf, Kind } from '../country/facts.js';
import type { SimulatedRecord } from '../country/records.js';

/** A fact in force with the name of its record, `<agency>/<contract>/<id>`, which breaks ties. */
export type Known<F extends Fact = Fact> = F & { readonly name: string };

export type KnownFacts = { readonly of: <K extends Kind>(kind: K) => readonly Known<FactOf<K>>[] };

const reached = (months: readonly Month[], horizon: Month): boolean => months.some((m) => m <= horizon);

/** The fact that a record states as far as was delivered by the end of a month; null when it is void or none. */
const inForce = ({ versions, withdrawal }: SimulatedRecord, horizon: Month): Fact | null => {
  if (withdrawal !== null && reached(withdrawal.delivered, horizon)) return null;
  let fact: Fact | null = null;
  let newest = 0;
  for (const { version, fact: stated, delivered } of versions)
    if (version > newest && reached(delivered, horizon)) [newest, fact] = [version, stated];
  return fact;
};

/** All facts in force at the end of a month of delivery. */
export const knownFacts = (records: readonly SimulatedRecord[], horizon: Month): KnownFacts => {
  const byKind = new Map<Kind, Known[]>();
  for (const record of records) {
    const fact = inForce(record, horizon);
    if (fact === null) continue;
    const name = `${record.agency}/${shapes[fact.kind].contract}/${record.id}`;
    const list = byKind.get(fact.kind);
    if (list === undefined) byKind.set(fact.kind, [{ ...fact, name }]);
    else list.push({ ...fact, name });
  }
  return {
    of: <K extends Kind>(kind: K) => (byKind.get(kind) ?? []) as unknown as readonly Known<FactOf<K>>[],
  };
};

export const groupedBy = <T>(
  list: readonly T[],
  key: (one: T) => string,
): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const group = groups.get(key(one));
    if (group === undefined) groups.set(key(one), [one]);
    else group.push(one);
  }
  return groups;
};

/** The best of a list by an order in which `better(a, b)` says that a beats b. */
export const best = <T>(list: Iterable<T>, better: (a: T, b: T) => boolean): T | undefined => {
  let chosen: T | undefined;
  for (const one of list) if (chosen === undefined || better(one, chosen)) chosen = one;
  return chosen;
};

/** The province of a stated area: `IR:2305` → `IR-23`, `IR` → `IR-_U`. */
export const provinceOf = (area: string): string => {
  if (area.startsWith('IR:')) return `IR-${area.slice(3, 5)}`;
  return area === 'IR' ? 'IR-_U' : area;
};
