import type { Contribution, Dataflow, MeasureSpec } from '@karnama/cells';
import { sizeClassOf } from '@karnama/classifications';
import type { Calendar, Label } from '@karnama/kernel';
import { stockChanges, type Standing } from '../dataflows/stock-changes.js';
import { area, industry, size } from '../establishments/employer-dimensions.js';
import { headcountOf } from '../establishments/headcount.js';
import {
  demographyOf,
  lastMonthOfYear,
  traitsOf,
  yearOf,
  type Demography,
  type Traits,
  type Year,
} from './demography.js';
import { enterpriseTotals, type EnterpriseState } from './enterprise-state.js';

const enterprisesUnit: Label = { fa: 'بنگاه', en: 'enterprises' };

/** Years after their birth for which enterprises are followed. */
const survivalYears = [1, 2, 3, 4, 5] as const;

const persian = (n: number): string => String.fromCharCode(0x06f0 + n);

const measures: readonly MeasureSpec[] = [
  {
    code: 'active',
    name: { fa: 'بنگاه‌های فعال', en: 'Active enterprises' },
    unit: enterprisesUnit,
    definition: {
      fa: 'بنگاه‌هایی که در سال دست‌کم یک روز شغل یا یک ماه فعالیت گزارش‌شده دارند.',
      en: 'Enterprises with a job on a day of the year or a reported month of activity in it.',
    },
    kind: 'stock',
  },
  {
    code: 'births',
    name: { fa: 'تولد بنگاه', en: 'Births' },
    unit: enterprisesUnit,
    definition: {
      fa: 'بنگاه‌های فعالی که در دو سال پیش فعال نبودند و جانشین بنگاه دیگری نیستند.',
      en: 'Active enterprises that were not active in the two years before and took over from no other.',
    },
  },
  {
    code: 'deaths',
    name: { fa: 'مرگ بنگاه', en: 'Deaths' },
    unit: enterprisesUnit,
    definition: {
      fa: 'بنگاه‌هایی که در سال فعال بودند و در آن تعطیل شدند، در دو سال بعد فعال نشدند و بنگاه دیگری جانشین آن‌ها نشد.',
      en: 'Active enterprises that ceased in the year, did not come back within two years and were not taken over.',
    },
  },
  {
    code: 'birth_jobs',
    name: { fa: 'مشاغل بنگاه‌های تازه', en: 'Jobs in births' },
    unit: { fa: 'شغل', en: 'jobs' },
    definition: {
      fa: 'مشاغل پایان سال در بنگاه‌هایی که در همان سال متولد شده‌اند.',
      en: 'Jobs at the end of the year in enterprises born in it.',
    },
  },
  ...survivalYears.map((years) => ({
    code: `survivors_${years}`,
    name: {
      fa: `بازماندگان پس از ${persian(years)} سال`,
      en: `Survivors after ${years} ${years === 1 ? 'year' : 'years'}`,
    },
    unit: enterprisesUnit,
    definition: {
      fa: `بنگاه‌هایی که ${persian(years)} سال پیش متولد شدند و فعال‌اند، یا پس از تولد بنگاه دیگری جانشین آن‌ها شده است.`,
      en: `Enterprises born ${years} ${years === 1 ? 'year' : 'years'} before that are active or have been taken over since.`,
    },
  })),
  {
    code: 'hg_base',
    name: { fa: 'پایهٔ رشد سریع', en: 'Base of high growth' },
    unit: enterprisesUnit,
    definition: {
      fa: 'بنگاه‌های فعالی که در پایان سه سال پیش دست‌کم ۱۰ شغل داشتند.',
      en: 'Active enterprises with at least 10 jobs at the end of the third year before.',
    },
    kind: 'stock',
  },
  {
    code: 'high_growth',
    name: { fa: 'بنگاه‌های پررشد', en: 'High-growth enterprises' },
    unit: enterprisesUnit,
    definition: {
      fa: 'آن دسته از پایهٔ رشد سریع که مشاغلشان در سه سال به‌طور میانگین سالی ۱۰ درصد یا بیشتر رشد کرده است (۱٫۳۳۱ برابر).',
      en: 'Those of the base whose jobs grew by 10 % or more a year on average over three years (1.331 times).',
    },
    kind: 'stock',
  },
];

const at = new Map(measures.map(({ code }, index) => [code, index]));

/** Measures of a contribution: those named, 0 elsewhere. */
const measured = (values: Readonly<Record<string, number>>): number[] => {
  const all = new Array<number>(measures.length).fill(0);
  for (const [code, value] of Object.entries(values)) all[at.get(code) as number] = value;
  return all;
};

const codesOf = ({ area, industry, form }: Traits, demography: Demography, year: Year): string[] => [
  area,
  industry,
  sizeClassOf(demography.jobsAt(year)),
  form,
];

const smallestBase = 10;
const growthYears = 3;

const standingIn = (year: Year, demography: Demography, traits: Traits): readonly Standing[] => {
  if (!demography.isActive(year)) return [];
  const before = demography.jobsAt(year - growthYears);
  const inBase = before >= smallestBase;
  // 1.1³, as whole numbers: exact
  const grew = inBase && 1000 * demography.jobsAt(year) >= 1331 * before;
  const counted = measured({ active: 1, hg_base: inBase ? 1 : 0, high_growth: grew ? 1 : 0 });
  return [{ codes: codesOf(traits, demography, year), measures: counted }];
};

/** Years of change of the jobs at their ends count again when they are the base of growth. */
const turnsOf = (demography: Demography, headcountTurns: readonly number[]): Set<number> => {
  const turns = new Set<number>();
  for (const year of demography.turns) turns.add(lastMonthOfYear(year));
  for (const month of headcountTurns) {
    const year = yearOf(month);
    turns.add(lastMonthOfYear(year)).add(lastMonthOfYear(year + growthYears));
  }
  return turns;
};

function* flows(demography: Demography, traits: Traits): Generator<Contribution> {
  const flow = (year: Year, values: Readonly<Record<string, number>>): Contribution => {
    const month = lastMonthOfYear(year);
    const codes = codesOf(traits, demography, year);
    return { month, declared: month, codes, measures: measured(values), units: 1 };
  };
  for (const birth of demography.births) {
    yield flow(birth, { births: 1, birth_jobs: demography.jobsAt(birth) });
    for (const years of survivalYears) {
      const year = birth + years;
      if (demography.isActive(year) || demography.isTakenOver(birth, year))
        yield flow(year, { [`survivors_${years}`]: 1 });
    }
  }
  for (const death of demography.deaths) yield flow(death, { deaths: 1 });
}

/**
 * ENTERPRISES: business demography of years, after Eurostat–OECD (2007), Manual on Business Demography
 * Statistics: births, deaths, survival and high growth, from jobs and reported activity.
 */
export const enterprises = (calendar: Calendar): Dataflow<EnterpriseState> => ({
  code: 'ENTERPRISES',
  version: 1,
  name: { fa: 'جمعیت‌شناسی بنگاه‌ها', en: 'Business demography' },
  description: {
    fa: 'بنگاه‌های فعال، تولد، مرگ، بقا و رشد سریع، سالانه.',
    en: 'Active enterprises, births, deaths, survival and high growth, by year.',
  },
  dimensions: [
    area,
    industry,
    size,
    { code: 'form', name: { fa: 'نوع حقوقی', en: 'Legal form', pt: 'Natureza jurídica' } },
  ],
  measures,
  rollUps: [
    { time: 'effective', dimensions: ['area'] },
    { time: 'effective', dimensions: ['industry'] },
    { time: 'effective', dimensions: ['size'] },
    { time: 'effective', dimensions: ['form'] },
    { time: 'effective', dimensions: ['area', 'industry'] },
  ],
  *contributions(state) {
    const demography = demographyOf(state, calendar);
    const traits = traitsOf(state.own);
    const turns = turnsOf(demography, headcountOf(enterpriseTotals(state), calendar).turns);
    yield* stockChanges(turns, (month) => standingIn(yearOf(month), demography, traits));
    yield* flows(demography, traits);
  },
});
