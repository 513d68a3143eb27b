import { firstDayOf, type Day, type Month } from '@karnama/kernel';
import type { ChunkState, Workshop } from './chunk-state.js';
import { dayIn } from './firms.js';
import { occupationFor, skillIn } from './persons.js';

const agency = 'employment-services';

/** Publishes a vacancy of the workshop; answers its number. */
export const postVacancy = (state: ChunkState, workshop: Workshop, day: Day, posts?: number): string => {
  const { random, ids, emit } = state;
  const vacancy = ids.record('v');
  const skill = skillIn(random);
  const positions = posts ?? (random.chance(0.7) ? 1 : random.between(2, 5));
  emit(agency, {
    kind: 'vacancy',
    vacancy,
    enterprise: random.chance(0.1) ? null : workshop.firm.id,
    positions,
    day,
    expiresOn: random.chance(0.75) ? day + random.between(20, 170) : null,
    area: random.chance(0.95) ? workshop.area : `IR-${state.chunk.province.digits}`,
    industry: workshop.isic,
    occupation: random.chance(0.1) ? null : occupationFor(random, skill),
    skill,
  });
  // posts beyond the first are filled, or taken back, later
  if (positions > 1 && random.chance(0.6))
    tellFill(state, vacancy, random.between(1, positions), day + random.between(0, 120));
  if (random.chance(0.25))
    emit(agency, { kind: 'vacancy-close', vacancy, day: day + random.between(0, 200) });
  return vacancy;
};

export const tellFill = ({ emit, ids }: ChunkState, vacancy: string, positions: number, day: Day): void =>
  emit(agency, { kind: 'vacancy-fill', vacancy, fill: ids.record('f'), positions, day });

/** Vacancies for which nobody is found through the month's hires. */
export const vacanciesOfMonth = (state: ChunkState, month: Month): void => {
  const { random, chunk, workshops } = state;
  const count = random.count(chunk.jobs * 0.004);
  for (let i = 0; i < count && workshops.length > 0; i += 1) {
    const day = dayIn(random, month);
    const vacancy = postVacancy(state, random.pick(workshops), day, random.between(1, 6));
    if (random.chance(0.6)) tellFill(state, vacancy, random.between(1, 3), day + random.between(0, 150));
  }
};

export const openingVacancies = (state: ChunkState, first: Month): void => {
  const { random, chunk, workshops } = state;
  const count = Math.round(chunk.jobs * 0.012);
  for (let i = 0; i < count && workshops.length > 0; i += 1) {
    postVacancy(state, random.pick(workshops), firstDayOf(first) - random.between(1, 150));
  }
};
