import { flow, lag, of, percent, stock } from './expression.js';
import { dimensionsOf, levelsIn, sharesIn, units, type Indicator } from './indicator.js';
import { contracts } from './sources.js';

const level = levelsIn('enterprises');
const share = sharesIn('enterprises');

const enterprise = of('ENTERPRISES');
const active = stock(enterprise('active'));

const sources = contracts.enterprises;
const dimensions = dimensionsOf.ENTERPRISES;
const yearly = { frequencies: ['A'] } as const;

const survival = (years: 1 | 2 | 3 | 4 | 5, fa: string): Indicator =>
  share({
    ...yearly,
    code: `ENT_SURV_${years}`,
    name: { fa: `نرخ بقای ${fa} بنگاه‌ها`, en: `${years}-year survival rate of enterprises` },
    definition: {
      fa: `سهم بنگاه‌های متولدشده ${fa} پیش که در این سال فعال‌اند یا بنگاه دیگری جانشینشان شده است.`,
      en: `Share of the enterprises born ${years} years before that are active in the year or were taken over.`,
    },
    formula: percent(flow(enterprise(`survivors_${years}`)), lag(years, flow(enterprise('births')))),
    referenceTime: 'cohort',
    dimensions: ['area', 'industry', 'form'],
    sources,
    reference: 'Eurostat–OECD Manual on Business Demography Statistics',
  });

export const enterpriseIndicators: readonly Indicator[] = [
  level({
    ...yearly,
    code: 'ENT_ACTIVE',
    name: { fa: 'بنگاه‌های فعال', en: 'Active enterprises' },
    definition: {
      fa: 'بنگاه‌هایی که در سال دست‌کم یک روز کارکن یا یک ماه فعالیت داشته‌اند.',
      en: 'Enterprises with at least one day of employment or one month of activity in the year.',
    },
    formula: active,
    unit: units.enterprises,
    additivity: { time: false, area: true },
    dimensions,
    sources,
    reference: 'Eurostat–OECD Manual on Business Demography Statistics',
  }),
  level({
    code: 'ENT_EMPLOYERS',
    name: { fa: 'بنگاه‌های کارفرما', en: 'Employer enterprises' },
    definition: {
      fa: 'بنگاه‌هایی که در آخرین روز دوره دست‌کم یک شغل برقرار دارند.',
      en: 'Enterprises with at least one active job on the last day of the period.',
    },
    formula: stock(of('EMPLOYERS')('employers')),
    unit: units.enterprises,
    referenceTime: 'last-day',
    additivity: { time: false, area: true },
    dimensions: dimensionsOf.EMPLOYERS,
    sources,
    reference: 'Eurostat–OECD, employer business demography',
  }),
  share({
    ...yearly,
    code: 'ENT_BIRTH_R',
    name: { fa: 'نرخ تولد بنگاه', en: 'Enterprise birth rate' },
    definition: {
      fa: 'سهم بنگاه‌هایی که در سال فعال‌اند و در دو سال پیش از آن نبوده‌اند، بی آنکه جانشین بنگاهی دیگر باشند، از بنگاه‌های فعال.',
      en: 'Share of enterprises active in the year and in neither of the two years before, successors of others left out, in active ones.',
    },
    formula: percent(flow(enterprise('births')), active),
    dimensions,
    sources,
    reference: 'Eurostat–OECD Manual on Business Demography Statistics',
  }),
  share({
    ...yearly,
    code: 'ENT_DEATH_R',
    name: { fa: 'نرخ مرگ بنگاه', en: 'Enterprise death rate' },
    definition: {
      fa: 'سهم بنگاه‌هایی که در سال تعطیل شده و در دو سال پس از آن فعال نبوده‌اند، بی آنکه بنگاهی جانشینشان شده باشد، از بنگاه‌های فعال.',
      en: 'Share of enterprises that ceased in the year and were active in neither of the two years after, those succeeded by others left out, in active ones.',
    },
    formula: percent(flow(enterprise('deaths')), active),
    ripeMonths: 24,
    dimensions,
    sources,
    caveats: {
      fa: 'دو سال پس از پایان سال شناخته می‌شود، چون بازگشت به فعالیت باید رد شود.',
      en: 'Known two years after the end of the year, since a reactivation has to be ruled out.',
    },
    reference: 'Eurostat–OECD Manual on Business Demography Statistics',
  }),
  survival(1, 'یک‌سال'),
  survival(2, 'دو سال'),
  survival(3, 'سه سال'),
  survival(4, 'چهار سال'),
  survival(5, 'پنج سال'),
  share({
    ...yearly,
    code: 'HGE_R',
    name: { fa: 'سهم بنگاه‌های پررشد', en: 'High-growth enterprise share' },
    definition: {
      fa: 'سهم بنگاه‌هایی که در سه سال به‌طور متوسط سالی ده درصد یا بیشتر رشد شغل داشته‌اند، از بنگاه‌های فعالی که سه سال پیش دست‌کم ده شغل داشتند.',
      en: 'Share of enterprises whose jobs grew by ten percent a year or more over three years, in the active ones that had ten jobs or more three years before.',
    },
    formula: percent(stock(enterprise('high_growth')), stock(enterprise('hg_base'))),
    dimensions,
    sources,
    reference: 'Eurostat–OECD, high-growth enterprises',
  }),
  level({
    ...yearly,
    code: 'JOBS_BIRTH',
    name: { fa: 'اشتغال در بنگاه‌های نوپا', en: 'Jobs in new enterprises' },
    definition: {
      fa: 'شغل‌های پایان سال در بنگاه‌هایی که در همان سال متولد شده‌اند.',
      en: 'Jobs at the end of the year at enterprises born in it.',
    },
    formula: flow(enterprise('birth_jobs')),
    unit: units.jobs,
    additivity: { time: false, area: true },
    dimensions,
    sources,
    reference: 'Eurostat–OECD, employment of newly born enterprises',
  }),
];
