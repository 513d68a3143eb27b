import {
  factsInForce,
  parseDay,
  parseMonth,
  recordRegister,
  type Day,
  type FactShape,
  type Month,
  type Records,
} from '@karnama/kernel';
import type { WageListReceived } from '../employment/events.js';
import type { EstablishmentChanged, EstablishmentDeclared, EstablishmentSucceeded } from './events.js';

/** What a workshop is from `day` on. */
export type WorkshopPlaced = {
  readonly type: 'EstablishmentDeclared' | 'EstablishmentChanged';
  readonly establishment: string;
  readonly day: Day;
  readonly area: string;
  readonly industry: string | null;
};

/** `jobs` went over from one workshop to another on `day`. Both are told of it. */
export type WorkshopSucceeded = {
  readonly type: 'EstablishmentSucceeded';
  readonly predecessor: string;
  readonly successor: string;
  readonly day: Day;
  readonly jobs: number;
};

export type EstablishmentFact = WorkshopPlaced | WorkshopSucceeded;

/** The wage list of a month came in; the month is of the calendar it was told in. */
export type WageListFact = {
  readonly type: 'WageListReceived';
  readonly establishment: string;
  readonly month: Month;
};

const placed = (type: WorkshopPlaced['type']): FactShape<EstablishmentFact> => ({
  fields: ['establishment', 'day', 'area', 'industry'],
  fact(data) {
    const { establishment, day, area, industry } = data as EstablishmentDeclared | EstablishmentChanged;
    return { type, establishment, day: parseDay(day), area, industry };
  },
});

const succeeded: FactShape<EstablishmentFact> = {
  fields: ['predecessor', 'successor', 'day', 'jobs'],
  fact(data) {
    const { predecessor, successor, day, jobs } = data as EstablishmentSucceeded;
    return { type: 'EstablishmentSucceeded', predecessor, successor, day: parseDay(day), jobs };
  },
};

const withdrawal = 'EstablishmentRecordWithdrawn';

/** What was told of a workshop itself: its place, its activity, its successions. */
export const establishmentRegister = recordRegister<EstablishmentFact>(
  {
    EstablishmentDeclared: placed('EstablishmentDeclared'),
    EstablishmentChanged: placed('EstablishmentChanged'),
    EstablishmentSucceeded: succeeded,
  },
  withdrawal,
);

/**
 * The wage lists that came in from a workshop. Apart from the other records, because one comes in every
 * month and nothing but the reporting depends on them.
 */
export const wageListRegister = recordRegister<WageListFact>(
  {
    WageListReceived: {
      fields: ['establishment', 'month'],
      fact(data) {
        const { establishment, month } = data as WageListReceived;
        return { type: 'WageListReceived', establishment, month: parseMonth(month) };
      },
    },
  },
  withdrawal,
);

/** Where a workshop is and what it does, from `day` on. */
export type WorkshopPlace = { readonly day: Day; readonly area: string; readonly industry: string | null };

/**
 * The places of a workshop, by day, one for each day on which it changes; empty when none is known. The
 * first also holds before its day. Of several declarations the earliest counts; of what is told of one
 * day the greatest record name.
 */
export const placesOf = (records: Records<EstablishmentFact>): readonly WorkshopPlace[] => {
  const told: WorkshopPlaced[] = [];
  let declared: WorkshopPlaced | undefined;
  for (const fact of factsInForce(records)) {
    if (fact.type === 'EstablishmentSucceeded') continue;
    told.push(fact);
    if (fact.type === 'EstablishmentDeclared' && (declared === undefined || fact.day < declared.day))
      declared = fact;
  }
  const places = new Map<Day, WorkshopPlace>();
  // stable: what is told of one day stays in the order of the records' names
  for (const fact of told.sort((a, b) => a.day - b.day))
    if (fact.type === 'EstablishmentChanged' || fact === declared) places.set(fact.day, fact);
  return [...places.values()];
};

/** The place on a day, of places as `placesOf` gives them; undefined when there are none. */
export const placeOn = (places: readonly WorkshopPlace[], day: Day): WorkshopPlace | undefined =>
  places.findLast((place) => place.day <= day) ?? places[0];

/** `jobs` left the workshop (positive) or came to it (negative) by a succession on `day`. */
export type Transfer = { readonly day: Day; readonly jobs: number };

/** What went over from and to a workshop by the successions that records tell of. */
export const transfersOf = (records: Records<EstablishmentFact>, establishment: string): Transfer[] => {
  const transfers: Transfer[] = [];
  for (const { fact, withdrawn } of records.values()) {
    if (fact?.type !== 'EstablishmentSucceeded' || withdrawn) continue;
    const { predecessor, successor, day, jobs } = fact;
    if (predecessor === establishment) transfers.push({ day, jobs });
    if (successor === establishment) transfers.push({ day, jobs: -jobs });
  }
  return transfers;
};
