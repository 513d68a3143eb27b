import type { MeasureSpec } from '@karnama/cells';

const unit = { fa: 'نفر', en: 'persons' };

/** All count persons of the cohort; none is a part of the month in which it came true. */
export const graduateMeasures: readonly MeasureSpec[] = [
  {
    code: 'graduates',
    name: { fa: 'مهارت‌آموختگان', en: 'Graduates' },
    unit,
    definition: {
      fa: 'کسانی که در ماه گواهینامه گرفته‌اند، با نخستین گواهینامهٔ آن ماه.',
      en: 'Persons certified in the month, with the first certificate of that month.',
    },
  },
  {
    code: 'employed_6',
    name: { fa: 'شاغل پس از شش ماه', en: 'Employed after six months' },
    unit,
    definition: {
      fa: 'آن‌هایی که درست شش ماه پس از گواهینامه شغلی دارند.',
      en: 'Those with a job on the day six months after the certificate.',
    },
  },
  {
    code: 'employed_12',
    name: { fa: 'شاغل پس از دوازده ماه', en: 'Employed after twelve months' },
    unit,
    definition: {
      fa: 'آن‌هایی که درست دوازده ماه پس از گواهینامه شغلی دارند.',
      en: 'Those with a job on the day twelve months after the certificate.',
    },
  },
  {
    code: 'ever_6',
    name: { fa: 'دارای شغل تا شش ماه', en: 'Ever employed within six months' },
    unit,
    definition: {
      fa: 'آن‌هایی که روز گواهینامه شغلی دارند یا شغلشان کمتر از شش ماه پس از آن آغاز می‌شود.',
      en: 'Those with a job on the day of the certificate or one that began less than six months later.',
    },
  },
  {
    code: 'ever_12',
    name: { fa: 'دارای شغل تا دوازده ماه', en: 'Ever employed within twelve months' },
    unit,
    definition: {
      fa: 'آن‌هایی که روز گواهینامه شغلی دارند یا شغلشان کمتر از دوازده ماه پس از آن آغاز می‌شود.',
      en: 'Those with a job on the day of the certificate or one that began less than twelve months later.',
    },
  },
  {
    code: 'before',
    name: { fa: 'شاغل پیش از آموزش', en: 'Employed before the training' },
    unit,
    definition: {
      fa: 'آن‌هایی که سه ماه پیش از ثبت‌نام دوره، یا بدون دوره سه ماه پیش از گواهینامه، شغلی دارند.',
      en: 'Those with a job three months before the enrolment, or before the certificate where none is known.',
    },
  },
  {
    code: 'matched_12',
    name: { fa: 'شاغل مرتبط پس از دوازده ماه', en: 'In a matching job after twelve months' },
    unit,
    definition: {
      fa: 'از شاغلان پس از دوازده ماه، آن‌هایی که شغلی از مشاغل خانوادهٔ مهارت خود دارند.',
      en: 'Of those employed after twelve months, those with a job among the occupations of the skill family.',
    },
  },
  {
    code: 'linked',
    name: { fa: 'پیوندیافته', en: 'Linked' },
    unit,
    definition: {
      fa: 'آن‌هایی که هر رکورد اشتغالی از آن‌ها در دست است.',
      en: 'Those about whom any record of employment is in force.',
    },
  },
];
