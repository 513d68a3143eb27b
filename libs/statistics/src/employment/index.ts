import type { Dataflow } from '@karnama/cells';
import type { Calendar } from '@karnama/kernel';
import type { PersonState } from '../person/person-state.js';
import { jobs } from './jobs.js';
import { persons } from './persons.js';
import { stableJobs } from './stable-jobs.js';
import { tenure } from './tenure.js';
import { wages } from './wages.js';

/** What is counted of the employment records of persons: jobs and their flows, time in them, persons, wages. */
export const employmentDataflows = (calendar: Calendar): readonly Dataflow<PersonState>[] => [
  jobs(calendar),
  stableJobs(calendar),
  tenure(calendar),
  persons(calendar),
  wages(calendar),
];
