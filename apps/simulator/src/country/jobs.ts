import { firstDayOf, type Day, type Month } from '@karnama/kernel';
import type { ChunkState, Job, Person, Workshop } from './chunk-state.js';
import type { Parties } from './facts.js';
import { attributesFor, traitsOf } from './persons.js';

const partiesOf = ({ spell, person, workshop, enterprise }: Job): Parties => ({
  spell,
  person: person.id,
  workshop: workshop.code,
  enterprise,
});

const tellStart = ({ emit }: ChunkState, job: Job): void =>
  emit(job.workshop.agency, {
    kind: 'job-start',
    day: job.start,
    ...partiesOf(job),
    ...traitsOf(job.person),
    ...job.attributes,
  });

/** A person starts in a workshop. */
export const startJob = (
  state: ChunkState,
  workshop: Workshop,
  person: Person,
  day: Day,
  month: Month,
): Job => {
  const job: Job = {
    person,
    workshop,
    spell: state.ids.record('s'),
    enterprise: workshop.firm.id,
    start: day,
    attributes: attributesFor(state, month, workshop, person),
    ended: false,
    lastDay: null,
  };
  tellStart(state, job);
  workshop.staff.push(job);
  person.jobs.push(job);
  return job;
};

const without = <T>(list: T[], one: T): void => {
  const at = list.indexOf(one);
  if (at >= 0) list.splice(at, 1);
};

const tellEnd = ({ emit, random }: ChunkState, job: Job, lastDay: Day, reason: string): void =>
  emit(job.workshop.agency, {
    kind: 'job-end',
    ...partiesOf(job),
    lastDay,
    reason: random.chance(0.02) ? null : reason,
  });

export const endJob = (state: ChunkState, job: Job, lastDay: Day, reason: string): void => {
  tellEnd(state, job, lastDay, reason);
  job.ended = true;
  job.lastDay = lastDay;
  without(job.workshop.staff, job);
  without(job.person.jobs, job);
  job.person.last = job.workshop;
};

/** The contract ends and a new one follows on the next day, with the same employer or another one. */
export const renewJob = (
  state: ChunkState,
  job: Job,
  lastDay: Day,
  month: Month,
  to: { readonly reason: string; readonly raise: number; readonly gap?: number },
): void => {
  tellEnd(state, job, lastDay, to.reason);
  job.spell = state.ids.record('s');
  job.enterprise = job.workshop.firm.id;
  job.start = lastDay + 1 + (to.gap ?? 0);
  const { monthlyWage, ...others } = job.attributes;
  job.attributes = {
    ...others,
    monthlyWage: monthlyWage === null ? null : Math.round(monthlyWage * to.raise),
  };
  tellStart(state, job);
};

/** What a job is changes: other work, another place, other hours, another contract, more pay. */
export const changeJob = (state: ChunkState, job: Job, month: Month, day: Day): void => {
  const fresh = attributesFor(state, month, job.workshop, job.person);
  const { random } = state;
  const { attributes } = job;
  job.attributes = {
    area: random.chance(0.5) ? fresh.area : attributes.area,
    industry: random.chance(0.5) ? fresh.industry : attributes.industry,
    occupation: random.chance(0.5) ? fresh.occupation : attributes.occupation,
    contractType: random.chance(0.3) ? fresh.contractType : attributes.contractType,
    weeklyHours: random.chance(0.3) ? fresh.weeklyHours : attributes.weeklyHours,
    monthlyWage: fresh.monthlyWage,
  };
  state.emit(job.workshop.agency, { kind: 'job-change', day, ...partiesOf(job), ...job.attributes });
};

/** Wages and workshops' lists of a month. */
export const payWages = (state: ChunkState, month: Month, withWages: boolean): void => {
  const { random, emit } = state;
  for (const workshop of state.workshops) {
    const { staff, agency, code, firm } = workshop;
    if (staff.length === 0) continue;
    if (random.chance(workshop.diligence))
      emit(agency, {
        kind: 'wage-list',
        workshop: code,
        enterprise: firm.id,
        month,
        insured: staff.length,
      });
    if (withWages) for (const job of staff) payWage(state, job, month);
  }
};

/** Paid by days where the job began or ended within the month. */
export const payWage = (state: ChunkState, job: Job, month: Month): void => {
  const { random, emit } = state;
  const [from, to] = [firstDayOf(month), firstDayOf(month + 1)];
  const days = Math.min(to, (job.lastDay ?? to) + 1) - Math.max(from, job.start);
  if (days <= 0 || random.chance(0.03)) return;
  const full = (job.attributes.monthlyWage ?? 90_000_000) * (0.97 + 0.3 * random.next());
  emit(job.workshop.agency, {
    kind: 'wage',
    ...partiesOf(job),
    month,
    rials: Math.max(1000, Math.round((full * days) / (to - from))),
  });
};
