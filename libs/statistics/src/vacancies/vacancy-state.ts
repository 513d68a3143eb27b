import type { Register } from '@karnama/cells';
import { sourcesOf, type Json, type RecordedEvent, type Records } from '@karnama/kernel';
import { vacancyRegister, type VacancyFact } from '@karnama/registers';

/** What is known of a vacancy. */
export type VacancyState = Records<VacancyFact>;

/** Placements, and withdrawals of records about persons, tell of a vacancy only when they name one. */
const entitiesOf = (event: RecordedEvent): readonly string[] => {
  if (!vacancyRegister.knows(event.type)) return [];
  const { vacancy } = event.data as { readonly vacancy: string | null };
  return vacancy === null ? [] : [vacancy];
};

/** Vacancies by their number. */
export const vacancyStates: Register<VacancyState> = {
  code: 'vacancies',
  version: 1,
  reads: ['Vacancy', 'PlacementRecorded', 'JobseekerRecordWithdrawn'],
  entitiesOf,
  initial: vacancyRegister.initial,
  evolve: vacancyRegister.evolve,
  corrects: vacancyRegister.corrects,
  recurring: true,
  sources: sourcesOf,
  encode: (state) => JSON.stringify(vacancyRegister.encode(state)),
  decode: (text) => vacancyRegister.decode(JSON.parse(text) as Json),
};
