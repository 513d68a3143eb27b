import type { Day, Month } from '@karnama/kernel';
import type { Industry } from '../economy.js';
import type { Random } from '../random.js';
import type { Agency } from './agencies.js';
import type { Attributes } from './facts.js';
import type { Ids } from './ids.js';
import type { Country } from './options.js';
import type { Chunk } from './plan.js';
import type { Emit } from './records.js';
import type { Schedule } from './schedule.js';

export type Firm = {
  readonly id: string;
  readonly area: string;
  readonly isic: string | null;
  readonly form: string;
  readonly workshops: Workshop[];
  /** Own-account firms report activity and employ nobody. */
  readonly active: boolean;
  gone: boolean;
};

export type Workshop = {
  readonly code: string;
  firm: Firm;
  area: string;
  readonly industry: Industry;
  isic: string | null;
  target: number;
  readonly staff: Job[];
  readonly agency: Agency;
  /** Sends its monthly list with this likelihood. */
  readonly diligence: number;
};

export type Person = {
  readonly id: string;
  readonly sex: 'M' | 'F' | null;
  readonly birth: Month;
  /** As the records state it: null, or in the Gregorian calendar, now and then. */
  readonly stated: Month | null;
  readonly education: string | null;
  readonly group: string;
  readonly jobs: Job[];
  search: { readonly registration: string; readonly agency: Agency } | null;
  /** A workshop that may call back. */
  last: Workshop | null;
  skill: string | null;
  gone: boolean;
};

export type Job = {
  readonly person: Person;
  readonly workshop: Workshop;
  spell: string;
  enterprise: string;
  start: Day;
  attributes: Attributes;
  /** What the last month's happenings left of it. */
  ended: boolean;
  /** Months in which some day of the present spell lies; for wage reports. */
  lastDay: Day | null;
};

/** A chunk while it is being played. */
export type ChunkState = {
  readonly country: Country;
  readonly chunk: Chunk;
  readonly random: Random;
  readonly ids: Ids;
  readonly emit: Emit;
  readonly firms: Firm[];
  readonly workshops: Workshop[];
  readonly people: Person[];
};

/** People who look for work, registered or not. */
export type Search = { readonly seekers: Person[] };

/** What the months of a chunk hand on to each other. */
export type Labour = { readonly search: Search; readonly schedule: Schedule };
