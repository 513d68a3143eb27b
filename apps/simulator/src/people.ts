import type { Month } from '@karnama/kernel';
import type { Industry } from './economy.js';
import type { Direction, Person } from './movement.js';
import type { Random, Weighted } from './random.js';

/** Of each ISCO-08 major group: unit groups that employers name, wage in minimum wages, ISCED 2011 levels. */
type Group = {
  readonly units: readonly string[];
  readonly wage: number;
  readonly education: readonly Weighted<string>[];
};

const skilled: readonly Weighted<string>[] = [
  ['1', 12],
  ['2', 30],
  ['3', 42],
  ['5', 10],
  ['6', 6],
];
const office: readonly Weighted<string>[] = [
  ['3', 40],
  ['5', 20],
  ['6', 34],
  ['7', 6],
];

const groups: Readonly<Record<string, Group>> = {
  1: {
    units: ['1120', '1211', '1321', '1420'],
    wage: 2.7,
    education: [
      ['3', 12],
      ['5', 10],
      ['6', 45],
      ['7', 28],
      ['8', 5],
    ],
  },
  2: {
    units: ['2142', '2221', '2330', '2411', '2512'],
    wage: 2,
    education: [
      ['6', 62],
      ['7', 30],
      ['8', 8],
    ],
  },
  3: {
    units: ['3115', '3112', '3221', '3313', '3322'],
    wage: 1.6,
    education: [
      ['3', 22],
      ['4', 4],
      ['5', 34],
      ['6', 36],
      ['7', 4],
    ],
  },
  4: { units: ['4110', '4120', '4311', '4321'], wage: 1.3, education: office },
  5: { units: ['5120', '5131', '5223', '5414'], wage: 1.12, education: skilled },
  6: {
    units: ['6111', '6121', '6130'],
    wage: 1.06,
    education: [
      ['0', 12],
      ['1', 32],
      ['2', 30],
      ['3', 22],
      ['6', 4],
    ],
  },
  7: { units: ['7112', '7212', '7231', '7411', '7531'], wage: 1.32, education: skilled },
  8: { units: ['8131', '8160', '8211', '8322', '8332'], wage: 1.35, education: skilled },
  9: {
    units: ['9112', '9211', '9313', '9329', '9333'],
    wage: 1.05,
    education: [
      ['0', 10],
      ['1', 30],
      ['2', 32],
      ['3', 25],
      ['6', 3],
    ],
  },
};

/**
 * Monthly minimum wage in rials (30 days of the daily wage set by Iran's Supreme Labour Council):
 * 2,388,728 a day in 1403 and 3,463,656 in 1404. Years outside grow by 30 percent each, a plain assumption.
 */
export const minimumWageOf = (month: Month): number => {
  const year = Math.floor(month / 12);
  if (year === 1403) return 71_661_840;
  let wage = year > 1403 ? 103_909_680 : 71_661_840;
  for (let y = 1404; y < year; y += 1) wage = Math.round(wage * 1.3);
  for (let y = 1403; y > year; y -= 1) wage = Math.round(wage / 1.3);
  return wage;
};

/** What an employer states of the occupation: mostly the unit group, sometimes only the major group. */
const occupationOf = (random: Random, group: string): string | null => {
  if (random.chance(0.02)) return null;
  const unit = random.pick(groups[group]?.units ?? [group]);
  return `ISCO08:${random.chance(0.65) ? unit : unit.slice(0, random.between(1, 3))}`;
};

/** Movers are young: the smaller of two draws; those who leave are some years older, and a few retire. */
const ageOf = (random: Random, direction: Direction): number => {
  const young = Math.min(random.next(), random.next());
  const age = 18 + Math.floor(young * 42) + (direction === 'separation' ? random.between(0, 6) : 0);
  if (random.chance(0.015)) return random.between(15, 17);
  return random.chance(0.02) ? random.between(60, 74) : age;
};

const hoursOf = (random: Random): number => (random.chance(0.88) ? 44 : random.between(4, 10) * 4);

const wageOf = (random: Random, month: Month, group: string, age: number, hours: number): number => {
  const skew = random.next() ** 3;
  const experience = 1 + Math.min(Math.max(age - 20, 0), 25) * 0.008;
  const minimums = Math.max(1, (groups[group]?.wage ?? 1) * experience * (0.85 + 0.9 * skew));
  const rials = minimumWageOf(month) * minimums * (hours / 44);
  return Math.ceil(rials / 10_000) * 10_000;
};

/** Draws a person who moves in an industry and month. Some facts are missing, as in any register. */
export const personOf = (random: Random, month: Month, industry: Industry, direction: Direction): Person => {
  const group = random.weighted(industry.groups);
  const age = ageOf(random, direction);
  const weeklyHours = hoursOf(random);
  const monthlyWage = wageOf(random, month, group, age, weeklyHours);
  return {
    occupation: occupationOf(random, group),
    education: random.chance(0.03) ? null : random.weighted(groups[group]?.education ?? skilled),
    age: random.chance(0.008) ? null : age,
    sex: random.chance(0.004) ? null : random.chance(industry.women) ? 'F' : 'M',
    weeklyHours,
    monthlyWage: random.chance(0.025) ? null : monthlyWage,
  };
};
