import { factsInForce } from '@karnama/kernel';
import {
  outcomeOf,
  placementsOf,
  registrationsOf,
  searchSpellsOf,
  type Job,
  type JobseekerFact,
  type PlacementFact,
  type SearchOutcome,
  type SearchSpell,
} from '@karnama/registers';
import { jobsOfPerson, type PersonState } from '../person/person-state.js';

/** A spell of search and where it led; null while it lasts. */
export type Search = { readonly spell: SearchSpell; readonly outcome: SearchOutcome | null };

/** What a person's search for work is counted from. */
export type SearchHistory = {
  readonly searches: readonly Search[];
  readonly placements: readonly PlacementFact[];
  /** In the order of their first days. */
  readonly jobs: readonly Job[];
};

const noSearch: SearchHistory = { searches: [], placements: [], jobs: [] };

const known = new WeakMap<PersonState['search'], WeakMap<readonly Job[], SearchHistory>>();

/**
 * The search history of a person; the same object as long as the search records and the jobs are the
 * same, and for all who never searched.
 */
export const searchHistoryOf = (state: PersonState): SearchHistory => {
  const { search } = state;
  if (search.size === 0) return noSearch;
  const jobs = jobsOfPerson(state);
  let byJobs = known.get(search);
  if (byJobs === undefined) known.set(search, (byJobs = new WeakMap()));
  let history = byJobs.get(jobs);
  if (history === undefined) byJobs.set(jobs, (history = historyOf(factsInForce(search), jobs)));
  return history;
};

const historyOf = (facts: readonly JobseekerFact[], jobs: readonly Job[]): SearchHistory => {
  const searches = searchSpellsOf(registrationsOf(facts), jobs).map((spell) => ({
    spell,
    outcome: outcomeOf(spell, jobs),
  }));
  return { searches, placements: placementsOf(facts), jobs };
};
