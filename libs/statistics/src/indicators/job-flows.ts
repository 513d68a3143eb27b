import { abs, flow, minus, of, opening, percent, plus, stock, times, type Expression } from './expression.js';
import { dimensionsOf, levelsIn, sharesIn, units, type Indicator } from './indicator.js';
import { contracts } from './sources.js';

const level = levelsIn('job-flows');
const share = sharesIn('job-flows');

/** Establishments are compared over the very period that is asked for: month, quarter or year. */
const atFrequency = { freq: 'frequency' } as const;
const flows = (measure: string): Expression => flow(of('JOB_FLOWS')(measure, atFrequency));

const created = plus(flows('created_opening'), flows('created_expansion'));
const destroyed = plus(flows('destroyed_closing'), flows('destroyed_contraction'));
const jobsTwice = stock(of('JOB_FLOWS')('jobs_twice', atFrequency));

const creationRate = percent(times(2, created), jobsTwice);
const destructionRate = percent(times(2, destroyed), jobsTwice);
const reallocationRate = percent(times(2, plus(created, destroyed)), jobsTwice);

const job = of('JOBS');
const movements = plus(flow(job('hires')), flow(job('separations')));

const dimensions = dimensionsOf.JOB_FLOWS;
const sources = contracts.jobFlows;
const notOverTime = { time: false, area: true };

const linked = {
  fa: 'کارگاه‌هایی که جانشین یکدیگرند به هم پیوند داده می‌شوند؛ جمع دوره‌های کوتاه‌تر برابر دورهٔ بلندتر نیست.',
  en: 'Establishments that succeed one another are linked; shorter periods do not add up to a longer one.',
};

export const jobFlows: readonly Indicator[] = [
  level({
    code: 'JC',
    name: { fa: 'اشتغال‌زایی ناخالص', en: 'Job creation' },
    definition: {
      fa: 'مجموع افزایش شغل در کارگاه‌هایی که در دوره بزرگ‌تر یا تازه باز شده‌اند.',
      en: 'Sum of the jobs gained at establishments that grew or opened in the period.',
    },
    formula: created,
    unit: units.jobs,
    additivity: notOverTime,
    dimensions,
    sources,
    caveats: linked,
    reference: 'Davis and Haltiwanger; BLS Business Employment Dynamics',
  }),
  level({
    code: 'JD',
    name: { fa: 'نابودی مشاغل', en: 'Job destruction' },
    definition: {
      fa: 'مجموع کاهش شغل در کارگاه‌هایی که در دوره کوچک‌تر یا بسته شده‌اند.',
      en: 'Sum of the jobs lost at establishments that shrank or closed in the period.',
    },
    formula: destroyed,
    unit: units.jobs,
    additivity: notOverTime,
    dimensions,
    sources,
    caveats: linked,
    reference: 'Davis and Haltiwanger; BLS Business Employment Dynamics',
  }),
  share({
    code: 'JCR',
    name: { fa: 'نرخ اشتغال‌زایی', en: 'Job creation rate' },
    definition: {
      fa: 'شغل‌های ایجادشده به ازای هر صد شغل، بر پایهٔ میانگین شغل‌های آغاز و پایان دوره.',
      en: 'Jobs created per hundred jobs, of the mean of both ends of the period.',
    },
    formula: creationRate,
    dimensions,
    sources,
    caveats: linked,
    reference: 'Davis and Haltiwanger',
  }),
  share({
    code: 'JDR',
    name: { fa: 'نرخ نابودی مشاغل', en: 'Job destruction rate' },
    definition: {
      fa: 'شغل‌های ازدست‌رفته به ازای هر صد شغل، بر پایهٔ میانگین شغل‌های آغاز و پایان دوره.',
      en: 'Jobs destroyed per hundred jobs, of the mean of both ends of the period.',
    },
    formula: destructionRate,
    dimensions,
    sources,
    caveats: linked,
    reference: 'Davis and Haltiwanger',
  }),
  share({
    code: 'JRR',
    name: { fa: 'نرخ بازتخصیص مشاغل', en: 'Job reallocation rate' },
    definition: {
      fa: 'مجموع نرخ اشتغال‌زایی و نرخ نابودی مشاغل.',
      en: 'The job creation rate and the job destruction rate together.',
    },
    formula: reallocationRate,
    dimensions,
    sources,
    caveats: linked,
    reference: 'Davis and Haltiwanger; LEHD QWI',
  }),
  share({
    code: 'EXC_R',
    name: { fa: 'نرخ بازتخصیص مازاد', en: 'Excess reallocation rate' },
    definition: {
      fa: 'بازتخصیص مشاغل بیش از آنچه برای تغییر خالص اشتغال لازم است.',
      en: 'Job reallocation beyond what the net change of employment needs.',
    },
    formula: minus(reallocationRate, abs(minus(creationRate, destructionRate))),
    dimensions,
    sources,
    caveats: linked,
    reference: 'Davis and Haltiwanger',
  }),
  share({
    code: 'CHURN_R',
    name: { fa: 'نرخ جابه‌جایی مازاد', en: 'Churning rate' },
    definition: {
      fa: 'استخدام و جدایی بیش از آنچه ایجاد و نابودی مشاغل در کارگاه‌ها لازم دارد، بر پایهٔ میانگین شغل‌های آغاز و پایان دوره.',
      en: 'Hires and separations beyond what the creation and destruction of jobs at establishments needs, of the mean of both ends of the period.',
    },
    formula: percent(
      times(2, minus(movements, plus(created, destroyed))),
      plus(opening(job('jobs')), stock(job('jobs'))),
    ),
    dimensions: ['area', 'industry'],
    sources: [...new Set([...contracts.employment, ...sources])],
    caveats: linked,
    reference: 'Burgess, Lane and Stevens, churning flows',
  }),
];
