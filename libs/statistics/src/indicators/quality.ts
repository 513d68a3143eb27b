import { flow, minus, of, percent, stock, type Expression } from './expression.js';
import { dimensionsOf, levelsIn, sharesIn, units, type Indicator } from './indicator.js';
import { contracts, everyContract } from './sources.js';

const level = levelsIn('quality');
const share = sharesIn('quality');

const delivered = of('DELIVERY');
const received = of('INTAKE');
const job = of('JOBS');

const receipt = { referenceTime: 'receipt' } as const;
const byAgency = ['agency', 'contract'];
const quarantined = flow(received('records', { outcome: { except: ['ACCEPTED'] } }));

const lagAt = (code: string, percent: number, fa: string, en: string): Indicator =>
  level({
    ...receipt,
    code,
    name: { fa: `تأخیر گزارش‌دهی (${fa})`, en: `Reporting lag, ${en}` },
    definition: {
      fa: `فاصلهٔ روز رخداد تا روز گزارش آن که ${fa} رکوردهای گزارش‌شده در دوره کمتر از آن دارند.`,
      en: `Time between a fact and its report: the ${en} of the records reported in the period.`,
    },
    formula: { op: 'percentile', percent, of: delivered('records'), kind: 'flow', bands: 'lag' },
    unit: units.days,
    additivity: { time: false, area: false },
    dimensions: byAgency,
    sources: everyContract,
    caveats: {
      fa: 'از دسته‌های تأخیر و با درون‌یابی خطی به دست می‌آید؛ در دستهٔ باز، حد پایین آن.',
      en: 'Read from lag bands by linear interpolation; in the open band its lower edge.',
    },
    reference: 'ESS quality indicators, timeliness',
  });

const unknownShare = (
  code: string,
  dimension: 'industry' | 'occupation',
  name: Indicator['name'],
  definition: Indicator['definition'],
): Indicator =>
  share({
    code,
    name,
    definition,
    formula: percent(stock(job('jobs', { [dimension]: ['_U'] })), stock(job('jobs'))),
    referenceTime: 'last-day',
    dimensions: ['area'],
    sources: contracts.employment,
    reference: 'ESS quality indicators, item non-response',
  });

const accepted: Expression = flow(received('records', { outcome: ['ACCEPTED'] }));

export const quality: readonly Indicator[] = [
  share({
    code: 'DQ_COMP',
    name: { fa: 'کامل بودن گزارش کارگاه‌ها', en: 'Completeness of wage lists' },
    definition: {
      fa: 'سهم کارگاه‌هایی که فهرست دستمزد ماه را فرستاده‌اند از کارگاه‌هایی که در پایان ماه پیش شغل داشتند.',
      en: 'Share of the establishments whose wage list of the month came in, in those that had jobs at the end of the month before.',
    },
    formula: percent(flow(of('REPORTING')('reporting')), stock(of('REPORTING')('expected'))),
    frequencies: ['M'],
    dimensions: dimensionsOf.REPORTING,
    sources: contracts.wages,
    reference: 'ESS quality indicators, unit response',
  }),
  lagAt('DQ_LAG50', 50, 'میانه', 'median'),
  lagAt('DQ_LAG95', 95, 'صدک ۹۵', '95th percentile'),
  share({
    ...receipt,
    code: 'DQ_CORR_SH',
    name: { fa: 'سهم اصلاح و پس‌گرفتن', en: 'Share of corrections and withdrawals' },
    definition: {
      fa: 'سهم نسخه‌های اصلاحی و پس‌گرفتن‌ها از رکوردهای گزارش‌شده در دوره.',
      en: 'Share of later versions and withdrawals in the records reported in the period.',
    },
    formula: percent(
      flow(delivered('records', { kind: ['CORRECTION', 'WITHDRAWAL'] })),
      flow(delivered('records')),
    ),
    dimensions: byAgency,
    sources: everyContract,
    reference: 'ESS quality indicators, revisions at source',
  }),
  unknownShare(
    'DQ_UNK_IND',
    'industry',
    { fa: 'سهم فعالیت نامعلوم', en: 'Share of unknown industry' },
    {
      fa: 'سهم شغل‌هایی که بخش فعالیتشان معلوم نیست در آخرین روز دوره.',
      en: 'Share of jobs whose industry section is not known on the last day of the period.',
    },
  ),
  unknownShare(
    'DQ_UNK_OCC',
    'occupation',
    { fa: 'سهم شغل نامعلوم', en: 'Share of unknown occupation' },
    {
      fa: 'سهم شغل‌هایی که گروه شغلی‌شان معلوم نیست در آخرین روز دوره.',
      en: 'Share of jobs whose occupation group is not known on the last day of the period.',
    },
  ),
  level({
    ...receipt,
    code: 'DQ_BAL',
    name: { fa: 'تراز دریافت', en: 'Intake balance' },
    definition: {
      fa: 'رکوردهای دریافت‌شده منهای پذیرفته‌شده و قرنطینه‌شده، به ماه دریافت؛ باید صفر باشد.',
      en: 'Records received less those accepted and those quarantined, by month of receipt; it has to be 0.',
    },
    formula: minus(minus(flow(received('records')), accepted), quarantined),
    unit: units.records,
    frequencies: ['M'],
    dimensions: byAgency,
    sources: everyContract,
    caveats: {
      fa: 'تراز با خودِ کانال در وضعیت سامانه دیده می‌شود.',
      en: 'The balance against the channel itself is in the status.',
    },
    reference: 'Balance of what was received',
  }),
  share({
    ...receipt,
    code: 'DQ_REJ',
    name: { fa: 'نرخ رد رکورد', en: 'Rejection rate' },
    definition: {
      fa: 'سهم رکوردهای قرنطینه‌شده از رکوردهای دریافت‌شده، به ماه دریافت.',
      en: 'Share of quarantined records in those received, by month of receipt.',
    },
    formula: percent(quarantined, flow(received('records'))),
    frequencies: ['M'],
    dimensions: byAgency,
    sources: everyContract,
    caveats: {
      fa: 'ماه دریافت به سامانه است، نه ماه رخداد یا گزارش.',
      en: 'By the month in which it came in, not that of the fact or of its report.',
    },
    reference: 'ESS quality indicators, records rejected',
  }),
];
