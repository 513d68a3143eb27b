import { lastDayOf, type Day, type Month } from '@karnama/kernel';
import type { ChunkState, Job, Labour, Person, Search, Workshop } from './chunk-state.js';
import { dayIn } from './firms.js';
import { startJob } from './jobs.js';
import { newPerson, occupationFor, skillIn, traitsOf } from './persons.js';
import { placeIn } from './places.js';
import { postVacancy, tellFill } from './vacancies.js';

const agency = 'employment-services';

const register = (state: ChunkState, person: Person, day: Day): string => {
  const { ids, emit, random, chunk } = state;
  const registration = ids.record('r');
  emit(agency, {
    kind: 'jobseeker',
    registration,
    person: person.id,
    day,
    area: placeIn(random, chunk.province),
    education: person.education,
    occupation: random.chance(0.2) ? null : occupationFor(random, person.skill ?? skillIn(random)),
    ...traitsOf(person),
  });
  return registration;
};

const beginSearch = (state: ChunkState, search: Search, person: Person, day: Day): void => {
  if (person.search !== null || person.gone) return;
  person.search = { registration: register(state, person, day), agency };
  search.seekers.push(person);
  // two offices, two registrations
  if (state.random.chance(0.02)) {
    const second = register(state, person, day + state.random.between(-20, 40));
    if (state.random.chance(0.7))
      state.emit(agency, {
        kind: 'jobseeker-end',
        registration: second,
        person: person.id,
        lastDay: day + state.random.between(10, 300),
        reason: 'lapsed',
      });
  }
};

/** After a job: some register, some look without registering, some do neither. */
export const mayRegister = (
  state: ChunkState,
  search: Search,
  person: Person,
  day: Day,
  month: Month,
  likelihood: number,
): void => {
  const { random } = state;
  if (person.gone || person.search !== null) return;
  if (random.chance(likelihood)) beginSearch(state, search, person, day + random.between(-5, 25));
  else if (random.chance(0.3)) search.seekers.push(person);
};

export const leaveSearch = (
  { emit, random }: ChunkState,
  search: Search,
  person: Person,
  lastDay: Day,
  reason: string,
): void => {
  if (person.search !== null && !random.chance(0.03))
    emit(agency, {
      kind: 'jobseeker-end',
      registration: person.search.registration,
      person: person.id,
      lastDay,
      reason: random.chance(0.02) ? null : reason,
    });
  person.search = null;
  const at = search.seekers.indexOf(person);
  if (at >= 0) search.seekers.splice(at, 1);
};

const candidateOf = (state: ChunkState, search: Search, workshop: Workshop, month: Month): Person => {
  const { random, people } = state;
  const choice = random.next();
  if (choice < 0.5 && search.seekers.length > 3) {
    const called = search.seekers.find((person) => person.last === workshop);
    return called ?? random.pick(search.seekers);
  }
  if (choice < 0.55 && people.length > 20) return random.pick(people);
  return newPerson(state, month, workshop, random.chance(0.6));
};

/** Someone is found for a job of a workshop: by a vacancy or without one; null when the one found cannot. */
export const findWork = (
  state: ChunkState,
  { search }: Labour,
  workshop: Workshop,
  day: Day,
  month: Month,
): Job | null => {
  const { random, emit, ids } = state;
  const person = candidateOf(state, search, workshop, month);
  if (person.gone || person.jobs.length > 1 || person.jobs.some((job) => job.workshop === workshop))
    return null;
  const vacancy = random.chance(0.3) ? postVacancy(state, workshop, day - random.between(2, 90)) : null;
  const placed = person.search !== null && random.chance(0.35);
  if (placed)
    emit(agency, {
      kind: 'placement',
      placement: ids.record('p'),
      person: person.id,
      vacancy,
      area: workshop.area,
      sex: person.sex,
      day: day + random.between(-10, 10),
    });
  else if (vacancy !== null) tellFill(state, vacancy, 1, day + random.between(-5, 5));
  if (person.search !== null || search.seekers.includes(person))
    leaveSearch(
      state,
      search,
      person,
      day - 1 + (random.chance(0.3) ? random.between(-20, 30) : 0),
      random.chance(0.85) ? 'job' : 'other',
    );
  // a few placements come to nothing
  if (placed && random.chance(0.08)) return null;
  return startJob(state, workshop, person, day, month);
};

/** The registers of jobseekers in a month: the young who come, those whose registration lapses. */
export const searchOfMonth = (state: ChunkState, search: Search, month: Month): void => {
  const { random, chunk, workshops } = state;
  const young = random.count(chunk.jobs * 0.004);
  for (let i = 0; i < young && workshops.length > 0; i += 1)
    beginSearch(state, search, newPerson(state, month, random.pick(workshops), true), dayIn(random, month));
  for (const person of [...search.seekers]) {
    if (!random.chance(0.05)) continue;
    const reason = random.weighted([
      ['lapsed', 60],
      ['training', 20],
      ['other', 15],
      ['death', 1],
    ]);
    leaveSearch(state, search, person, Math.min(dayIn(random, month), lastDayOf(month)), reason);
  }
};

/** Those who look for work when the first month begins: some for long. */
export const openingSearch = (state: ChunkState, search: Search, month: Month): void => {
  const { random, chunk, workshops } = state;
  const count = Math.round(chunk.jobs * 0.08);
  for (let i = 0; i < count && workshops.length > 0; i += 1) {
    const person = newPerson(state, month, random.pick(workshops), random.chance(0.5));
    const ago = Math.floor(random.next() * random.next() * 30);
    beginSearch(state, search, person, dayIn(random, month - 1 - ago));
  }
};
