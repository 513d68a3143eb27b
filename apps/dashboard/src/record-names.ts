import type { Label } from './api.js';

const label = (fa: string, en: string): Label => ({ fa, en });

/** Kinds of records by the name of their contract, for readers who do not know contracts. */
const kinds: Readonly<Record<string, Label>> = {
  movements: label('جابه‌جایی‌های اعلام‌شده', 'Declared movements'),
  'movement-retractions': label('پس‌گرفتن جابه‌جایی', 'Retracted movements'),
  'movement-totals': label('جمع جابه‌جایی‌ها', 'Totals of movements'),
  'employment-starts': label('آغاز اشتغال', 'Starts of employment'),
  'employment-changes': label('تغییر اشتغال', 'Changes of employment'),
  'employment-ends': label('پایان اشتغال', 'Ends of employment'),
  'employment-withdrawals': label('پس‌گرفتن رکورد اشتغال', 'Withdrawn employment records'),
  'wage-reports': label('گزارش دستمزد', 'Wage reports'),
  'wage-lists': label('فهرست دستمزد کارگاه', 'Wage lists'),
  workshops: label('کارگاه‌ها', 'Workshops'),
  'workshop-changes': label('تغییر کارگاه', 'Changes of workshops'),
  'workshop-successions': label('جانشینی کارگاه', 'Successions of workshops'),
  'workshop-withdrawals': label('پس‌گرفتن رکورد کارگاه', 'Withdrawn workshop records'),
  'jobseeker-registrations': label('ثبت‌نام جویندگان کار', 'Jobseeker registrations'),
  'jobseeker-deregistrations': label('پایان ثبت‌نام جویندگان', 'Jobseeker deregistrations'),
  'jobseeker-withdrawals': label('پس‌گرفتن رکورد جویندگان', 'Withdrawn jobseeker records'),
  vacancies: label('فرصت‌های شغلی', 'Vacancies'),
  'vacancy-fills': label('پر شدن فرصت شغلی', 'Filled vacancies'),
  'vacancy-closures': label('بستن فرصت شغلی', 'Closed vacancies'),
  'vacancy-withdrawals': label('پس‌گرفتن رکورد فرصت شغلی', 'Withdrawn vacancy records'),
  placements: label('به‌کارگماری', 'Placements'),
  'training-enrolments': label('ثبت‌نام آموزشی', 'Training enrolments'),
  'training-completions': label('پایان دورهٔ آموزشی', 'Training completions'),
  certificates: label('گواهینامه‌ها', 'Certificates'),
  'certificate-annulments': label('ابطال گواهینامه', 'Annulled certificates'),
  'training-withdrawals': label('پس‌گرفتن رکورد آموزشی', 'Withdrawn training records'),
  enterprises: label('بنگاه‌ها', 'Enterprises'),
  'enterprise-activity': label('فعالیت بنگاه', 'Activity of enterprises'),
  'enterprise-cessations': label('توقف بنگاه', 'Cessations of enterprises'),
  'enterprise-successions': label('جانشینی بنگاه', 'Successions of enterprises'),
  'enterprise-withdrawals': label('پس‌گرفتن رکورد بنگاه', 'Withdrawn enterprise records'),
  permits: label('جواز تأسیس', 'Establishment permits'),
  'permit-annulments': label('ابطال جواز تأسیس', 'Annulled permits'),
  'operating-licences': label('پروانهٔ بهره‌برداری', 'Operating licences'),
  'progress-reports': label('گزارش پیشرفت', 'Progress reports'),
  capacities: label('ظرفیت', 'Capacities'),
  'production-reports': label('گزارش تولید', 'Production reports'),
  'operating-states': label('وضعیت بهره‌برداری', 'Operating states'),
  'unit-closures': label('تعطیلی واحد', 'Closures of units'),
  'unit-withdrawals': label('پس‌گرفتن رکورد واحد', 'Withdrawn unit records'),
  estates: label('شهرک‌های صنعتی', 'Industrial estates'),
};

const agencies: Readonly<Record<string, Label>> = {
  'labour-ministry': label('وزارت کار', 'Labour ministry'),
  'social-insurance': label('تأمین اجتماعی', 'Social insurance'),
  'civil-service': label('امور استخدامی', 'Civil service'),
  'employment-services': label('خدمات اشتغال', 'Employment services'),
  'vocational-training': label('فنی و حرفه‌ای', 'Vocational training'),
  'business-registry': label('ثبت کسب‌وکار', 'Business registry'),
  'small-industries': label('صنایع کوچک و شهرک‌ها', 'Small industries'),
};

/** Name of a kind of records; the contract's own code when it has none. */
export const recordKind = (contract: string): Label => kinds[contract] ?? { fa: contract, en: contract };

/** Name of an agency that delivers; its own code when it has none: agencies are configuration. */
export const agencyName = (agency: string): Label => agencies[agency] ?? { fa: agency, en: agency };
