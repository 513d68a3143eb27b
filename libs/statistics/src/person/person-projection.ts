import type { Dataflow, Projection } from '@karnama/cells';
import type { Calendar } from '@karnama/kernel';
import { employmentDataflows } from '../employment/index.js';
import { searchDataflows } from '../search/index.js';
import { trainingDataflows } from '../training/index.js';
import { personRegister, type PersonState } from './person-state.js';

/** All that is counted of persons: their jobs, their search for work, their training. */
export const personProjection = (calendar: Calendar = 'jalali'): Projection<PersonState> => {
  const dataflows: readonly Dataflow<PersonState>[] = [
    ...employmentDataflows(calendar),
    ...searchDataflows(calendar),
    ...trainingDataflows(calendar),
  ];
  return { name: 'person', register: personRegister, dataflows };
};
