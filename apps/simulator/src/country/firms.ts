import { firstDayOf, type Day, type Month } from '@karnama/kernel';
import { industriesOf, type Industry } from '../economy.js';
import type { Random } from '../random.js';
import type { ChunkState, Firm, Workshop } from './chunk-state.js';
import { placeIn } from './places.js';

/** How many jobs a workshop aims at: few have many, the mean is about seven. */
export const sizeOf = (random: Random, most: number): number =>
  Math.max(1, Math.min(Math.floor(0.9 / Math.max(random.next(), 1e-9)), most));

const isPublic = (random: Random, { section }: Industry): boolean =>
  section === 'O' || (section === 'P' && random.chance(0.6)) || (section === 'Q' && random.chance(0.3));

const isicOf = (random: Random, industry: Industry): string | null => {
  if (random.chance(0.012)) return null;
  return `ISIC4:${random.chance(0.75) ? random.pick(industry.classes) : industry.section}`;
};

/** A day in a month, before the day that `until` names (exclusive) if given. */
export const dayIn = (random: Random, month: Month): Day =>
  random.between(firstDayOf(month), firstDayOf(month + 1) - 1);

const openWorkshop = (
  state: ChunkState,
  firm: Firm,
  industry: Industry,
  day: Day,
  target: number,
): Workshop => {
  const { random, ids, chunk, emit, workshops } = state;
  const civil = firm.form === 'public';
  const workshop: Workshop = {
    code: ids.workshop(chunk.province.digits),
    firm,
    area: random.chance(0.85) ? firm.area : placeIn(random, chunk.province),
    industry,
    isic: random.chance(0.9) ? firm.isic : isicOf(random, industry),
    target,
    staff: [],
    agency: civil ? 'civil-service' : 'social-insurance',
    diligence: random.chance(0.1) ? 0.6 : 0.96,
  };
  workshops.push(workshop);
  firm.workshops.push(workshop);
  // a few workshops are never declared: their place must come from elsewhere
  if (!random.chance(0.01))
    emit(workshop.agency, {
      kind: 'workshop',
      workshop: workshop.code,
      enterprise: firm.id,
      day,
      area: workshop.area,
      industry: workshop.isic,
    });
  return workshop;
};

/** Founds a firm that aims at so many jobs in all, in one workshop or several; 0 = nobody is employed. */
export const foundFirm = (state: ChunkState, day: Day, month: Month, jobs: number): Firm => {
  const { random, ids, chunk, emit, firms } = state;
  const industry = random.weighted(industriesOf(chunk.province, 'hire', month % 12));
  const form = isPublic(random, industry)
    ? 'public'
    : random.weighted([
        ['natural-person', jobs < 10 ? 6 : 1],
        ['company', 5],
        ['cooperative', 0.4],
        ['other', 0.1],
      ]);
  const firm: Firm = {
    // a natural person is known by the national id or, with a registered business, by an id of its own
    id: form === 'natural-person' && random.chance(0.3) ? ids.person() : ids.enterprise(),
    area: placeIn(random, chunk.province),
    isic: isicOf(random, industry),
    form,
    workshops: [],
    active: jobs === 0 || random.chance(0.1),
    gone: false,
  };
  firms.push(firm);
  if (!random.chance(0.01))
    emit('business-registry', {
      kind: 'enterprise',
      enterprise: firm.id,
      day,
      area: firm.area,
      industry: firm.isic,
      legalForm: random.chance(0.02) ? null : firm.form,
    });
  const parts = jobs > 3 && random.chance(0.2) ? Math.min(random.between(2, 5), jobs) : 1;
  for (let i = 0, left = jobs; i < parts && jobs > 0; i += 1) {
    const target = i === parts - 1 ? left : Math.max(1, Math.floor(left / (parts - i)));
    openWorkshop(state, firm, industry, day, target);
    left -= target;
  }
  return firm;
};

/** A workshop that takes the place of another: same work, same place, a code of its own. */
export const successorOf = (state: ChunkState, old: Workshop, firm: Firm, day: Day): Workshop =>
  Object.assign(openWorkshop(state, firm, old.industry, day, old.target), {});

/** Workshops move within the country or turn to other work. */
export const moveWorkshop = ({ random, chunk, emit }: ChunkState, workshop: Workshop, day: Day): void => {
  workshop.area = placeIn(random, chunk.province);
  if (random.chance(0.3)) workshop.isic = isicOf(random, workshop.industry);
  emit(workshop.agency, {
    kind: 'workshop-change',
    workshop: workshop.code,
    day,
    area: workshop.area,
    industry: workshop.isic,
  });
};
