import type { Projection } from '@karnama/cells';
import type { Calendar } from '@karnama/kernel';
import { skillDemand } from './skill-demand.js';
import { vacancies } from './vacancies.js';
import { vacancyCohort } from './vacancy-cohort.js';
import { vacancyStates, type VacancyState } from './vacancy-state.js';

/** What is counted of vacancies, by the months of a calendar. */
export const vacancyProjection = (calendar: Calendar): Projection<VacancyState> => ({
  name: 'vacancy',
  register: vacancyStates,
  dataflows: [vacancies(calendar), vacancyCohort(calendar), skillDemand(calendar)],
});
