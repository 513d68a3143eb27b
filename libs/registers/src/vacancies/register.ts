import { parseDay, recordRegister, type Day, type FactShape, type RecordRegister } from '@karnama/kernel';
import type { PlacementRecorded } from '../jobseekers/events.js';
import type { VacancyClosed, VacancyFilled, VacancyPublished } from './events.js';

/** Posts opened on `day`; those not filled close on `expiresOn`. */
export type PublishedFact = {
  readonly type: 'VacancyPublished';
  readonly positions: number;
  readonly day: Day;
  readonly expiresOn: Day | null;
  readonly area: string;
  readonly industry: string | null;
  readonly occupation: string | null;
  readonly skill: string | null;
};

/** Posts filled otherwise than by a placement, from `day` on. */
export type FilledFact = { readonly type: 'VacancyFilled'; readonly positions: number; readonly day: Day };

/** The posts that are left are withdrawn on `day`. */
export type ClosedFact = { readonly type: 'VacancyClosed'; readonly day: Day };

/** A person was placed on `day` in one post of the vacancy. */
export type VacancyPlacementFact = { readonly type: 'PlacementRecorded'; readonly day: Day };

export type VacancyFact = PublishedFact | FilledFact | ClosedFact | VacancyPlacementFact;

const published: FactShape<VacancyFact> = {
  fields: ['positions', 'day', 'expiresOn', 'area', 'industry', 'occupation', 'skill'],
  fact(data) {
    const { positions, day, expiresOn, area, industry, occupation, skill } = data as VacancyPublished;
    return {
      type: 'VacancyPublished',
      positions,
      day: parseDay(day),
      expiresOn: expiresOn === null ? null : parseDay(expiresOn),
      area,
      industry,
      occupation,
      skill,
    };
  },
};

const filled: FactShape<VacancyFact> = {
  fields: ['positions', 'day'],
  fact(data) {
    const { positions, day } = data as VacancyFilled;
    return { type: 'VacancyFilled', positions, day: parseDay(day) };
  },
};

const closed: FactShape<VacancyFact> = {
  fields: ['day'],
  fact: (data) => ({ type: 'VacancyClosed', day: parseDay((data as VacancyClosed).day) }),
};

const placed: FactShape<VacancyFact> = {
  fields: ['day'],
  fact: (data) => ({ type: 'PlacementRecorded', day: parseDay((data as PlacementRecorded).day) }),
};

/** Voids a placement that named a vacancy. */
const placementWithdrawal = 'JobseekerRecordWithdrawn';

const shapes = {
  VacancyPublished: published,
  VacancyFilled: filled,
  VacancyClosed: closed,
  PlacementRecorded: placed,
};
const records = recordRegister<VacancyFact>(shapes, 'VacancyRecordWithdrawn');
const placements = recordRegister<VacancyFact>(shapes, placementWithdrawal);

/**
 * What was told of one vacancy: its posts, how they were filled or closed, and the placements that name
 * it. Give it only placements, and withdrawals of records about persons, that name the vacancy.
 */
export const vacancyRegister: RecordRegister<VacancyFact> = {
  ...records,
  knows: (type) => type === placementWithdrawal || records.knows(type),
  evolve: (held, event) => (event.type === placementWithdrawal ? placements : records).evolve(held, event),
};
