import type { Projection } from '@karnama/cells';
import type { Calendar } from '@karnama/kernel';
import { employers } from './employers.js';
import { enterpriseStates, type EnterpriseState } from './enterprise-state.js';
import { enterprises } from './enterprises.js';

/** What is counted of enterprises, by the months and years of a calendar. */
export const enterpriseProjection = (calendar: Calendar): Projection<EnterpriseState> => ({
  name: 'enterprise',
  register: enterpriseStates,
  dataflows: [enterprises(calendar), employers(calendar)],
});
