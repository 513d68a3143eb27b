import { flow, of, percent, stock, times, type Expression } from './expression.js';
import { levelsIn, sharesIn, units, type Indicator } from './indicator.js';
import { contracts } from './sources.js';

const level = levelsIn('industry');
const share = sharesIn('industry');

const unit = of('UNITS');
const permit = of('PERMITS');
const capacity = of('CAPACITY');
const estate = of('ESTATES');

const sources = contracts.industry;
const dimensions = ['area', 'industry', 'estate'];
const lastDay = { referenceTime: 'last-day' } as const;

const inState = (...states: readonly string[]): Expression => stock(unit('units', { state: states }));
const licensed = inState('ACTIVE', 'SEMI', 'IDLE', '_U');

const byUse = {
  fa: 'حالت از بهره‌برداری گزارش‌شده به دست می‌آید: از ۵۰ درصد به بالا فعال، کمتر از آن نیمه‌فعال و بدون تولید یا گزارش راکد؛ برای واحد بدون ظرفیت، حالت اعلام‌شده.',
  en: 'The state follows from reported use: 50 percent and more active, less semi-active, no production or report idle; for units without a capacity the declared state.',
};

const conversion = (months: 24 | 36, fa: string): Indicator =>
  share({
    code: `PERMIT_CONV_${months}`,
    name: {
      fa: `نرخ تبدیل جواز تأسیس به پروانهٔ بهره‌برداری در ${fa} ماه`,
      en: `Permits converted to operating licences within ${months} months`,
    },
    definition: {
      fa: `سهم جوازهای تأسیس صادرشده در دوره که ظرف ${fa} ماه پروانهٔ بهره‌برداری گرفته‌اند؛ باطل شدن جواز رخداد رقیب است.`,
      en: `Share of the permits issued in the period that became an operating licence within ${months} months; annulment is a competing event.`,
    },
    formula: times(100, {
      op: 'aalenJohansen',
      cohort: permit('permits'),
      event: permit('licensed'),
      competing: permit('annulled'),
      dimension: 'elapsed',
      before: months,
    }),
    referenceTime: 'cohort',
    ripeMonths: months,
    dimensions: ['area', 'industry'],
    sources,
    reference: 'Aalen and Johansen, cumulative incidence',
  });

const stateShare = (
  code: string,
  state: string,
  name: Indicator['name'],
  definition: Indicator['definition'],
): Indicator =>
  share({
    ...lastDay,
    code,
    name,
    definition,
    formula: percent(inState(state), licensed),
    dimensions,
    sources,
    caveats: byUse,
    reference: 'Ministry of Industry, Mine and Trade, states of units',
  });

export const industry: readonly Indicator[] = [
  conversion(24, '۲۴'),
  conversion(36, '۳۶'),
  stateShare(
    'IND_ACTIVE_SH',
    'ACTIVE',
    { fa: 'سهم واحدهای فعال', en: 'Share of active units' },
    {
      fa: 'سهم واحدهای صنعتی فعال از واحدهای دارای پروانهٔ بهره‌برداری در آخرین روز دوره.',
      en: 'Share of active units in the licensed industrial units on the last day of the period.',
    },
  ),
  stateShare(
    'IND_SEMI_SH',
    'SEMI',
    { fa: 'سهم واحدهای نیمه‌فعال', en: 'Share of semi-active units' },
    {
      fa: 'سهم واحدهای صنعتی نیمه‌فعال از واحدهای دارای پروانهٔ بهره‌برداری در آخرین روز دوره.',
      en: 'Share of semi-active units in the licensed industrial units on the last day of the period.',
    },
  ),
  stateShare(
    'IND_IDLE_SH',
    'IDLE',
    { fa: 'سهم واحدهای راکد', en: 'Share of idle units' },
    {
      fa: 'سهم واحدهای صنعتی راکد از واحدهای دارای پروانهٔ بهره‌برداری در آخرین روز دوره.',
      en: 'Share of idle units in the licensed industrial units on the last day of the period.',
    },
  ),
  level({
    ...lastDay,
    code: 'IND_UNITS',
    name: { fa: 'واحدهای صنعتی دارای پروانه', en: 'Licensed industrial units' },
    definition: {
      fa: 'واحدهای صنعتی دارای پروانهٔ بهره‌برداری که در آخرین روز دوره تعطیل نشده‌اند.',
      en: 'Industrial units with an operating licence that are not closed on the last day of the period.',
    },
    formula: licensed,
    unit: units.units,
    additivity: { time: false, area: true },
    dimensions,
    sources,
    reference: 'Ministry of Industry, Mine and Trade, operating licences',
  }),
  level({
    ...lastDay,
    code: 'IND_BUILDING',
    name: { fa: 'طرح‌های صنعتی در دست احداث', en: 'Industrial units under construction' },
    definition: {
      fa: 'واحدهای دارای جواز تأسیس که در آخرین روز دوره هنوز پروانهٔ بهره‌برداری ندارند، با هر درصد پیشرفت فیزیکی.',
      en: 'Units with an establishment permit and no operating licence yet on the last day of the period, at any physical progress.',
    },
    formula: inState('P0T19', 'P20T39', 'P40T59', 'P60T79', 'P80T99', 'P100'),
    unit: units.units,
    additivity: { time: false, area: true },
    dimensions,
    sources,
    reference: 'Ministry of Industry, Mine and Trade, establishment permits',
  }),
  share({
    code: 'CAP_UTIL',
    name: { fa: 'نرخ بهره‌برداری از ظرفیت', en: 'Capacity utilisation' },
    definition: {
      fa: 'ارزش ظرفیت به‌کاررفته به درصدِ ارزش ظرفیت محصول‌هایی که تولیدشان گزارش شده است.',
      en: 'Value of the capacity in use, in percent of that of the products whose production was reported.',
    },
    formula: percent(flow(capacity('used_value')), flow(capacity('reporting_value'))),
    dimensions: ['area', 'industry'],
    sources,
    caveats: {
      fa: 'فقط واحدهایی که گزارش داده‌اند؛ پوشش را در CAP_COVER ببینید.',
      en: 'Of the units that reported; see their coverage in CAP_COVER.',
    },
    reference: 'UNIDO, capacity utilisation',
  }),
  share({
    code: 'CAP_COVER',
    name: { fa: 'پوشش گزارش ظرفیت', en: 'Coverage of reported capacity' },
    definition: {
      fa: 'ارزش ظرفیت محصول‌هایی که تولیدشان برای ماه گزارش شده، به درصدِ ارزش همهٔ ظرفیت‌ها.',
      en: 'Value of the capacity of products whose production was reported for the month, in percent of all capacity.',
    },
    formula: percent(flow(capacity('reporting_value')), stock(capacity('all_value'))),
    frequencies: ['M'],
    dimensions: ['area', 'industry'],
    sources,
    reference: 'ESS quality, coverage',
  }),
  share({
    ...lastDay,
    code: 'ESTATE_FILL',
    name: { fa: 'نسبت واگذاری شهرک‌های صنعتی', en: 'Assigned share of estate plots' },
    definition: {
      fa: 'سهم قطعه‌های واگذارشده از همهٔ قطعه‌های شهرک‌ها و ناحیه‌های صنعتی در آخرین روز دوره.',
      en: 'Share of assigned plots in all plots of industrial estates on the last day of the period.',
    },
    formula: percent(stock(estate('plots_assigned')), stock(estate('plots'))),
    dimensions: ['area'],
    sources: contracts.estates,
    reference: 'Iran Small Industries and Industrial Parks Organization',
  }),
];
