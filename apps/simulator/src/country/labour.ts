import { firstDayOf, lastDayOf, type Day, type Month } from '@karnama/kernel';
import { seasonOf } from '../economy.js';
import type { ChunkState, Firm, Job, Labour, Person, Search, Workshop } from './chunk-state.js';
import { dayIn, foundFirm, moveWorkshop, sizeOf, successorOf } from './firms.js';
import { changeJob, endJob, payWage, payWages, renewJob, startJob } from './jobs.js';
import { newPerson, pastDay } from './persons.js';
import { findWork, leaveSearch, mayRegister } from './search.js';

/** Fills the workshops that exist before the first month, and a few jobs that had ended by then. */
export const openingJobs = (state: ChunkState): void => {
  const { random, chunk, country } = state;
  const { first } = country;
  const most = Math.max(2, Math.min(1200, Math.floor(chunk.jobs / 4)));
  for (let jobs = 0; jobs < chunk.jobs;) {
    const size = Math.min(sizeOf(random, most), chunk.jobs - jobs);
    const firm = foundFirm(state, pastDay(random, firstDayOf(first)) - 700, first - 1, size);
    for (const workshop of firm.workshops) staffFor(state, workshop, first);
    if (firm.active) pastActivity(state, firm);
    jobs += size;
  }
  const alone = Math.ceil(state.firms.length * 0.06);
  for (let i = 0; i < alone; i += 1)
    pastActivity(state, foundFirm(state, pastDay(random, firstDayOf(first)), first - 1, 0));
};

const pastActivity = ({ random, emit, country }: ChunkState, firm: Firm): void => {
  for (const ago of [1, 4, 13, 25, 37])
    if (random.chance(0.8))
      emit('business-registry', { kind: 'activity', enterprise: firm.id, month: country.first - ago });
};

const staffFor = (state: ChunkState, workshop: Workshop, first: Month): void => {
  const { random, people } = state;
  // a young workshop has no old jobs
  const oldest = random.chance(0.15) ? random.between(60, 1500) : 9000;
  for (let i = 0; i < workshop.target; i += 1) {
    const second = people.length > 20 && random.chance(0.03);
    const person = second ? random.pick(people) : newPerson(state, first, workshop, false);
    if (person.jobs.some((job) => job.workshop === workshop)) continue;
    const start = Math.max(pastDay(random, firstDayOf(first)), firstDayOf(first) - oldest);
    const job = startJob(state, workshop, person, start, first - 1);
    if (random.chance(0.05)) changeJob(state, job, first - 1, random.between(start, firstDayOf(first) - 1));
    if (random.chance(0.05))
      endJob(
        state,
        job,
        random.between(Math.max(start, firstDayOf(first) - 500), firstDayOf(first) - 1),
        'other',
      );
  }
};

const ageOf = ({ birth }: Person, month: Month): number => Math.floor((month - birth) / 12);

/** Why and when a job ends in a month; null = it goes on. */
const endOf = (state: ChunkState, job: Job, month: Month): { day: Day; reason: string } | null => {
  const { random } = state;
  const age = ageOf(job.person, month);
  const day = Math.max(dayIn(random, month), job.start);
  if (random.chance(age > 60 ? 0.001 : 0.0002)) return { day, reason: 'death' };
  if (age >= 58 && random.chance(age >= 65 ? 0.08 : 0.015)) return { day, reason: 'retirement' };
  const season = seasonOf(job.workshop.industry, 'separation', month % 12);
  if (!random.chance(0.016 * season)) return null;
  const reason = random.weighted([
    ['quit', 45],
    ['layoff', 22],
    ['discharge', 8],
    ['non-renewal', 15],
    ['transfer', 4],
    ['other', 6],
  ]);
  // the last day of the month is the favourite; a job may end before it began: it counts nothing
  if (random.chance(0.002)) return { day: job.start - 1, reason };
  return { day: random.chance(0.4) ? Math.max(lastDayOf(month), job.start) : day, reason };
};

/** Contracts that end with the year: most are renewed at Nowruz, some after a gap, some not. */
const turnOfYear = (state: ChunkState, job: Job, month: Month): boolean => {
  const { random } = state;
  const type = job.attributes.contractType;
  if (month % 12 !== 11 || (type !== 'fixed-term' && type !== 'seasonal')) return false;
  if (random.chance(0.35)) return false;
  const lastDay = lastDayOf(month);
  if (random.chance(0.12)) endJob(state, job, lastDay, 'non-renewal');
  else
    renewJob(state, job, lastDay, month, {
      reason: 'non-renewal',
      raise: 1.2 + 0.2 * random.next(),
      // holidays at Nowruz: some start again after them, and that is a new job
      gap: random.chance(0.04) ? random.between(1, 13) : random.chance(0.02) ? -1 : 0,
    });
  return true;
};

const jobsOfMonth = (state: ChunkState, { search }: Labour, month: Month, withWages: boolean): void => {
  const { random } = state;
  for (const workshop of state.workshops)
    for (const job of [...workshop.staff]) {
      // a contract signed at Nowruz already waits for its first day
      if (job.start > lastDayOf(month)) continue;
      const end = endOf(state, job, month);
      if (end === null) {
        if (random.chance(0.008)) changeJob(state, job, month, Math.max(dayIn(random, month), job.start));
        turnOfYear(state, job, month);
        if (!job.ended) continue;
      } else endJob(state, job, end.day, end.reason);
      if (withWages) payWage(state, job, month);
      const reason = end?.reason ?? 'non-renewal';
      if (reason === 'death' || (reason === 'retirement' && random.chance(0.9)))
        leave(state, search, job.person, month);
      else mayRegister(state, search, job.person, (job.lastDay ?? 0) + 1, month, 0.45);
    }
};

const leave = (state: ChunkState, search: Search, person: Person, month: Month): void => {
  person.gone = true;
  if (person.search !== null) leaveSearch(state, search, person, lastDayOf(month), 'retired');
};

/** Hires towards the target of each workshop; one in fifty lasts some days only. */
const hires = (state: ChunkState, labour: Labour, month: Month): void => {
  const { random } = state;
  for (const workshop of state.workshops) {
    if (random.chance(0.04))
      workshop.target = Math.max(1, Math.round(workshop.target * (0.7 + 0.63 * random.next())));
    const season = seasonOf(workshop.industry, 'hire', month % 12);
    const lacking = workshop.target - workshop.staff.length;
    for (let i = 0; i < lacking; i += 1) {
      if (!random.chance(0.4 * season)) continue;
      const day = dayIn(random, month);
      const job = findWork(state, labour, workshop, day, month);
      if (job !== null && random.chance(0.02))
        endJob(state, job, Math.min(day + random.between(0, 9), lastDayOf(month)), 'quit');
    }
  }
};

const closeFirm = (state: ChunkState, search: Search, firm: Firm, month: Month): void => {
  const { random, emit, workshops } = state;
  const lastDay = dayIn(random, month);
  firm.gone = true;
  for (const workshop of firm.workshops) {
    for (const job of [...workshop.staff]) {
      endJob(state, job, Math.max(lastDay, job.start), 'layoff');
      mayRegister(state, search, job.person, lastDay + 1, month, 0.6);
    }
    workshop.target = 0;
    const at = workshops.indexOf(workshop);
    if (at >= 0) workshops.splice(at, 1);
  }
  if (random.chance(0.9)) emit('business-registry', { kind: 'enterprise-end', enterprise: firm.id, lastDay });
};

/** Another firm takes a workshop over: under its code, or under a new one. */
const takeOver = (state: ChunkState, workshop: Workshop, by: Firm, month: Month): void => {
  const { random, emit, workshops } = state;
  const day = dayIn(random, month);
  const old = workshop.firm;
  const staying = workshop.staff.filter((job) => job.start < day);
  emit('business-registry', {
    kind: 'enterprise-succession',
    predecessor: old.id,
    successor: by.id,
    day,
    form: random.pick(['merger', 'split', 'take-over']),
  });
  if (random.chance(0.5)) {
    workshop.firm = by;
    for (const job of staying) renewJob(state, job, day - 1, month, { reason: 'transfer', raise: 1 });
    return;
  }
  const next = successorOf(state, workshop, by, day);
  emit(workshop.agency, {
    kind: 'workshop-succession',
    predecessor: workshop.code,
    successor: next.code,
    day,
    jobs: staying.length,
  });
  for (const job of staying) {
    const { person } = job;
    endJob(state, job, day - 1, 'transfer');
    startJob(state, next, person, day, month);
  }
  workshop.target = 0;
  if (workshop.staff.length === 0) workshops.splice(workshops.indexOf(workshop), 1);
};

const firmsOfMonth = (state: ChunkState, { search }: Labour, month: Month): void => {
  const { random, firms, workshops, emit } = state;
  const births = random.count(firms.length * 0.009);
  for (let i = 0; i < births; i += 1)
    foundFirm(state, dayIn(random, month), month, random.chance(0.1) ? 0 : sizeOf(random, 40));
  for (const firm of [...firms]) {
    if (firm.gone) continue;
    if (firm.active && random.chance(0.3))
      emit('business-registry', { kind: 'activity', enterprise: firm.id, month });
    const staff = firm.workshops.reduce((sum, { staff }) => sum + staff.length, 0);
    if (random.chance(staff < 5 ? 0.008 : 0.001)) closeFirm(state, search, firm, month);
  }
  for (const workshop of [...workshops]) {
    if (random.chance(0.002)) moveWorkshop(state, workshop, dayIn(random, month));
    if (random.chance(0.0015) && workshop.staff.length > 0) {
      const by = random.chance(0.5) ? foundFirm(state, dayIn(random, month), month, 0) : random.pick(firms);
      if (!by.gone && by !== workshop.firm) takeOver(state, workshop, by, month);
    }
  }
};

/** Everything that happens to firms and jobs in a month. */
export const labourOf = (state: ChunkState, labour: Labour, month: Month): void => {
  const withWages = state.country.wages === 'monthly' || month % 3 === 2;
  firmsOfMonth(state, labour, month);
  jobsOfMonth(state, labour, month, withWages);
  hires(state, labour, month);
  payWages(state, month, withWages);
};
