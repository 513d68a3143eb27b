import { flow, minus, of, percent, ratio, times, type Condition } from './expression.js';
import { levelsIn, sharesIn, units, type Indicator } from './indicator.js';
import { contracts } from './sources.js';

const wages = of('WAGES');

/** Mean wage in minor units. */
const meanOf = (where?: Readonly<Record<string, Condition>>) =>
  ratio(flow(wages('wage_sum', where)), flow(wages('wage_earners', where)));

const level = levelsIn('wages');

const bands = {
  fa: 'از دسته‌های دستمزد و با درون‌یابی خطی به دست می‌آید؛ اگر در دستهٔ باز بالا بیفتد، حد پایین آن دسته گزارش می‌شود.',
  en: 'Read from wage bands by linear interpolation; in the open upper band its lower edge is told.',
};

const asReported = {
  fa: 'دستمزد مشمول بیمه، همان‌گونه که کارفرما گزارش کرده است؛ با ساعت کار تعدیل نشده است.',
  en: 'Insured wages as the employers reported them; not adjusted for hours.',
};

const percentile = (
  code: string,
  percent: number,
  name: Indicator['name'],
  definition: Indicator['definition'],
): Indicator =>
  level({
    code,
    name,
    definition,
    formula: { op: 'percentile', percent, of: wages('wage_earners'), kind: 'flow', bands: 'wage' },
    unit: units.currency,
    additivity: { time: false, area: false },
    dimensions: ['area', 'industry', 'sex'],
    sources: contracts.wages,
    caveats: bands,
    reference: 'ILO, statistics of wages',
  });

export const wageIndicators: readonly Indicator[] = [
  level({
    code: 'WAGE_MEAN',
    name: { fa: 'میانگین دستمزد ماهانه', en: 'Mean monthly wage' },
    definition: {
      fa: 'جمع دستمزدهای گزارش‌شدهٔ دوره بخش بر شمار دستمزدها (هر شغل در هر ماه یک بار).',
      en: 'Sum of the wages reported for the period over their number (each job once a month).',
    },
    formula: ratio(flow(wages('wage_sum')), times(100, flow(wages('wage_earners')))),
    unit: units.currency,
    additivity: { time: false, area: false },
    dimensions: ['area', 'industry', 'sex'],
    sources: contracts.wages,
    caveats: asReported,
    reference: 'ILO, statistics of wages',
  }),
  percentile(
    'WAGE_MED',
    50,
    { fa: 'میانهٔ دستمزد ماهانه', en: 'Median monthly wage' },
    {
      fa: 'دستمزدی که نیمی از دستمزدهای گزارش‌شدهٔ دوره کمتر از آن است.',
      en: 'The wage below which half of the wages reported for the period lie.',
    },
  ),
  percentile(
    'WAGE_P10',
    10,
    { fa: 'دهک نخست دستمزد ماهانه', en: 'First decile of the monthly wage' },
    {
      fa: 'دستمزدی که یک‌دهم دستمزدهای گزارش‌شدهٔ دوره کمتر از آن است.',
      en: 'The wage below which a tenth of the wages reported for the period lie.',
    },
  ),
  percentile(
    'WAGE_P90',
    90,
    { fa: 'دهک نهم دستمزد ماهانه', en: 'Ninth decile of the monthly wage' },
    {
      fa: 'دستمزدی که نه‌دهم دستمزدهای گزارش‌شدهٔ دوره کمتر از آن است.',
      en: 'The wage below which nine tenths of the wages reported for the period lie.',
    },
  ),
  sharesIn('wages')({
    code: 'WAGE_GAP',
    name: { fa: 'شکاف جنسیتی دستمزد', en: 'Gender wage gap' },
    definition: {
      fa: 'میانگین دستمزد مردان منهای میانگین دستمزد زنان، به درصدِ میانگین دستمزد مردان.',
      en: 'Mean wage of men less that of women, in percent of that of men.',
    },
    formula: percent(minus(meanOf({ sex: ['M'] }), meanOf({ sex: ['F'] })), meanOf({ sex: ['M'] })),
    dimensions: ['area', 'industry'],
    sources: contracts.wages,
    caveats: {
      fa: 'شکاف خام است: با ساعت کار، شغل و سابقه تعدیل نشده است.',
      en: 'The raw gap: not adjusted for hours, occupation or tenure.',
    },
    reference: 'ILO, gender wage gap (unadjusted); SDG 8.5.1',
  }),
];
