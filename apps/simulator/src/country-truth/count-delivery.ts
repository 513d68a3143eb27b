import { monthOfDay, type Month } from '@karnama/kernel';
import { dayOfFact } from '../country/fact-days.js';
import type { SimulatedRecord } from '../country/records.js';
import { recordsByLag, type Counters } from './counters.js';

/** Each delivery of each record up to the horizon, repeats too: its kind and how late it was. */
export const countDeliveries = (
  counters: Counters,
  { agency, versions, withdrawal }: SimulatedRecord,
  horizon: Month,
): void => {
  const count = (months: readonly Month[]): number => months.filter((month) => month <= horizon).length;
  for (const { version, fact, reported, delivered } of versions) {
    // an annulment names no day
    const lag = fact.kind === 'annulment' ? 0 : reported - dayOfFact(fact);
    const month = monthOfDay(reported, 'jalali');
    counters.add('records', agency, month, count(delivered));
    counters.add(recordsByLag.of(lag), agency, month, count(delivered));
    if (version > 1) counters.add('corrections', agency, month, count(delivered));
  }
  if (withdrawal === null) return;
  const month = monthOfDay(withdrawal.reported, 'jalali');
  counters.add('records', agency, month, count(withdrawal.delivered));
  counters.add(recordsByLag.of(0), agency, month, count(withdrawal.delivered));
  counters.add('corrections', agency, month, count(withdrawal.delivered));
};
