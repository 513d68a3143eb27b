import type { Register } from '@karnama/cells';
import { sourcesOf, type Json, type RecordedEvent, type Records } from '@karnama/kernel';
import {
  employmentRegister,
  jobseekerRegister,
  jobsOf,
  skillRegister,
  type EmploymentFact,
  type Job,
  type JobseekerFact,
  type SkillFact,
} from '@karnama/registers';

/** What is known of a person: the records of three registers, each with its own dataflows. */
export type PersonState = {
  readonly employment: Records<EmploymentFact>;
  readonly search: Records<JobseekerFact>;
  readonly skills: Records<SkillFact>;
};

const initial: PersonState = {
  employment: employmentRegister.initial,
  search: jobseekerRegister.initial,
  skills: skillRegister.initial,
};

const knownJobs = new WeakMap<Records<EmploymentFact>, readonly Job[]>();

/**
 * The jobs of a person. Worked out once for each set of records; the very same array is given while
 * nothing but wages is added, so it serves as the basis of what does not depend on wages.
 */
export const jobsOfPerson = ({ employment }: PersonState): readonly Job[] => {
  const known = knownJobs.get(employment);
  if (known !== undefined) return known;
  const jobs = jobsOf(spellFactsIn(employment));
  knownJobs.set(employment, jobs);
  return jobs;
};

/** The facts in force that spells are made of, in the order of their records' names. */
const spellFactsIn = (records: Records<EmploymentFact>): readonly EmploymentFact[] => {
  const named: [name: string, fact: EmploymentFact][] = [];
  for (const [name, { fact, withdrawn }] of records)
    if (fact !== null && !withdrawn && fact.type !== 'WageReported') named.push([name, fact]);
  return named.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, fact]) => fact);
};

const evolveEmployment = (state: PersonState, event: RecordedEvent): PersonState => {
  const employment = employmentRegister.evolve(state.employment, event);
  if (employment === state.employment) return state;
  // a wage under a new record name leaves all spells as they are; wages are most of what comes in
  if (event.type === 'WageReported' && employment.size > state.employment.size)
    knownJobs.set(employment, jobsOfPerson(state));
  return { ...state, employment };
};

const evolve = (state: PersonState, event: RecordedEvent): PersonState => {
  if (employmentRegister.knows(event.type)) return evolveEmployment(state, event);
  if (jobseekerRegister.knows(event.type)) {
    const search = jobseekerRegister.evolve(state.search, event);
    return search === state.search ? state : { ...state, search };
  }
  const skills = skillRegister.evolve(state.skills, event);
  return skills === state.skills ? state : { ...state, skills };
};

type Stored = { readonly employment?: Json; readonly search?: Json; readonly skills?: Json };

const decode = (text: string): PersonState => {
  const { employment, search, skills } = JSON.parse(text) as Stored;
  return {
    employment: employment === undefined ? initial.employment : employmentRegister.decode(employment),
    search: search === undefined ? initial.search : jobseekerRegister.decode(search),
    skills: skills === undefined ? initial.skills : skillRegister.decode(skills),
  };
};

/** An annulment takes a certificate out of the figures of its own month, as if it had never been issued. */
const corrects = ({ employment, search, skills }: PersonState, event: RecordedEvent): boolean => {
  if (event.type === 'CertificateAnnulled') return true;
  if (employmentRegister.knows(event.type)) return employmentRegister.corrects(employment, event);
  if (jobseekerRegister.knows(event.type)) return jobseekerRegister.corrects(search, event);
  return skillRegister.corrects(skills, event);
};

/** Records about persons, by pseudonym. Stored as JSON text of the record sets; empty ones are left out. */
export const personRegister: Register<PersonState> = {
  code: 'person',
  version: 1,
  reads: [
    'EmploymentStarted',
    'EmploymentChanged',
    'EmploymentEnded',
    'EmploymentRecordWithdrawn',
    'WageReported',
    'JobseekerRegistered',
    'JobseekerDeregistered',
    'JobseekerRecordWithdrawn',
    'PlacementRecorded',
    'TrainingEnrolled',
    'TrainingCompleted',
    'CertificateIssued',
    'CertificateAnnulled',
    'SkillRecordWithdrawn',
  ],
  entitiesOf: ({ type, data }) =>
    employmentRegister.knows(type) || jobseekerRegister.knows(type) || skillRegister.knows(type)
      ? [(data as { person: string }).person]
      : [],
  initial,
  evolve,
  corrects,
  recurring: true,
  sources: ({ employment, search, skills }) => [
    ...sourcesOf(employment),
    ...sourcesOf(search),
    ...sourcesOf(skills),
  ],
  encode: ({ employment, search, skills }) =>
    JSON.stringify({
      ...(employment.size === 0 ? {} : { employment: employmentRegister.encode(employment) }),
      ...(search.size === 0 ? {} : { search: jobseekerRegister.encode(search) }),
      ...(skills.size === 0 ? {} : { skills: skillRegister.encode(skills) }),
    }),
  decode,
};
