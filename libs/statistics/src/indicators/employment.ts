import { flow, minus, of, opening, percent, plus, stock, times, type Expression } from './expression.js';
import { dimensionsOf, levelsIn, sharesIn, units, type Indicator } from './indicator.js';
import { contracts } from './sources.js';

const level = levelsIn('employment');
const share = sharesIn('employment');

const job = of('JOBS');
const person = of('PERSONS');
const tenure = of('TENURE');

const jobs = stock(job('jobs'));
/** Twice the mean of the jobs at both ends of the period: what symmetric rates are taken of. */
const bothEnds = plus(opening(job('jobs')), jobs);
const symmetric = (flows: Expression): Expression => percent(times(2, flows), bothEnds);

const stockOfDay = { referenceTime: 'last-day', additivity: { time: false, area: true } } as const;
const sources = contracts.employment;
const dimensions = dimensionsOf.JOBS;

const registered = {
  fa: 'فقط شغل‌های ثبت‌شده را در بر می‌گیرد؛ کار خویش‌فرما و اشتغال غیررسمی در آن نیست.',
  en: 'Registered jobs only; self-employment and informal work are not in it.',
};

const symmetricDenominator = {
  fa: 'مخرج، میانگین شغل‌های آغاز و پایان دوره است و با نرخ‌هایی که بر شغل‌های پایان دوره حساب می‌شوند مقایسه‌پذیر نیست.',
  en: 'Taken of the mean of the jobs at both ends of the period: not comparable with rates taken of closing jobs.',
};

const closingDenominator = {
  fa: 'مخرج، شغل‌های پایان دوره است.',
  en: 'Taken of the jobs at the end of the period.',
};

const reasonKnown = {
  fa: 'جدایی‌هایی که علت آن‌ها گزارش نشده در صورت نیستند.',
  en: 'Separations whose reason was not reported are not in the numerator.',
};

export const employment: readonly Indicator[] = [
  level({
    ...stockOfDay,
    code: 'EMP_JOBS',
    name: { fa: 'مشاغل ثبت‌شده', en: 'Registered jobs' },
    definition: {
      fa: 'شغل‌هایی که در آخرین روز دوره برقرارند. هر شغل رابطهٔ یک شخص با یک کارگاه است؛ کسی که دو شغل دارد دو بار شمرده می‌شود.',
      en: 'Jobs that are active on the last day of the period. A job is one person at one establishment; who has two jobs is counted twice.',
    },
    formula: jobs,
    unit: units.jobs,
    dimensions,
    sources,
    caveats: registered,
    reference: 'ILO, 20th ICLS, statistics of jobs; LEHD QWI EmpEnd',
  }),
  level({
    ...stockOfDay,
    code: 'EMP_PERS',
    name: { fa: 'شاغلان ثبت‌شده', en: 'Persons in registered employment' },
    definition: {
      fa: 'کسانی که در آخرین روز دوره دست‌کم یک شغل ثبت‌شده دارند؛ هر نفر یک بار و در خانهٔ شغل اصلی خود شمرده می‌شود.',
      en: 'Persons with at least one registered job on the last day of the period, each counted once, where the main job is.',
    },
    formula: stock(person('persons')),
    unit: units.persons,
    dimensions: dimensionsOf.PERSONS,
    sources,
    caveats: registered,
    reference: 'ILO, 20th ICLS, persons by main job',
  }),
  share({
    code: 'MJH_R',
    name: { fa: 'نرخ چندشغلی', en: 'Multiple job-holding rate' },
    definition: {
      fa: 'سهم کسانی که در آخرین روز دوره دو شغل ثبت‌شده یا بیشتر دارند از همهٔ شاغلان ثبت‌شده.',
      en: 'Share of those with two or more registered jobs on the last day in all persons in registered employment.',
    },
    formula: percent(stock(person('multiple')), stock(person('persons'))),
    referenceTime: 'last-day',
    dimensions: dimensionsOf.PERSONS,
    sources,
    reference: 'ILO, multiple job-holders',
  }),
  level({
    code: 'EMP_STABLE',
    name: { fa: 'مشاغل پایدار فصل', en: 'Full-quarter (stable) jobs' },
    definition: {
      fa: 'شغل‌هایی که پیش از نخستین روز فصل آغاز شده‌اند، در همهٔ روزهای فصل برقرار بوده‌اند و در نخستین روز فصل بعد نیز برقرارند.',
      en: 'Jobs that began before the first day of the quarter, are active on all its days and still on the first day of the next one.',
    },
    formula: stock(of('STABLE_JOBS')('stable')),
    unit: units.jobs,
    frequencies: ['Q'],
    ripeMonths: 1,
    additivity: { time: false, area: true },
    dimensions: dimensionsOf.STABLE_JOBS,
    sources,
    caveats: {
      fa: 'یک ماه پس از پایان فصل شناخته می‌شود.',
      en: 'Known one month after the end of the quarter.',
    },
    reference: 'LEHD QWI full-quarter employment, stricter because the days are known',
  }),
  level({
    code: 'HIRES',
    name: { fa: 'استخدام‌ها', en: 'Hires' },
    definition: {
      fa: 'شغل‌هایی که آغازشان در دوره است. تمدید قرارداد نزد همان کارفرما بدون فاصله، استخدام نیست.',
      en: 'Jobs that start in the period. A contract renewed at the same employer without a gap is no hire.',
    },
    formula: flow(job('hires')),
    unit: units.jobs,
    dimensions,
    sources,
    reference: 'LEHD QWI accessions; BLS JOLTS hires',
  }),
  share({
    code: 'HIRE_R',
    name: { fa: 'نرخ استخدام', en: 'Hire rate' },
    definition: {
      fa: 'استخدام‌های دوره به ازای هر صد شغل، بر پایهٔ میانگین شغل‌های آغاز و پایان دوره.',
      en: 'Hires of the period per hundred jobs, of the mean of the jobs at both its ends.',
    },
    formula: symmetric(flow(job('hires'))),
    dimensions,
    sources,
    caveats: symmetricDenominator,
    reference: 'LEHD QWI accession rate',
  }),
  share({
    code: 'HIRE_RJ',
    name: { fa: 'نرخ استخدام (بر شغل‌های پایان دوره)', en: 'Hire rate on closing jobs' },
    definition: {
      fa: 'استخدام‌های دوره به ازای هر صد شغل پایان دوره.',
      en: 'Hires of the period per hundred jobs at its end.',
    },
    formula: percent(flow(job('hires')), jobs),
    dimensions,
    sources,
    caveats: closingDenominator,
    reference: 'BLS JOLTS hires rate',
  }),
  level({
    code: 'SEPS',
    name: { fa: 'جدایی‌ها', en: 'Separations' },
    definition: {
      fa: 'شغل‌هایی که پایانشان در دوره است، به هر علت.',
      en: 'Jobs that end in the period, for whatever reason.',
    },
    formula: flow(job('separations')),
    unit: units.jobs,
    dimensions,
    sources,
    caveats: {
      fa: 'پایان شغل روزِ پس از آخرین روز کار است؛ قراردادی که آخرین روزش ۲۹ یا ۳۰ اسفند باشد در فروردین شمرده می‌شود.',
      en: 'A job ends on the day after its last one: a contract up to the last day of the year is counted in the next.',
    },
    reference: 'LEHD QWI separations; BLS JOLTS',
  }),
  share({
    code: 'SEP_R',
    name: { fa: 'نرخ جدایی', en: 'Separation rate' },
    definition: {
      fa: 'جدایی‌های دوره به ازای هر صد شغل، بر پایهٔ میانگین شغل‌های آغاز و پایان دوره.',
      en: 'Separations of the period per hundred jobs, of the mean of the jobs at both its ends.',
    },
    formula: symmetric(flow(job('separations'))),
    dimensions,
    sources,
    caveats: symmetricDenominator,
    reference: 'LEHD QWI separation rate',
  }),
  share({
    code: 'SEP_RJ',
    name: { fa: 'نرخ جدایی (بر شغل‌های پایان دوره)', en: 'Separation rate on closing jobs' },
    definition: {
      fa: 'جدایی‌های دوره به ازای هر صد شغل پایان دوره.',
      en: 'Separations of the period per hundred jobs at its end.',
    },
    formula: percent(flow(job('separations')), jobs),
    dimensions,
    sources,
    caveats: closingDenominator,
    reference: 'BLS JOLTS separations rate',
  }),
  share({
    code: 'QUIT_R',
    name: { fa: 'نرخ ترک شغل داوطلبانه', en: 'Quit rate' },
    definition: {
      fa: 'جدایی‌هایی که شاغل خود خواسته است، به ازای هر صد شغل پایان دوره.',
      en: 'Separations that the employee wanted, per hundred jobs at the end of the period.',
    },
    formula: percent(flow(job('quits')), jobs),
    dimensions,
    sources,
    caveats: reasonKnown,
    reference: 'BLS JOLTS quits rate',
  }),
  share({
    code: 'LAYOFF_R',
    name: { fa: 'نرخ تعدیل و اخراج', en: 'Layoff and discharge rate' },
    definition: {
      fa: 'جدایی‌های ناشی از تعدیل، اخراج و تمدید نشدن قرارداد، به ازای هر صد شغل پایان دوره.',
      en: 'Separations by layoff, discharge and non-renewal, per hundred jobs at the end of the period.',
    },
    formula: percent(flow(job('layoffs')), jobs),
    dimensions,
    sources,
    caveats: reasonKnown,
    reference: 'BLS JOLTS layoffs and discharges rate',
  }),
  share({
    code: 'RECALL_SH',
    name: { fa: 'سهم بازگشت به کارفرمای پیشین', en: 'Recall share of hires' },
    definition: {
      fa: 'سهم استخدام کسانی که در دوازده ماه پیش از آن شغلی در همان کارگاه را به پایان برده بودند از همهٔ استخدام‌ها.',
      en: 'Share of hires of persons who had ended a job at the same establishment in the twelve months before, in all hires.',
    },
    formula: percent(flow(job('recalls')), flow(job('hires'))),
    dimensions,
    sources,
    caveats: {
      fa: 'در نخستین سال داده کمتر از واقع است، چون شغل‌های پیش از آن شناخته نیستند.',
      en: 'Too low in the first year of the data, whose earlier jobs are not known.',
    },
    reference: 'LEHD QWI recalls',
  }),
  level({
    code: 'NET_CHG',
    name: { fa: 'خالص تغییر اشتغال', en: 'Net job change' },
    definition: {
      fa: 'شغل‌های پایان دوره منهای شغل‌های آغاز دوره؛ برابر است با استخدام منهای جدایی، به‌علاوهٔ خالص جابه‌جایی میان خانه‌ها.',
      en: 'Jobs at the end of the period less those at its beginning; it equals hires less separations plus net reclassification.',
    },
    formula: minus(jobs, opening(job('jobs'))),
    unit: units.jobs,
    dimensions,
    sources,
    reference: 'LEHD QWI identity E − B = A − S',
  }),
  level({
    code: 'NET_ECON',
    name: { fa: 'خالص استخدام و جدایی', en: 'Hires less separations' },
    definition: {
      fa: 'استخدام‌های دوره منهای جدایی‌های آن؛ جابه‌جایی شغل‌ها میان خانه‌ها (تغییر استان، فعالیت و مانند آن) در آن نیست.',
      en: 'Hires of the period less its separations; jobs that change their cell (province, industry and so on) are not in it.',
    },
    formula: minus(flow(job('hires')), flow(job('separations'))),
    unit: units.jobs,
    dimensions,
    sources,
    reference: 'LEHD QWI identity, economic part',
  }),
  share({
    code: 'TURN_R',
    name: { fa: 'نرخ گردش نیروی کار', en: 'Worker turnover rate' },
    definition: {
      fa: 'میانگین نرخ استخدام و نرخ جدایی: مجموع استخدام و جدایی بر مجموع شغل‌های آغاز و پایان دوره.',
      en: 'Mean of the hire and the separation rate: hires and separations of the jobs at both ends of the period.',
    },
    formula: percent(plus(flow(job('hires')), flow(job('separations'))), bothEnds),
    dimensions,
    sources,
    caveats: {
      fa: 'همهٔ استخدام‌ها و جدایی‌ها را در بر می‌گیرد، نه فقط شغل‌های پایدار را.',
      en: 'Of all hires and separations, not of stable jobs only.',
    },
    reference: 'LEHD QWI turnover, of all hires and separations',
  }),
  level({
    code: 'TENURE_SEP_MED',
    name: { fa: 'میانهٔ سابقهٔ جداشدگان', en: 'Median completed tenure of separations' },
    definition: {
      fa: 'سابقه‌ای که نیمی از شغل‌های پایان‌یافته در دوره کمتر از آن به درازا کشیده‌اند.',
      en: 'The tenure below which half of the jobs that ended in the period lasted.',
    },
    formula: { op: 'percentile', percent: 50, of: tenure('separations'), kind: 'flow', bands: 'tenure' },
    unit: units.months,
    decimals: 1,
    additivity: { time: false, area: false },
    dimensions: ['area', 'sex'],
    sources,
    caveats: {
      fa: 'از دسته‌های سابقه و با درون‌یابی خطی به دست می‌آید.',
      en: 'Read from tenure bands by linear interpolation.',
    },
    reference: 'ILO, 20th ICLS, duration of employment',
  }),
  level({
    code: 'TENURE_MED',
    name: { fa: 'میانهٔ سابقهٔ شاغلان', en: 'Median elapsed tenure of jobs' },
    definition: {
      fa: 'سابقه‌ای که نیمی از شغل‌های برقرار در آخرین روز دوره کمتر از آن دارند.',
      en: 'The tenure that half of the jobs on the last day of the period have not reached.',
    },
    formula: { op: 'percentile', percent: 50, of: tenure('jobs'), kind: 'stock', bands: 'tenure' },
    unit: units.months,
    decimals: 1,
    referenceTime: 'last-day',
    additivity: { time: false, area: false },
    dimensions: ['area', 'sex'],
    sources,
    caveats: {
      fa: 'از دسته‌های سابقه و با درون‌یابی خطی به دست می‌آید.',
      en: 'Read from tenure bands by linear interpolation.',
    },
    reference: 'ILO, 20th ICLS, duration of employment',
  }),
];
