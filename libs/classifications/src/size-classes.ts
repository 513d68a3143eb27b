import type { Code } from './code.js';

/** Size classes by number of jobs, after the classes of structural business statistics, with one for none. */
export const sizeClasses: readonly Code[] = [
  { code: 'S0', name: { fa: 'بدون شغل', en: 'No jobs', pt: 'Sem empregos' } },
  { code: 'S1T9', name: { fa: '۱ تا ۹ شغل', en: '1 to 9 jobs', pt: '1 a 9 empregos' } },
  { code: 'S10T49', name: { fa: '۱۰ تا ۴۹ شغل', en: '10 to 49 jobs', pt: '10 a 49 empregos' } },
  { code: 'S50T249', name: { fa: '۵۰ تا ۲۴۹ شغل', en: '50 to 249 jobs', pt: '50 a 249 empregos' } },
  {
    code: 'S_GE250',
    name: { fa: '۲۵۰ شغل و بیشتر', en: '250 jobs and over', pt: '250 empregos ou mais' },
  },
];

/** The size class of a whole number of jobs, 0 or more. */
export const sizeClassOf = (jobs: number): string => {
  if (jobs >= 250) return 'S_GE250';
  if (jobs >= 50) return 'S50T249';
  if (jobs >= 10) return 'S10T49';
  return jobs >= 1 ? 'S1T9' : 'S0';
};
