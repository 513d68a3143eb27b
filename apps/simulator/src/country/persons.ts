import { firstDayOf, monthOfDay, type Day, type Month } from '@karnama/kernel';
import { personOf } from '../people.js';
import type { Random } from '../random.js';
import { skillFamilies } from '@karnama/classifications';
import type { ChunkState, Person, Workshop } from './chunk-state.js';
import type { Attributes, Traits } from './facts.js';

const skills = skillFamilies.map(({ code }) => code).filter((code) => code !== '_U');

export const skillIn = (random: Random): string | null => (random.chance(0.02) ? null : random.pick(skills));

/** Occupations that a skill leads to, of four digits where the family names such. */
export const occupationFor = (random: Random, skill: string | null): string | null => {
  const family = skillFamilies.find(({ code }) => code === skill);
  if (family === undefined || family.occupations.length === 0) return null;
  return `ISCO08:${random.pick(family.occupations)}`;
};

/** As a record may state it: unknown, or in the Gregorian calendar. */
const statedBirth = (random: Random, birth: Month): Month | null => {
  if (random.chance(0.008)) return null;
  return random.chance(0.03) ? monthOfDay(firstDayOf(birth) + random.between(0, 29), 'gregorian') : birth;
};

/** Someone of working age who enters the chunk for a job of a workshop, or to look for one. */
export const newPerson = (state: ChunkState, month: Month, workshop: Workshop, young: boolean): Person => {
  const { random, ids, people } = state;
  const drawn = personOf(random, month, workshop.industry, 'hire');
  const age = young ? random.between(16, 26) : (drawn.age ?? 30) + random.between(0, 12);
  const birth = month - age * 12 - random.between(0, 11);
  const person: Person = {
    id: ids.person(),
    sex: drawn.sex,
    birth,
    stated: statedBirth(random, birth),
    education: drawn.education,
    group: drawn.occupation?.slice(7, 8) ?? '9',
    jobs: [],
    search: null,
    last: null,
    skill: null,
    gone: false,
  };
  people.push(person);
  return person;
};

export const traitsOf = ({ sex, stated }: Person): Traits => ({ sex, birthMonth: stated });

/** What a job is at its start. */
export const attributesFor = (
  { random }: ChunkState,
  month: Month,
  workshop: Workshop,
  person: Person,
): Attributes => {
  const drawn = personOf(random, month, workshop.industry, 'hire');
  const fits = person.skill !== null && random.chance(0.6);
  return {
    area: workshop.area,
    industry: workshop.isic,
    occupation: fits ? occupationFor(random, person.skill) : drawn.occupation,
    contractType: contractFor(random, workshop),
    weeklyHours: random.chance(0.02) ? null : drawn.weeklyHours * 100,
    monthlyWage: drawn.monthlyWage,
  };
};

const contractFor = (random: Random, { firm, industry }: Workshop): string | null => {
  if (random.chance(0.01)) return null;
  if (firm.form === 'public' && random.chance(0.6)) return 'permanent';
  const seasonal = industry.section === 'A' || industry.section === 'F' ? 20 : 2;
  return random.weighted([
    ['fixed-term', 60],
    ['permanent', 20],
    ['seasonal', seasonal],
    ['apprenticeship', 2],
    ['other', 2],
  ]);
};

/** Start days of jobs that exist before the first month: many are young, some decades old. */
export const pastDay = (random: Random, first: Day): Day => {
  const u = random.next();
  return first - 1 - Math.floor(u * u * 5500);
};
