import { flow, of, opening, percent, plus, stock, type Expression } from './expression.js';
import { dimensionsOf, levelsIn, sharesIn, units, type Indicator } from './indicator.js';
import { contracts } from './sources.js';

const level = levelsIn('vacancies');
const share = sharesIn('vacancies');

const vacancy = of('VACANCIES');
const cohort = of('VACANCY_COHORT');

const sources = contracts.vacancies;
const withJobs = [...contracts.vacancies, ...contracts.employment];

const open = stock(vacancy('open'));
/** Open posts per hundred posts, filled or open. */
const vacancyRate: Expression = percent(open, plus(open, stock(of('JOBS')('jobs'))));

const registered = {
  fa: 'فقط فرصت‌هایی که نزد مراکز کاریابی ثبت شده‌اند؛ بیشتر استخدام‌ها بدون ثبت فرصت انجام می‌شوند.',
  en: 'Only posts registered with the employment services; most hires happen without one.',
};

export const vacancies: readonly Indicator[] = [
  level({
    code: 'VAC_STOCK',
    name: { fa: 'فرصت‌های شغلی باز ثبت‌شده', en: 'Registered open vacancies' },
    definition: {
      fa: 'جایگاه‌های آگهی‌شده‌ای که در آخرین روز دوره هنوز پر، بسته یا منقضی نشده‌اند.',
      en: 'Posts published and not yet filled, closed or expired on the last day of the period.',
    },
    formula: open,
    unit: units.posts,
    referenceTime: 'last-day',
    additivity: { time: false, area: true },
    dimensions: dimensionsOf.VACANCIES,
    sources,
    caveats: registered,
    reference: 'BLS JOLTS job openings',
  }),
  share({
    code: 'JVR',
    name: { fa: 'نرخ فرصت شغلی', en: 'Job vacancy rate' },
    definition: {
      fa: 'سهم فرصت‌های باز از مجموع فرصت‌های باز و شغل‌های ثبت‌شده در آخرین روز دوره.',
      en: 'Share of open posts in open posts and registered jobs together, on the last day of the period.',
    },
    formula: vacancyRate,
    referenceTime: 'last-day',
    dimensions: ['area', 'industry'],
    sources: withJobs,
    caveats: registered,
    reference: 'Eurostat job vacancy rate',
  }),
  level({
    code: 'VAC_NEW',
    name: { fa: 'فرصت‌های شغلی جدید', en: 'New vacancies' },
    definition: { fa: 'جایگاه‌هایی که در دوره آگهی شده‌اند.', en: 'Posts published in the period.' },
    formula: flow(vacancy('opened')),
    unit: units.posts,
    dimensions: dimensionsOf.VACANCIES,
    sources,
    caveats: registered,
    reference: 'Statistics of public employment services',
  }),
  share({
    code: 'VAC_FILL_R',
    name: { fa: 'نرخ پرشدن فرصت‌ها', en: 'Vacancy filling rate' },
    definition: {
      fa: 'سهم فرصت‌های پرشده در دوره از فرصت‌هایی که در آغاز دوره باز بوده یا در آن آگهی شده‌اند.',
      en: 'Share of posts filled in the period in those open at its beginning or published in it.',
    },
    formula: percent(flow(vacancy('filled')), plus(opening(vacancy('open')), flow(vacancy('opened')))),
    dimensions: dimensionsOf.VACANCIES,
    sources,
    reference: 'Davis, Faberman and Haltiwanger',
  }),
  level({
    code: 'VAC_DUR_MED',
    name: { fa: 'میانهٔ مدت فرصت شغلی', en: 'Median vacancy duration' },
    definition: {
      fa: 'مدتی که نیمی از فرصت‌های آگهی‌شده در دوره تا پایان آن پر شده‌اند؛ فرصت‌های بسته‌شده سانسورشده به شمار می‌آیند.',
      en: 'Time by the end of which half of the posts published in the period are filled; closed ones count as censored.',
    },
    formula: {
      op: 'kaplanMeierMedian',
      cohort: cohort('opened'),
      event: cohort('filled'),
      censored: cohort('censored'),
      steps: { dimension: 'elapsed', unit: 'week', count: 26 },
    },
    unit: units.days,
    referenceTime: 'cohort',
    additivity: { time: false, area: false },
    ripeMonths: 1,
    dimensions: ['area'],
    sources,
    caveats: {
      fa: 'به هفتهٔ کامل؛ تا وقتی نیمی از فرصت‌ها پر نشده باشند تعریف نمی‌شود.',
      en: 'In whole weeks; not defined until half of the posts are filled.',
    },
    reference: 'Kaplan and Meier, product-limit estimator',
  }),
  share({
    code: 'BEV_V',
    name: { fa: 'منحنی بوریج: نرخ فرصت شغلی', en: 'Beveridge pair: job vacancy rate' },
    definition: {
      fa: 'مؤلفهٔ فرصت‌های شغلی در منحنی بوریج؛ همان نرخ فرصت شغلی.',
      en: 'The vacancy side of the Beveridge curve: the job vacancy rate.',
    },
    formula: vacancyRate,
    referenceTime: 'last-day',
    dimensions: ['area'],
    sources: withJobs,
    caveats: registered,
    reference: 'Beveridge curve',
  }),
];
