import type { MeasureSpec } from '@karnama/cells';

const persons = { fa: 'نفر', en: 'persons' };

/** The measures of jobseekers; in each cell Δjobseekers = inflow − outflow + reclass_in − reclass_out. */
export const jobseekerMeasures: readonly MeasureSpec[] = [
  {
    code: 'jobseekers',
    name: { fa: 'جویندگان کار', en: 'Jobseekers' },
    unit: persons,
    kind: 'stock',
    definition: {
      fa: 'کسانی که در روز پایانی ماه ثبت‌نام فعال دارند و شغلی ندارند.',
      en: 'Persons registered and without a job on the last day of the month.',
    },
  },
  {
    code: 'inflow',
    name: { fa: 'ورودی', en: 'Inflow' },
    unit: persons,
    definition: {
      fa: 'آغاز دوره‌های جست‌وجوی کار در ماه.',
      en: 'Spells of search that began in the month.',
    },
  },
  {
    code: 'outflow',
    name: { fa: 'خروجی', en: 'Outflow' },
    unit: persons,
    definition: {
      fa: 'پایان دوره‌های جست‌وجوی کار در ماه.',
      en: 'Spells of search that ended in the month.',
    },
  },
  {
    code: 'out_job',
    name: { fa: 'خروج به شغل', en: 'Outflow to a job' },
    unit: persons,
    definition: {
      fa: 'خروجی کسانی که شغلی دارند، یا ثبت‌نامشان به سبب شغل پایان یافته و شغلی تا سی روز پس از آن آغاز شده است.',
      en: 'Outflow of those who have a job, or whose registration ended for a job that began within thirty days.',
    },
  },
  {
    code: 'out_training',
    name: { fa: 'خروج به آموزش', en: 'Outflow to training' },
    unit: persons,
    definition: {
      fa: 'خروجی کسانی که ثبت‌نامشان به سبب آموزش پایان یافته است.',
      en: 'Outflow of those whose registration ended for training.',
    },
  },
  {
    code: 'out_lapsed',
    name: { fa: 'خروج با انقضای ثبت‌نام', en: 'Outflow by lapse' },
    unit: persons,
    definition: {
      fa: 'خروجی کسانی که ثبت‌نامشان منقضی شده است.',
      en: 'Outflow of those whose registration lapsed.',
    },
  },
  {
    code: 'out_other',
    name: { fa: 'خروج به سبب‌های دیگر', en: 'Other outflow' },
    unit: persons,
    definition: {
      fa: 'هر خروجی دیگر، از جمله با سبب نامشخص یا شغلی که در ثبت‌ها دیده نشده است.',
      en: 'All other outflow, also for an unknown reason or for a job that the registers do not show.',
    },
  },
  {
    code: 'reclass_in',
    name: { fa: 'تغییر طبقه به درون', en: 'Reclassified in' },
    unit: persons,
    definition: {
      fa: 'جویندگانی که در میانهٔ جست‌وجو به این طبقه آمده‌اند.',
      en: 'Jobseekers who came to count here while searching.',
    },
  },
  {
    code: 'reclass_out',
    name: { fa: 'تغییر طبقه به بیرون', en: 'Reclassified out' },
    unit: persons,
    definition: {
      fa: 'جویندگانی که در میانهٔ جست‌وجو از این طبقه رفته‌اند.',
      en: 'Jobseekers who ceased to count here while searching.',
    },
  },
  {
    code: 'placed_6',
    name: { fa: 'شاغل‌شده تا شش ماه', en: 'In a job within six months' },
    unit: persons,
    definition: {
      fa: 'از ورودی ماه، کسانی که شغلشان کمتر از شش ماه پس از ورود آغاز شده است.',
      en: 'Of the inflow of the month, those with a job that began less than six months later.',
    },
  },
  {
    code: 'placed_12',
    name: { fa: 'شاغل‌شده تا دوازده ماه', en: 'In a job within twelve months' },
    unit: persons,
    definition: {
      fa: 'از ورودی ماه، کسانی که شغلشان کمتر از دوازده ماه پس از ورود آغاز شده است.',
      en: 'Of the inflow of the month, those with a job that began less than twelve months later.',
    },
  },
];
