import type { Label } from '@karnama/kernel';
import type { Frequency } from './evaluate.js';
import type { Expression } from './expression.js';

export const themes = {
  employment: { fa: 'اشتغال و جابه‌جایی نیروی کار', en: 'Employment and worker flows' },
  wages: { fa: 'دستمزد', en: 'Wages' },
  'job-flows': { fa: 'ایجاد و نابودی شغل', en: 'Job creation and destruction' },
  vacancies: { fa: 'فرصت‌های شغلی', en: 'Vacancies' },
  jobseekers: { fa: 'جویندگان کار', en: 'Jobseekers' },
  training: { fa: 'آموزش و مهارت', en: 'Training and skills' },
  enterprises: { fa: 'جمعیت‌شناسی بنگاه‌ها', en: 'Business demography' },
  industry: { fa: 'صنعت، معدن و شهرک‌ها', en: 'Industry and estates' },
  quality: { fa: 'کیفیت داده', en: 'Data quality' },
} as const satisfies Readonly<Record<string, Label>>;

export type Theme = keyof typeof themes;

/** What an indicator was told by before its present definition. Once a figure was published by it: never edited. */
export type EarlierDefinition = {
  /** Gregorian day, `2027-03-20`: the last one on which it was in force. */
  readonly through: string;
  readonly definition: Label;
  readonly formula: Expression;
};

/**
 * An indicator of the catalogue: a definition, and nothing else. It is worked out from the cells of any
 * knowledge, so that one added today can be asked for as known at a release cut before it existed.
 */
export type Indicator = {
  readonly code: string;
  readonly name: Label;
  readonly definition: Label;
  readonly theme: Theme;
  readonly formula: Expression;
  readonly unit: Label;
  /** Decimals it is published with. */
  readonly decimals: number;
  /** A level can be compared in percent as well; the difference of two shares is told in points only. */
  readonly kind: 'level' | 'share';
  readonly frequencies: readonly Frequency[];
  /**
   * What of a period it speaks of: its last day, all of it, the twelve months up to its end, those who began
   * something in it, or the records that came in.
   */
  readonly referenceTime: 'last-day' | 'period' | 'year-to-date' | 'cohort' | 'receipt';
  /** What it may be grouped and filtered by: dimensions that all dataflows of the formula have. */
  readonly dimensions: readonly string[];
  /** Dimensions that a question has to group or filter by. */
  readonly requiredDimensions?: readonly string[];
  /** Whether figures of several periods, or of several areas, may be added up. */
  readonly additivity: { readonly time: boolean; readonly area: boolean };
  /** Contracts whose records it is made of. */
  readonly sources: readonly string[];
  readonly caveats?: Label;
  readonly reference: string;
  /** Months behind the period that must be known before there is a figure; it is provisional for three more. */
  readonly ripeMonths?: number;
  /** Earlier definitions, oldest first; `definition` and `formula` are the ones in force. */
  readonly versions?: readonly EarlierDefinition[];
};

/** Every frequency. */
export const everyFrequency: readonly Frequency[] = ['M', 'Q', 'A'];

/** Dimensions of the dataflows that several indicators may be asked by all dimensions of. */
export const dimensionsOf = {
  JOBS: ['area', 'industry', 'occupation', 'sex', 'age', 'contract'],
  PERSONS: ['area', 'industry', 'sex', 'age'],
  STABLE_JOBS: ['area', 'industry', 'sex', 'age'],
  JOB_FLOWS: ['area', 'industry', 'size'],
  VACANCIES: ['area', 'industry', 'occupation'],
  JOBSEEKERS: ['area', 'sex', 'age', 'education'],
  TRAINING: ['area', 'sex', 'age', 'skill'],
  GRADUATES: ['area', 'sex', 'skill'],
  ENTERPRISES: ['area', 'industry', 'size', 'form'],
  EMPLOYERS: ['area', 'industry', 'size'],
  REPORTING: ['area', 'industry'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export const units = {
  percent: { fa: 'درصد', en: '%' },
  points: { fa: 'واحد درصد', en: 'percentage points' },
  jobs: { fa: 'شغل', en: 'jobs' },
  persons: { fa: 'نفر', en: 'persons' },
  months: { fa: 'ماه', en: 'months' },
  days: { fa: 'روز', en: 'days' },
  currency: { fa: 'ریال', en: 'rials' },
  posts: { fa: 'فرصت شغلی', en: 'posts' },
  postsPerPerson: { fa: 'فرصت به‌ازای هر جوینده', en: 'posts per jobseeker' },
  placements: { fa: 'به‌کارگماری', en: 'placements' },
  certificates: { fa: 'گواهینامه', en: 'certificates' },
  logPoints: { fa: 'واحد لگاریتمی', en: 'log points' },
  enterprises: { fa: 'بنگاه', en: 'enterprises' },
  units: { fa: 'واحد صنعتی', en: 'units' },
  records: { fa: 'رکورد', en: 'records' },
} as const satisfies Readonly<Record<string, Label>>;

type Described = Pick<
  Indicator,
  'code' | 'name' | 'definition' | 'formula' | 'dimensions' | 'sources' | 'reference'
> &
  Partial<Indicator>;

/** Indicators of a theme; what one does not say is: a share in percent with two decimals, at every frequency. */
export const sharesIn =
  (theme: Theme) =>
  (described: Described): Indicator => ({
    theme,
    unit: units.percent,
    decimals: 2,
    kind: 'share',
    frequencies: everyFrequency,
    referenceTime: 'period',
    additivity: { time: false, area: false },
    ...described,
  });

/** Indicators of a theme; what one does not say is: a whole number of a level, additive over areas. */
export const levelsIn =
  (theme: Theme) =>
  (described: Described & Pick<Indicator, 'unit'>): Indicator => ({
    theme,
    decimals: 0,
    kind: 'level',
    frequencies: everyFrequency,
    referenceTime: 'period',
    additivity: { time: true, area: true },
    ...described,
  });
