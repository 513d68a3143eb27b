import { fullMonthsBetween, lastDayOf, monthOfDay, type Day, type Month } from '@karnama/kernel';
import type { FactOf } from '../country/facts.js';
import type { Span } from './count-jobs.js';
import type { Counters } from './counters.js';
import { best, groupedBy, provinceOf, type Known, type KnownFacts } from './known-facts.js';

type Dated = { readonly day: Day; readonly name: string };

const earliest = <T extends Dated>(list: readonly T[] = []): T | undefined =>
  best(list, (a, b) => a.day < b.day || (a.day === b.day && a.name < b.name));

const latestOn = <T extends Dated>(list: readonly T[] = [], day: Day): T | undefined =>
  best(
    list.filter((one) => one.day <= day),
    (a, b) => a.day > b.day || (a.day === b.day && a.name > b.name),
  );

type Unit = {
  readonly permit: Known<FactOf<'permit'>> | undefined;
  readonly licence: Known<FactOf<'licence'>> | undefined;
  readonly annulled: Day | undefined;
  /** First day on which it is gone. */
  readonly gone: Day;
  readonly progress: readonly Known<FactOf<'progress'>>[];
  readonly capacities: readonly Known<FactOf<'capacity'>>[];
  readonly productions: readonly Known<FactOf<'production'>>[];
  readonly states: readonly Known<FactOf<'unit-state'>>[];
};

type Use = {
  readonly all: number;
  readonly reporting: number;
  readonly used: number;
  readonly products: number;
};

/** Capacity and production of a month, product by product, in minor units. */
const useIn = ({ capacities, productions }: Unit, month: Month): Use => {
  let [all, reporting, used, products] = [0, 0, 0, 0];
  for (const ofProduct of groupedBy(capacities, ({ product }) => product).values()) {
    const capacity = best(
      ofProduct.filter((one) => one.month <= month),
      (a, b) => a.month > b.month || (a.month === b.month && a.name > b.name),
    );
    if (capacity === undefined || capacity.quantity <= 0) continue;
    products += 1;
    const value = capacity.rials * 100;
    all += value;
    const reports = productions.filter((one) => one.product === capacity.product && one.month === month);
    if (reports.length === 0) continue;
    reporting += value;
    const quantity = reports.reduce((sum, one) => sum + one.quantity, 0);
    const [v, q, c] = [BigInt(value), BigInt(quantity), BigInt(capacity.quantity)];
    used += Number((2n * v * q + c) / (2n * c));
  }
  return { all, reporting, used, products };
};

const operatingState = (unit: Unit, month: Month): string => {
  if (useIn(unit, month).products === 0) {
    const said = latestOn(unit.states, lastDayOf(month))?.state;
    return said === 'active' ? 'ACTIVE' : said === 'semi-active' ? 'SEMI' : said === 'idle' ? 'IDLE' : '_U';
  }
  for (const m of [month, month - 1, month - 2]) {
    if (!unit.productions.some((one) => one.month === m)) continue;
    const { used, reporting } = useIn(unit, m);
    if (reporting > 0 && 2 * used >= reporting) return 'ACTIVE';
    return used > 0 ? 'SEMI' : 'IDLE';
  }
  return 'IDLE';
};

const countUnit = (counters: Counters, unit: Unit, { first, horizon }: Span): void => {
  const { permit, licence, annulled, gone } = unit;
  for (let month = first - 1; month <= horizon; month += 1) {
    const last = lastDayOf(month);
    if (last >= gone) continue;
    if (licence !== undefined && licence.day <= last) {
      const area = provinceOf(licence.area);
      counters.add(`units ${operatingState(unit, month)}`, area, month);
      const { all, reporting, used } = useIn(unit, month);
      counters.addLarge('capacity', area, month, BigInt(all));
      counters.addLarge('reporting capacity', area, month, BigInt(reporting));
      counters.addLarge('used capacity', area, month, BigInt(used));
    } else if (permit !== undefined && permit.day <= last && !(annulled !== undefined && annulled <= last))
      counters.add('units in building', provinceOf(permit.area), month);
  }
};

const countPermit = (counters: Counters, { permit, licence, annulled }: Unit): void => {
  if (permit === undefined) return;
  const [area, month] = [provinceOf(permit.area), monthOfDay(permit.day, 'jalali')];
  const elapsed = (day: Day): number =>
    day <= permit.day ? 0 : Math.min(60, fullMonthsBetween(permit.day, day, 'jalali'));
  counters.add('permits', area, month);
  if (licence !== undefined) counters.add(`permits licensed ${elapsed(licence.day)}`, area, month);
  if (annulled !== undefined && !(licence !== undefined && licence.day <= annulled))
    counters.add(`permits annulled ${elapsed(annulled)}`, area, month);
};

/** All that is counted of industrial units and estates, one by one. */
export const countIndustry = (counters: Counters, known: KnownFacts, span: Span): void => {
  const byUnit = <T extends { readonly unit: string }>(
    list: readonly T[],
  ): ReadonlyMap<string, readonly T[]> => groupedBy(list, ({ unit }) => unit);
  const [permits, licences] = [byUnit(known.of('permit')), byUnit(known.of('licence'))];
  const [annulments, ends] = [byUnit(known.of('permit-annulment')), byUnit(known.of('unit-end'))];
  const [progress, states] = [byUnit(known.of('progress')), byUnit(known.of('unit-state'))];
  const [capacities, productions] = [byUnit(known.of('capacity')), byUnit(known.of('production'))];
  for (const name of new Set([...permits.keys(), ...licences.keys()])) {
    const unit: Unit = {
      permit: earliest(permits.get(name)),
      licence: earliest(licences.get(name)),
      annulled: earliest(annulments.get(name))?.day,
      gone: Math.min(Infinity, ...(ends.get(name) ?? []).map(({ lastDay }) => lastDay + 1)),
      progress: progress.get(name) ?? [],
      capacities: capacities.get(name) ?? [],
      productions: productions.get(name) ?? [],
      states: states.get(name) ?? [],
    };
    countPermit(counters, unit);
    countUnit(counters, unit, span);
  }
  for (const declared of groupedBy(known.of('estate'), ({ estate }) => estate).values())
    for (let month = span.first - 1; month <= span.horizon; month += 1) {
      const estate = latestOn(declared, lastDayOf(month));
      if (estate === undefined) continue;
      counters.add('plots', provinceOf(estate.area), month, estate.plots);
      counters.add('plots assigned', provinceOf(estate.area), month, estate.assigned);
    }
};
