import type { Dataflow } from '@karnama/cells';
import type { Calendar } from '@karnama/kernel';
import type { PersonState } from '../person/person-state.js';
import { graduateEntry } from './graduate-entry.js';
import { graduates } from './graduates.js';
import { training } from './training.js';

/** What is counted of training and of those who were trained, in the months of a calendar. */
export const trainingDataflows = (calendar: Calendar): readonly Dataflow<PersonState>[] => [
  training(calendar),
  graduates(calendar),
  graduateEntry(calendar),
];
