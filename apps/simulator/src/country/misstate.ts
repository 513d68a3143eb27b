import type { Random } from '../random.js';
import { provinces } from '../provinces.js';
import type { Attributes, Fact, Kind } from './facts.js';
import type { Ids } from './ids.js';

const otherArea = (random: Random): string => `IR-${random.pick(provinces).digits}`;

const otherAttributes = (random: Random, attributes: Attributes): Attributes => ({
  area: random.chance(0.4) ? otherArea(random) : attributes.area,
  industry: random.chance(0.3) ? null : attributes.industry,
  occupation: random.chance(0.4) ? 'ISCO08:9' : attributes.occupation,
  contractType: random.chance(0.3) ? 'other' : attributes.contractType,
  weeklyHours: random.chance(0.3) ? 2000 : attributes.weeklyHours,
  monthlyWage: attributes.monthlyWage === null ? 80_000_000 : Math.round(attributes.monthlyWage * 1.13),
});

/** Days go wrong backwards only: nothing is reported before it happens. */
const earlier = (random: Random): number => random.between(1, random.chance(0.5) ? 12 : 70);

const reasons = ['quit', 'layoff', 'other', 'retirement', null] as const;

/** The fact as someone wrote it down wrongly: about the same person or thing, with the same number. */
export const misstated = (random: Random, fact: Fact): Fact => {
  const shift = random.chance(0.6) ? earlier(random) : 0;
  switch (fact.kind) {
    case 'job-start':
    case 'job-change':
      return { ...fact, ...otherAttributes(random, fact), day: fact.day - shift };
    case 'job-end':
      return { ...fact, lastDay: fact.lastDay - earlier(random), reason: random.pick(reasons) };
    case 'wage':
      return { ...fact, rials: fact.rials + random.between(1, 90_000_000) };
    case 'wage-list':
      return { ...fact, insured: fact.insured + 1 };
    case 'jobseeker':
      return { ...fact, day: fact.day - earlier(random), area: otherArea(random) };
    case 'jobseeker-end':
      return {
        ...fact,
        lastDay: fact.lastDay - earlier(random),
        reason: random.pick(['job', 'lapsed', 'training', null]),
      };
    case 'placement':
      return { ...fact, day: fact.day - shift, area: otherArea(random) };
    case 'enrolment':
    case 'certificate':
      return { ...fact, day: fact.day - earlier(random), skill: random.chance(0.5) ? null : fact.skill };
    case 'vacancy':
      return { ...fact, day: fact.day - shift, positions: fact.positions + random.between(1, 3) };
    case 'vacancy-fill':
      return { ...fact, day: fact.day - shift, positions: fact.positions + 1 };
    case 'completion':
    case 'annulment':
    case 'vacancy-close':
    case 'workshop-change':
    case 'unit-state':
    case 'licence':
    case 'permit-annulment':
    case 'enterprise-succession':
      return { ...fact, day: fact.day - earlier(random) };
    case 'workshop':
    case 'enterprise':
    case 'permit':
      return { ...fact, day: fact.day - earlier(random), area: otherArea(random) };
    case 'workshop-succession':
      return { ...fact, day: fact.day - shift, jobs: fact.jobs + 1 };
    case 'activity':
      return { ...fact, month: fact.month - random.between(1, 14) };
    case 'enterprise-end':
    case 'unit-end':
      return { ...fact, lastDay: fact.lastDay - earlier(random) };
    case 'progress':
      return { ...fact, day: fact.day - shift, percent: Math.max(0, fact.percent - 20) };
    case 'capacity':
      return { ...fact, quantity: fact.quantity + random.between(1, 500), rials: fact.rials + 7_000_000 };
    case 'production':
      return { ...fact, quantity: fact.quantity + random.between(1, 900) };
    case 'estate':
      return { ...fact, day: fact.day - shift, plots: fact.plots + 30 };
  }
};

/** Of these there is one for a unit: a second one would contradict the first. */
const single: ReadonlySet<Kind> = new Set(['licence', 'unit-end', 'permit-annulment']);

/** A record like `fact` that never should have been: in part under a number of its own. Null: there is none. */
export const phantomOf = (random: Random, ids: Ids, fact: Fact): Fact | null => {
  if (single.has(fact.kind)) return null;
  const wrong = misstated(random, fact);
  switch (wrong.kind) {
    case 'job-start':
      return { ...wrong, spell: ids.record('s') };
    case 'jobseeker':
      return { ...wrong, registration: ids.record('r') };
    case 'placement':
      return { ...wrong, placement: ids.record('p') };
    case 'enrolment':
      return { ...wrong, enrolment: ids.record('e') };
    case 'certificate':
      return { ...wrong, certificate: ids.record('c') };
    case 'vacancy':
      return { ...wrong, vacancy: ids.record('v') };
    case 'permit':
      return { ...wrong, unit: ids.record('u') };
    default:
      return wrong;
  }
};
