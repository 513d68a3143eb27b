import { factsInForce, monthIn, monthOfDay, type Calendar, type Records } from '@karnama/kernel';
import { unitOf, type Unit, type UnitFact, type UnitPlace } from '@karnama/registers';
import { capacityUseOf, type CapacityUse } from './capacity-use.js';
import { placeCodes } from './dimensions.js';

/** State of the projection `unit`: the records about one industrial unit. */
export type UnitState = Records<UnitFact>;

/** A permit or licence in the months at whose end it is there: from that of its day on. */
export type PlaceFrom = {
  readonly month: number;
  readonly day: number;
  readonly codes: readonly [area: string, industry: string];
  /** Inside or outside industrial estates. */
  readonly side: 'IN' | 'OUT';
};

/** What holds at the end of a month and of those after it, until something later does. */
export type From<T> = { readonly month: number; readonly value: T };

/** A unit by months of a calendar: what is dated before the end of a month holds at its end. */
export type UnitMonths = {
  readonly permit: PlaceFrom | null;
  readonly licence: PlaceFrom | null;
  /** Day of the annulment, and the month at whose end it holds; Infinity without one. */
  readonly annulledDay: number;
  readonly annulledFrom: number;
  /** First month at whose end the unit is gone; Infinity while it is there. */
  readonly goneFrom: number;
  /** Percent of physical progress, in order. */
  readonly progress: readonly From<number>[];
  /** States as they were said, in order. */
  readonly states: readonly From<'active' | 'semi-active' | 'idle'>[];
  readonly use: CapacityUse;
};

const monthOf = (day: number, calendar: Calendar): number =>
  day === Infinity ? Infinity : monthOfDay(day, calendar);

const placeFrom = (place: UnitPlace | null, calendar: Calendar): PlaceFrom | null =>
  place === null
    ? null
    : {
        month: monthOf(place.day, calendar),
        day: place.day,
        codes: placeCodes(place),
        side: place.estate === null ? 'OUT' : 'IN',
      };

/** In order of days; of one day the greatest record name comes last, for the sort is stable. */
const inOrder = <F extends { readonly day: number }, T>(
  facts: readonly F[],
  calendar: Calendar,
  valueOf: (fact: F) => T,
): readonly From<T>[] =>
  [...facts]
    .sort((a, b) => a.day - b.day)
    .map((fact) => ({ month: monthOf(fact.day, calendar), value: valueOf(fact) }));

const monthsOf = (unit: Unit, calendar: Calendar): UnitMonths => ({
  permit: placeFrom(unit.permit, calendar),
  licence: placeFrom(unit.licence, calendar),
  annulledDay: unit.annulledFrom,
  annulledFrom: monthOf(unit.annulledFrom, calendar),
  goneFrom: monthOf(unit.goneFrom, calendar),
  progress: inOrder(unit.progress, calendar, ({ percent }) => percent),
  states: inOrder(unit.states, calendar, ({ state }) => state),
  use: capacityUseOf(
    unit.capacities.map((capacity) => ({ ...capacity, month: monthIn(capacity.month, calendar) })),
    unit.production.map((made) => ({ ...made, month: monthIn(made.month, calendar) })),
  ),
});

const known: Readonly<Record<Calendar, WeakMap<UnitState, UnitMonths>>> = {
  jalali: new WeakMap(),
  gregorian: new WeakMap(),
};

/** The unit that the records in force tell of, by months of a calendar. Worked out once for each state. */
export const unitIn = (state: UnitState, calendar: Calendar): UnitMonths => {
  const found = known[calendar].get(state) ?? monthsOf(unitOf(factsInForce(state)), calendar);
  known[calendar].set(state, found);
  return found;
};

/** The last of `all` that holds at the end of a month. */
export const latestIn = <T>(all: readonly From<T>[], month: number): T | undefined => {
  for (let i = all.length - 1; i >= 0; i--) {
    const one = all[i] as From<T>;
    if (one.month <= month) return one.value;
  }
  return undefined;
};

/** The licence that a unit works under at the end of a month; null without one and when the unit is gone. */
export const licenceIn = ({ licence, goneFrom }: UnitMonths, month: number): PlaceFrom | null =>
  licence !== null && licence.month <= month && month < goneFrom ? licence : null;
