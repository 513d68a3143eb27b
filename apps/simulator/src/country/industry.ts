import { firstDayOf, monthOfDay, type Day, type Month } from '@karnama/kernel';
import type { Random } from '../random.js';
import type { ChunkState } from './chunk-state.js';
import { dayIn } from './firms.js';
import { placeIn } from './places.js';

const agency = 'small-industries';

const isics = [
  '1071',
  '1050',
  '1312',
  '1410',
  '2011',
  '2220',
  '2395',
  '2410',
  '2511',
  '2750',
  '2930',
  '1629',
];

/** Declares the chunk's estates and, year after year, how full they are. */
const estatesOf = (state: ChunkState): readonly string[] => {
  const { random, ids, emit, chunk, country } = state;
  return Array.from({ length: chunk.estates }, () => {
    const estate = ids.record('i');
    const area = random.chance(0.98) ? `IR-${chunk.province.digits}` : placeIn(random, chunk.province);
    const plots = random.between(40, 600);
    let assigned = random.between(10, plots);
    let day: Day = firstDayOf(country.first) - random.between(1, 4000);
    for (; day <= firstDayOf(country.last + 1); day += random.between(120, 400)) {
      if (day < firstDayOf(country.first) && random.chance(0.7)) day = firstDayOf(country.first) - 1;
      emit(agency, { kind: 'estate', estate, day, area, plots, assigned });
      assigned = Math.min(plots, assigned + random.between(0, 12));
    }
    return estate;
  });
};

type Unit = {
  readonly unit: string;
  readonly area: string;
  readonly industry: string | null;
  readonly estate: string | null;
};

const newUnit = ({ random, ids, chunk }: ChunkState, estates: readonly string[]): Unit => ({
  unit: ids.record('u'),
  area: placeIn(random, chunk.province),
  industry: random.chance(0.01) ? null : `ISIC4:${random.pick(isics)}`,
  estate: estates.length > 0 && random.chance(0.6) ? random.pick(estates) : null,
});

/** Progress of building from the permit to the licence (or to where it stands still). */
const build = (
  { random, emit, country }: ChunkState,
  { unit }: Unit,
  from: Day,
  months: number,
  stop: number,
): void => {
  const end = firstDayOf(country.last + 1);
  for (let i = 4; i < months; i += random.between(3, 9)) {
    const day = from + i * 30 + random.between(0, 29);
    if (day >= end) return;
    emit(agency, { kind: 'progress', unit, day, percent: Math.min(stop, Math.round((100 * i) / months)) });
  }
};

type Product = { readonly product: string; quantity: number; rials: number };

const produce = (
  { random, emit }: ChunkState,
  unit: string,
  product: Product,
  month: Month,
  level: number,
): void => {
  const share = random.chance(0.15) ? 0 : level * (0.7 + 0.5 * random.next());
  emit(agency, {
    kind: 'production',
    unit,
    product: product.product,
    month,
    quantity: Math.round(product.quantity * share),
  });
};

const productOf = (random: Random, unit: string, number: number): Product => ({
  product: `${unit.slice(-4)}-${number}`,
  quantity: random.between(5, 20_000),
  rials: random.between(20, 90_000) * 1_000_000 + random.between(0, 999),
});

/** A licensed unit month by month until it closes. */
const operate = (state: ChunkState, unit: string, from: Day): void => {
  const { random, emit, country } = state;
  const [first, last] = [monthOfDay(from, 'jalali'), country.last];
  const closes = random.chance(0.08) ? random.between(Math.max(first, country.first), last) : null;
  if (closes !== null)
    emit(agency, { kind: 'unit-end', unit, lastDay: Math.max(dayIn(random, closes), from + 1) });
  if (random.chance(0.3)) {
    for (let m = Math.max(first, country.first - 12); m <= last; m += random.between(4, 20))
      if (random.chance(0.8))
        emit(agency, {
          kind: 'unit-state',
          unit,
          day: Math.max(dayIn(random, m), from),
          state: random.pick(['active', 'semi-active', 'idle']),
        });
    return;
  }
  const products = Array.from({ length: random.chance(0.3) ? 2 : 1 }, (_, i) =>
    productOf(random, unit, i + 1),
  );
  for (const { product, quantity, rials } of products)
    emit(agency, { kind: 'capacity', unit, product, month: first, quantity, rials });
  const level = random.next() * 1.1;
  for (let month = Math.max(first, country.first - 2); month <= (closes ?? last); month += 1) {
    if (random.chance(0.01)) {
      const product = random.pick(products);
      product.quantity = Math.max(1, Math.round(product.quantity * (0.8 + 0.6 * random.next())));
      product.rials = Math.round(product.rials * 1.2);
      emit(agency, { kind: 'capacity', unit, month, ...product });
    }
    for (const product of products) if (random.chance(0.75)) produce(state, unit, product, month, level);
  }
};

/** The life of a unit: permit, building, licence, operation, closure — or annulment, or standing still. */
const unitLife = (state: ChunkState, unit: Unit, permit: Day): void => {
  const { random, emit, country } = state;
  if (!random.chance(0.02))
    emit(agency, {
      kind: 'permit',
      ...unit,
      day: permit,
      plannedJobs: random.chance(0.1) ? null : random.between(3, 200),
    });
  const fate = random.next();
  const months = random.between(8, 50);
  if (fate < 0.15) {
    build(state, unit, permit, months, random.between(0, 60));
    const day = permit + random.between(60, 1200);
    if (day < firstDayOf(country.last + 1)) emit(agency, { kind: 'permit-annulment', unit: unit.unit, day });
    return;
  }
  build(state, unit, permit, months, fate < 0.45 ? random.between(5, 99) : 100);
  if (fate < 0.45) return;
  const licence = permit + months * 30 + random.between(0, 60);
  if (licence >= firstDayOf(country.last + 1)) return;
  emit(agency, { kind: 'licence', ...unit, day: licence });
  operate(state, unit.unit, licence);
};

/** All industrial units and estates of the chunk, those of before the first month too. */
export const industryOf = (state: ChunkState): void => {
  const { random, chunk, country } = state;
  const estates = estatesOf(state);
  for (let i = 0; i < chunk.units; i += 1)
    unitLife(state, newUnit(state, estates), firstDayOf(country.first) - random.between(1, 4500));
  const permits = random.count(chunk.units * 0.008 * (country.last - country.first + 1));
  for (let i = 0; i < permits; i += 1)
    unitLife(state, newUnit(state, estates), dayIn(random, random.between(country.first, country.last)));
};
