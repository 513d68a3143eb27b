import { randomOf } from '../random.js';
import type { Agency } from './agencies.js';
import type { ChunkState, Labour } from './chunk-state.js';
import type { Fact } from './facts.js';
import { idsOf, type Ids } from './ids.js';
import { industryOf } from './industry.js';
import { labourOf, openingJobs } from './labour.js';
import type { Country } from './options.js';
import type { Chunk } from './plan.js';
import { newSchedule } from './schedule.js';
import { openingSearch, searchOfMonth } from './search.js';
import { trainingOfMonth } from './training.js';
import { openingVacancies, vacanciesOfMonth } from './vacancies.js';

export type Told = { readonly agency: Agency; readonly fact: Fact };

/** What truly happens in a chunk, whoever learns of it and when, and the ids that are left. */
export const worldOf = (
  country: Country,
  chunk: Chunk,
): { readonly told: readonly Told[]; readonly ids: Ids } => {
  const told: Told[] = [];
  const ids = idsOf(chunk.index);
  const state: ChunkState = {
    country,
    chunk,
    random: randomOf(country.seed, chunk.index, 1),
    ids,
    emit: (agency, fact) => told.push({ agency, fact }),
    firms: [],
    workshops: [],
    people: [],
  };
  const labour: Labour = { search: { seekers: [] }, schedule: newSchedule() };
  openingJobs(state);
  openingSearch(state, labour.search, country.first);
  openingVacancies(state, country.first);
  for (let month = country.first; month <= country.last; month += 1) {
    labour.schedule.due(month);
    labourOf(state, labour, month);
    searchOfMonth(state, labour.search, month);
    trainingOfMonth(state, labour, month);
    vacanciesOfMonth(state, month);
  }
  industryOf(state);
  return { told, ids };
};
