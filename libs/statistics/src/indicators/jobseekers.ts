import { flow, mean, of, percent, plus, ratio, stock, sum, type Expression } from './expression.js';
import { dimensionsOf, levelsIn, sharesIn, units, type Indicator } from './indicator.js';
import { contracts } from './sources.js';

const level = levelsIn('jobseekers');
const share = sharesIn('jobseekers');

const seeker = of('JOBSEEKERS');
const search = of('SEARCH');
const cohort = of('SEARCH_COHORT');

const dimensions = dimensionsOf.JOBSEEKERS;
const sources = [...new Set([...contracts.jobseekers, ...contracts.employment])];

const jobseekers = stock(seeker('jobseekers'));
const ratioOfJobseekers: Expression = percent(jobseekers, plus(jobseekers, stock(of('PERSONS')('persons'))));

const noUnemploymentRate = {
  fa: 'نرخ بیکاری نیست: نرخ بیکاری از آمارگیری نیروی کار به دست می‌آید. این شاخص فقط ثبت‌نام‌شدگان و شاغلان ثبت‌شده را می‌شناسد.',
  en: 'Not an unemployment rate, which comes from the labour force survey: it knows registered jobseekers and registered employment only.',
};

const placedWithin = (code: string, months: 6 | 12, fa: string): Indicator =>
  share({
    code,
    name: {
      fa: `نرخ اشتغال ${fa}ماههٔ جویندگان`,
      en: `Jobseekers placed within ${months} months`,
    },
    definition: {
      fa: `سهم کسانی که در دوره جویندهٔ کار شده‌اند و ظرف ${fa} ماه شغلی آغاز کرده‌اند.`,
      en: `Share of those who became jobseekers in the period and started a job within ${months} months.`,
    },
    formula: percent(flow(seeker(`placed_${months}`)), flow(seeker('inflow'))),
    referenceTime: 'cohort',
    ripeMonths: months,
    dimensions,
    sources,
    reference: 'European PES benchmarking, COM(2013) 430',
  });

export const jobseekerIndicators: readonly Indicator[] = [
  level({
    code: 'JSK_STOCK',
    name: { fa: 'جویندگان کار ثبت‌شده', en: 'Registered jobseekers' },
    definition: {
      fa: 'کسانی که در آخرین روز دوره نزد مراکز کاریابی ثبت‌نام‌اند و شغل ثبت‌شده‌ای ندارند.',
      en: 'Persons registered with the employment services on the last day of the period who have no registered job.',
    },
    formula: jobseekers,
    unit: units.persons,
    referenceTime: 'last-day',
    additivity: { time: false, area: true },
    dimensions,
    sources,
    caveats: noUnemploymentRate,
    reference: 'ILO, registered unemployment',
  }),
  level({
    code: 'JSK_IN',
    name: { fa: 'ورودی جویندگان کار', en: 'Inflow of jobseekers' },
    definition: {
      fa: 'کسانی که در دوره جویندهٔ کارِ بدون شغل شده‌اند.',
      en: 'Persons who became jobseekers without a job in the period.',
    },
    formula: flow(seeker('inflow')),
    unit: units.persons,
    dimensions,
    sources,
    reference: 'European PES benchmarking',
  }),
  level({
    code: 'JSK_OUT',
    name: { fa: 'خروجی جویندگان کار', en: 'Outflow of jobseekers' },
    definition: {
      fa: 'کسانی که در دوره دیگر جویندهٔ کارِ بدون شغل نیستند، به هر علت.',
      en: 'Persons who ceased to be jobseekers without a job in the period, for whatever reason.',
    },
    formula: flow(seeker('outflow')),
    unit: units.persons,
    dimensions,
    sources,
    reference: 'European PES benchmarking',
  }),
  share({
    code: 'JSK_RATIO',
    name: { fa: 'نسبت جویندگان کار ثبت‌شده', en: 'Registered jobseeker ratio' },
    definition: {
      fa: 'سهم جویندگان کار ثبت‌شده از مجموع آنان و شاغلان ثبت‌شده در آخرین روز دوره.',
      en: 'Share of registered jobseekers in jobseekers and persons in registered employment together, on the last day of the period.',
    },
    formula: ratioOfJobseekers,
    referenceTime: 'last-day',
    dimensions: ['area', 'sex', 'age'],
    sources,
    caveats: noUnemploymentRate,
    reference: 'National registered jobseeker ratios',
  }),
  level({
    code: 'JSK_DUR_MED',
    name: { fa: 'میانهٔ مدت جست‌وجوی کار (سپری‌شده)', en: 'Median elapsed duration of search' },
    definition: {
      fa: 'مدتی که نیمی از جویندگان کارِ آخرین روز دوره هنوز به آن نرسیده‌اند.',
      en: 'The time that half of the jobseekers on the last day of the period have not yet searched.',
    },
    formula: { op: 'percentile', percent: 50, of: search('jobseekers'), kind: 'stock', bands: 'duration' },
    unit: units.months,
    decimals: 1,
    referenceTime: 'last-day',
    additivity: { time: false, area: false },
    dimensions: ['area', 'sex'],
    sources,
    caveats: {
      fa: 'مدت ناتمام جویندگان کنونی است، نه مدتی که یافتن شغل طول می‌کشد (شاخص JSK_FIND_MED).',
      en: 'The unfinished duration of those who search now, not the time it takes to find a job (JSK_FIND_MED).',
    },
    reference: 'ILO, duration of unemployment',
  }),
  level({
    code: 'JSK_FIND_MED',
    name: { fa: 'میانهٔ مدت تا یافتن شغل', en: 'Median time to a job' },
    definition: {
      fa: 'مدتی که نیمی از کسانی که در دوره جویندهٔ کار شده‌اند تا پایان آن شغل یافته‌اند؛ خروج‌های دیگر سانسورشده به شمار می‌آیند.',
      en: 'Time by the end of which half of those who became jobseekers in the period have found a job; other exits count as censored.',
    },
    formula: {
      op: 'kaplanMeierMedian',
      cohort: cohort('entered'),
      event: cohort('found'),
      censored: cohort('censored'),
      steps: { dimension: 'elapsed', unit: 'month', count: 36 },
    },
    unit: units.months,
    referenceTime: 'cohort',
    additivity: { time: false, area: false },
    ripeMonths: 1,
    dimensions: ['area', 'sex'],
    sources,
    caveats: {
      fa: 'تا وقتی نیمی از گروه شغل نیافته باشند تعریف نمی‌شود.',
      en: 'Not defined until half of the cohort have found a job.',
    },
    reference: 'Kaplan and Meier, product-limit estimator',
  }),
  share({
    code: 'LT_SHARE',
    name: { fa: 'سهم جویندگان بلندمدت', en: 'Long-term share of jobseekers' },
    definition: {
      fa: 'سهم کسانی که دوازده ماه یا بیشتر در جست‌وجوی کارند از همهٔ جویندگان آخرین روز دوره.',
      en: 'Share of those who have searched for twelve months or more in all jobseekers on the last day of the period.',
    },
    formula: percent(
      stock(search('jobseekers', { duration: ['M12T23', 'M_GE24'] })),
      stock(search('jobseekers')),
    ),
    referenceTime: 'last-day',
    dimensions: ['area', 'sex'],
    sources,
    reference: 'ILO KILM, long-term unemployment threshold',
  }),
  level({
    code: 'TIGHT',
    name: { fa: 'تنگنای بازار کار', en: 'Labour-market tightness' },
    definition: {
      fa: 'فرصت‌های شغلی باز به ازای هر جویندهٔ کار در آخرین روز دوره.',
      en: 'Open posts per jobseeker on the last day of the period.',
    },
    formula: ratio(stock(of('VACANCIES')('open')), jobseekers),
    unit: units.postsPerPerson,
    decimals: 3,
    referenceTime: 'last-day',
    additivity: { time: false, area: false },
    dimensions: ['area'],
    sources: [...new Set([...contracts.vacancies, ...sources])],
    caveats: {
      fa: 'هر دو سوی نسبت ثبتی است و با نسبت‌های آمارگیری مقایسه‌پذیر نیست.',
      en: 'Both sides are registered: not comparable with ratios from surveys.',
    },
    reference: 'Vacancies per unemployed person; BLS by survey',
  }),
  share({
    code: 'PLACE_R',
    name: { fa: 'نرخ کاریابی', en: 'Placement rate' },
    definition: {
      fa: 'خروج به شغل در دوازده ماه منتهی به پایان دوره، به درصدِ میانگین جویندگان پایان ماه در همان دوازده ماه.',
      en: 'Exits to a job over the twelve months up to the end of the period, in percent of the mean of jobseekers at the ends of these months.',
    },
    formula: percent(sum(12, seeker('out_job')), mean(12, seeker('jobseekers'))),
    referenceTime: 'year-to-date',
    dimensions,
    sources,
    reference: 'European PES benchmarking, COM(2013) 430',
  }),
  placedWithin('PLACE_6', 6, '۶'),
  placedWithin('PLACE_12', 12, '۱۲'),
  level({
    code: 'PLACEMENTS',
    name: { fa: 'به‌کارگماری‌ها', en: 'Placements' },
    definition: {
      fa: 'به‌کارگماری‌هایی که مراکز کاریابی در دوره اعلام کرده‌اند.',
      en: 'Placements that the employment services recorded in the period.',
    },
    formula: flow(of('PLACEMENTS')('placements')),
    unit: units.placements,
    dimensions: ['area', 'sex'],
    sources: contracts.vacancies,
    reference: 'Statistics of public employment services',
  }),
  share({
    code: 'BEV_U',
    name: { fa: 'منحنی بوریج: نسبت جویندگان کار', en: 'Beveridge pair: jobseeker ratio' },
    definition: {
      fa: 'مؤلفهٔ جویندگان کار در منحنی بوریج؛ همان نسبت جویندگان کار ثبت‌شده.',
      en: 'The jobseeker side of the Beveridge curve: the registered jobseeker ratio.',
    },
    formula: ratioOfJobseekers,
    referenceTime: 'last-day',
    dimensions: ['area'],
    sources,
    caveats: noUnemploymentRate,
    reference: 'Beveridge curve',
  }),
];
