import { flow, ln, minus, of, overAll, percent, ratio, sum, type Measure } from './expression.js';
import { dimensionsOf, levelsIn, sharesIn, units, type Indicator } from './indicator.js';
import { contracts } from './sources.js';

const level = levelsIn('training');
const share = sharesIn('training');

const training = of('TRAINING');
const graduate = of('GRADUATES');

const sources = contracts.training;
const withJobs = [...contracts.training, ...contracts.employment];
const dimensions = dimensionsOf.GRADUATES;

const graduates = flow(graduate('graduates'));
const ofGraduates = (measure: string) => percent(flow(graduate(measure)), graduates);

const unlinked = {
  fa: 'کسانی که در هیچ سابقهٔ شغلی یافت نمی‌شوند در مخرج می‌مانند؛ نرخ پیوند را نیز ببینید (LINK_R).',
  en: 'Persons who are found in no job record stay in the denominator; see the link rate too (LINK_R).',
};

const employedAfter = (months: 6 | 12, fa: string): Indicator =>
  share({
    code: `GRAD_EMP_${months}`,
    name: {
      fa: `نرخ اشتغال دانش‌آموختگان پس از ${fa} ماه`,
      en: `Graduates employed ${months} months later`,
    },
    definition: {
      fa: `سهم دانش‌آموختگان دوره که درست ${fa} ماه پس از روز گواهینامه شغلی برقرار دارند.`,
      en: `Share of the graduates of the period with an active job exactly ${months} months after the day of their certificate.`,
    },
    formula: ofGraduates(`employed_${months}`),
    referenceTime: 'cohort',
    ripeMonths: months,
    dimensions,
    sources: withJobs,
    caveats: unlinked,
    reference: 'Point-in-time graduate outcomes; NCVER VET National Data Asset',
  });

const everWithin = (months: 6 | 12, fa: string): Indicator =>
  share({
    code: `GRAD_EVER_${months}`,
    name: {
      fa: `دانش‌آموختگان دارای شغل در ${fa} ماه نخست`,
      en: `Graduates ever employed within ${months} months`,
    },
    definition: {
      fa: `سهم دانش‌آموختگان دوره که در روز گواهینامه شغل داشته یا ظرف ${fa} ماه پس از آن شغلی آغاز کرده‌اند.`,
      en: `Share of the graduates of the period who had a job on the day of their certificate or started one within ${months} months.`,
    },
    formula: ofGraduates(`ever_${months}`),
    referenceTime: 'cohort',
    ripeMonths: months,
    dimensions,
    sources: withJobs,
    caveats: unlinked,
    reference: 'Graduate outcomes, ever employed',
  });

/** The share of the skill asked for in all skills of the area, over twelve months. */
const shareOfSkill = (measure: Measure) => ratio(sum(12, measure), overAll('skill', sum(12, measure)));

export const trainingIndicators: readonly Indicator[] = [
  level({
    code: 'CERT_ISSUED',
    name: { fa: 'گواهینامه‌های مهارت صادرشده', en: 'Skill certificates issued' },
    definition: {
      fa: 'گواهینامه‌های مهارتی که در دوره صادر و باطل نشده‌اند.',
      en: 'Skill certificates issued in the period and not annulled.',
    },
    formula: flow(training('certificates')),
    unit: units.certificates,
    dimensions: dimensionsOf.TRAINING,
    sources,
    reference: 'Technical and Vocational Training Organization, certificates',
  }),
  level({
    code: 'CERT_PERS',
    name: { fa: 'دارندگان گواهینامهٔ تازه', en: 'Persons certified' },
    definition: {
      fa: 'کسانی که در ماه دست‌کم یک گواهینامه گرفته‌اند، هر نفر یک بار.',
      en: 'Persons who received at least one certificate in the month, each counted once.',
    },
    formula: flow(training('certified')),
    unit: units.persons,
    frequencies: ['M'],
    additivity: { time: false, area: true },
    dimensions: dimensionsOf.TRAINING,
    sources,
    caveats: {
      fa: 'جمع ماه‌ها شمار افراد سال نیست: یک نفر می‌تواند در چند ماه شمرده شود.',
      en: 'Months do not add up to the persons of a year: one may be counted in several.',
    },
    reference: 'Technical and Vocational Training Organization, persons',
  }),
  employedAfter(6, '۶'),
  employedAfter(12, '۱۲'),
  everWithin(6, '۶'),
  everWithin(12, '۱۲'),
  share({
    code: 'GRAD_UPLIFT',
    name: { fa: 'افزایش اشتغال نسبت به پیش از آموزش', en: 'Employment uplift of graduates' },
    definition: {
      fa: 'نرخ اشتغال دانش‌آموختگان ۱۲ ماه پس از گواهینامه منهای نرخ اشتغال همان کسان سه ماه پیش از آغاز دورهٔ آموزشی.',
      en: 'Share employed 12 months after the certificate less the share of the same persons employed three months before they enrolled.',
    },
    formula: minus(ofGraduates('employed_12'), ofGraduates('before')),
    unit: units.points,
    referenceTime: 'cohort',
    ripeMonths: 12,
    dimensions,
    sources: withJobs,
    caveats: {
      fa: 'مقایسهٔ پیش و پس است و به‌تنهایی اثر علّی آموزش را نشان نمی‌دهد.',
      en: 'A comparison of before and after: by itself no proof of an effect of the training.',
    },
    reference: 'NCVER VET National Data Asset, outcome uplift',
  }),
  level({
    code: 'GRAD_TTE_MED',
    name: { fa: 'میانهٔ زمان تا نخستین شغل', en: 'Median time to the first job' },
    definition: {
      fa: 'مدتی پس از گواهینامه که نیمی از دانش‌آموختگان دوره تا پایان آن نخستین شغل خود را آغاز کرده‌اند.',
      en: 'Time after the certificate by the end of which half of the graduates of the period have started their first job.',
    },
    formula: {
      op: 'kaplanMeierMedian',
      cohort: of('GRADUATE_ENTRY')('graduates'),
      event: of('GRADUATE_ENTRY')('first_job'),
      steps: { dimension: 'elapsed', unit: 'month', count: 24 },
    },
    unit: units.months,
    referenceTime: 'cohort',
    additivity: { time: false, area: false },
    ripeMonths: 1,
    dimensions: ['area', 'sex'],
    sources: withJobs,
    caveats: {
      fa: 'تا وقتی نیمی از گروه شغل نیافته باشند تعریف نمی‌شود؛ هرگز میانگینِ فقط موفق‌ها نیست.',
      en: 'Not defined until half of the cohort have a job; never the mean of the successful only.',
    },
    reference: 'Kaplan and Meier, product-limit estimator',
  }),
  share({
    code: 'SKILL_MATCH',
    name: { fa: 'سهم اشتغال مرتبط با مهارت', en: 'Job–certificate match share' },
    definition: {
      fa: 'سهم دانش‌آموختگانی که ۱۲ ماه پس از گواهینامه در شغلی مرتبط با خانوادهٔ مهارت خود کار می‌کنند از دانش‌آموختگان شاغل.',
      en: 'Share of those who 12 months after the certificate work in an occupation of its skill family, in the graduates employed then.',
    },
    formula: percent(flow(graduate('matched_12')), flow(graduate('employed_12'))),
    referenceTime: 'cohort',
    ripeMonths: 12,
    dimensions,
    sources: withJobs,
    caveats: {
      fa: 'آزمایشی است و به جدول پیوند مهارت با گروه‌های شغلی وابسته است.',
      en: 'Experimental: it depends on the table of skill families and occupations.',
    },
    reference: 'ILO, mismatch by field of study',
  }),
  level({
    code: 'SKILL_GAP',
    name: { fa: 'شکاف عرضه و تقاضای مهارت', en: 'Skill demand–supply gap' },
    definition: {
      fa: 'لگاریتم سهم مهارت از فرصت‌های شغلی دوازده ماه منهای لگاریتم سهم آن از گواهینامه‌های دوازده ماه؛ مثبت یعنی کمبود مهارت.',
      en: 'Logarithm of the share of the skill in the posts of twelve months less that of its share in the certificates of twelve months; above 0 the skill is short.',
    },
    formula: minus(ln(shareOfSkill(of('SKILL_DEMAND')('posts'))), ln(shareOfSkill(training('certificates')))),
    unit: units.logPoints,
    decimals: 3,
    kind: 'share',
    referenceTime: 'year-to-date',
    additivity: { time: false, area: false },
    dimensions: ['area', 'skill'],
    requiredDimensions: ['skill'],
    sources: [...contracts.vacancies, ...sources],
    caveats: {
      fa: 'آزمایشی است؛ فرصت‌های ثبت‌شده همهٔ تقاضا و گواهینامه‌ها همهٔ عرضه نیستند.',
      en: 'Experimental: registered posts are not all demand, nor certificates all supply.',
    },
    reference: 'Shares of demand and supply compared; Cedefop Skills OVATE on advertised posts',
  }),
  share({
    code: 'PROG_COMPL_R',
    name: { fa: 'نرخ اتمام دوره', en: 'Programme completion rate' },
    definition: {
      fa: 'سهم ثبت‌نام‌هایی که موعد پایانشان در دوره بوده و به پایان رسیده‌اند.',
      en: 'Share of the enrolments due to end in the period that were completed.',
    },
    formula: percent(flow(training('completed')), flow(training('due'))),
    referenceTime: 'cohort',
    ripeMonths: 3,
    dimensions: dimensionsOf.TRAINING,
    sources,
    reference: 'Completion rates of vocational programmes',
  }),
  share({
    code: 'LINK_R',
    name: { fa: 'نرخ پیوند دانش‌آموختگان', en: 'Link rate of graduates' },
    definition: {
      fa: 'سهم دانش‌آموختگان دوره که دست‌کم یک سابقهٔ شغلی برایشان یافت می‌شود.',
      en: 'Share of the graduates of the period of whom there is at least one job record.',
    },
    formula: ofGraduates('linked'),
    referenceTime: 'cohort',
    dimensions,
    sources: withJobs,
    reference: 'ESS quality, record linkage',
  }),
];
