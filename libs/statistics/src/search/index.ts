import type { Dataflow } from '@karnama/cells';
import type { Calendar } from '@karnama/kernel';
import type { PersonState } from '../person/person-state.js';
import { jobseekers } from './jobseekers.js';
import { placements } from './placements.js';
import { searchCohort } from './search-cohort.js';
import { searchDuration } from './search-duration.js';

/** What is counted of persons who look for work, in the months of a calendar. */
export const searchDataflows = (calendar: Calendar): readonly Dataflow<PersonState>[] => [
  jobseekers(calendar),
  searchDuration(calendar),
  searchCohort(calendar),
  placements(calendar),
];
