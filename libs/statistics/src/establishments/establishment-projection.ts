import type { Projection } from '@karnama/cells';
import type { Calendar } from '@karnama/kernel';
import { establishmentStates, type EstablishmentState } from './establishment-state.js';
import { jobFlows } from './job-flows.js';
import { reporting } from './reporting.js';

/** What is counted of workshops, by the months of a calendar. */
export const establishmentProjection = (calendar: Calendar): Projection<EstablishmentState> => ({
  name: 'establishment',
  register: establishmentStates,
  dataflows: [jobFlows(calendar), reporting(calendar)],
});
