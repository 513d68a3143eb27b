import type { Month } from '@karnama/kernel';
import { industriesOf } from './economy.js';
import type { Industry } from './economy.js';
import type { Direction, Movement } from './movement.js';
import type { Options } from './options.js';
import { personOf } from './people.js';
import { countiesOf, provinces, shareOf } from './provinces.js';
import type { Province } from './provinces.js';
import { randomOf } from './random.js';
import type { Random, Weighted } from './random.js';

/** Hires and separations of the whole country in a mean month at scale 1; work grows by about 2 percent a year. */
const meanPerMonth: Readonly<Record<Direction, number>> = { hire: 1030, separation: 972 };

/** Mean hires of a month as a part of the stock of jobs. */
const hireRate = 0.03;

/** No declaration comes later than this many months after the movement, no retraction later after it was declared. */
export const latestDeclaration = 6;
export const latestRetraction = 5;

const lateLags: readonly Weighted<number>[] = [
  [1, 50],
  [2, 22],
  [3, 12],
  [4, 8],
  [5, 5],
  [latestDeclaration, 3],
];
const retractionLags: readonly Weighted<number>[] = [
  [1, 50],
  [2, 25],
  [3, 14],
  [4, 7],
  [latestRetraction, 4],
];

/** Part of the declarations that come late in a province of mean tardiness, and part that is retracted. */
const lateShare = 0.06;
const retractedShare = 0.015;

const hireKinds: readonly Weighted<string>[] = [
  ['re-employment', 52],
  ['fixed-term-hire', 37],
  ['transfer-in', 9],
  ['reinstatement', 2],
];
const separationKinds: readonly Weighted<string>[] = [
  ['end-of-fixed-term', 46],
  ['resignation', 28],
  ['dismissal-without-cause', 16],
  ['dismissal-for-cause', 2],
  ['mutual-agreement', 3],
  ['transfer-out', 4],
  ['death', 1],
];

const kindOf = (random: Random, direction: Direction, age: number | null, monthOfYear: number): string => {
  if (direction === 'hire') {
    const first = age !== null && age < 27 && random.chance(0.45);
    return first ? 'first-job' : random.weighted(hireKinds);
  }
  if (age !== null && age >= 58) return 'retirement';
  const endOfYear = monthOfYear === 11 && random.chance(0.5);
  return endOfYear ? 'end-of-fixed-term' : random.weighted(separationKinds);
};

/** The first county is the largest; a few declarations name the country only. */
const placeOf = (random: Random, province: Province): Pick<Movement, 'area' | 'province'> => {
  if (random.chance(0.004)) return { area: 'IR', province: 'IR-_U' };
  const code = `IR-${province.digits}`;
  if (random.chance(0.55)) return { area: code, province: code };
  const county = Math.min(random.between(1, countiesOf(province)), random.between(1, countiesOf(province)));
  return { area: `IR:${province.digits}${String(county).padStart(2, '0')}`, province: code };
};

const industryCodeOf = (random: Random, industry: Industry): string | null => {
  if (random.chance(0.01)) return null;
  return `ISIC4:${random.chance(0.7) ? random.pick(industry.classes) : industry.section}`;
};

const declarationOf = (
  random: Random,
  effective: Month,
  { tardy }: Province,
): Pick<Movement, 'declared' | 'retracted'> => {
  const declared = effective + (random.chance(lateShare * tardy) ? random.weighted(lateLags) : 0);
  const retracted = random.chance(retractedShare) ? declared + random.weighted(retractionLags) : null;
  return { declared, retracted };
};

/**
 * All movements that take effect in `month`, whenever they are declared. They depend on the seed, the month
 * and the scale alone: each province, month and direction draws from a stream of its own.
 */
export function* movementsIn(options: Options, month: Month): Generator<Movement> {
  for (const province of provinces)
    for (const direction of ['hire', 'separation'] as const)
      yield* movementsOf(options, month, province, direction);
}

function* movementsOf(
  { seed, scale }: Options,
  month: Month,
  province: Province,
  direction: Direction,
): Generator<Movement> {
  const random = randomOf(seed, month, Number(province.digits), direction === 'hire' ? 1 : 2);
  const monthOfYear = month % 12;
  const mix = industriesOf(province, direction, monthOfYear);
  const season = mix.reduce((sum, [, weight]) => sum + weight, 0);
  const count = random.count(meanPerMonth[direction] * scale * shareOf(province) * season);
  for (let i = 0; i < count; i += 1) {
    const industry = random.weighted(mix);
    const person = personOf(random, month, industry, direction);
    yield {
      ...person,
      ...placeOf(random, province),
      ...declarationOf(random, month, province),
      effective: month,
      direction,
      industry: industryCodeOf(random, industry),
      kind: kindOf(random, direction, person.age, monthOfYear),
    };
  }
}

/** Jobs of each province before the first movement: as many as its mean hires call for. */
export const openingStocks = ({ scale }: Options): ReadonlyMap<string, number> =>
  new Map(
    provinces.map((p) => [`IR-${p.digits}`, Math.round((meanPerMonth.hire * scale * shareOf(p)) / hireRate)]),
  );
