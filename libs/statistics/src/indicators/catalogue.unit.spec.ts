import { describe, expect, it } from '@jest/globals';
import { keptDataflow } from '../catalogue.js';
import { codeListOf } from '../code-lists.js';
import { indicatorIn, indicators } from './catalogue.js';
import { codesOf } from './plan.js';
import { inside, reachOf, usesIn, wholesIn, type Expression } from './expression.js';
import { themes } from './indicator.js';
import { formulaInWords } from './words.js';

/** Code; unit, decimals, frequencies, ripe months, kind, reference time, additivity; dimensions; formula. */
const table: readonly (readonly [code: string, form: string, dimensions: string, formula: string])[] = [
  [
    'EMP_JOBS',
    'jobs 0 MQA - level last-day - area',
    'area industry occupation sex age contract',
    'Jobs at the end of the period',
  ],
  [
    'EMP_PERS',
    'persons 0 MQA - level last-day - area',
    'area industry sex age',
    'Persons in work at the end of the period',
  ],
  [
    'MJH_R',
    '% 2 MQA - share last-day - -',
    'area industry sex age',
    '100 × Multiple job holders at the end of the period ÷ Persons in work at the end of the period',
  ],
  [
    'EMP_STABLE',
    'jobs 0 Q 1 level period - area',
    'area industry sex age',
    'Stable jobs at the end of the period',
  ],
  ['HIRES', 'jobs 0 MQA - level period time area', 'area industry occupation sex age contract', 'Hires'],
  [
    'HIRE_R',
    '% 2 MQA - share period - -',
    'area industry occupation sex age contract',
    '100 × 2 × Hires ÷ (Jobs at the beginning of the period + Jobs at the end of the period)',
  ],
  [
    'HIRE_RJ',
    '% 2 MQA - share period - -',
    'area industry occupation sex age contract',
    '100 × Hires ÷ Jobs at the end of the period',
  ],
  ['SEPS', 'jobs 0 MQA - level period time area', 'area industry occupation sex age contract', 'Separations'],
  [
    'SEP_R',
    '% 2 MQA - share period - -',
    'area industry occupation sex age contract',
    '100 × 2 × Separations ÷ (Jobs at the beginning of the period + Jobs at the end of the period)',
  ],
  [
    'SEP_RJ',
    '% 2 MQA - share period - -',
    'area industry occupation sex age contract',
    '100 × Separations ÷ Jobs at the end of the period',
  ],
  [
    'QUIT_R',
    '% 2 MQA - share period - -',
    'area industry occupation sex age contract',
    '100 × Quits ÷ Jobs at the end of the period',
  ],
  [
    'LAYOFF_R',
    '% 2 MQA - share period - -',
    'area industry occupation sex age contract',
    '100 × Layoffs and discharges ÷ Jobs at the end of the period',
  ],
  [
    'RECALL_SH',
    '% 2 MQA - share period - -',
    'area industry occupation sex age contract',
    '100 × Recalls ÷ Hires',
  ],
  [
    'NET_CHG',
    'jobs 0 MQA - level period time area',
    'area industry occupation sex age contract',
    'Jobs at the end of the period − Jobs at the beginning of the period',
  ],
  [
    'NET_ECON',
    'jobs 0 MQA - level period time area',
    'area industry occupation sex age contract',
    'Hires − Separations',
  ],
  [
    'TURN_R',
    '% 2 MQA - share period - -',
    'area industry occupation sex age contract',
    '100 × (Hires + Separations) ÷ (Jobs at the beginning of the period + Jobs at the end of the period)',
  ],
  [
    'TENURE_SEP_MED',
    'months 1 MQA - level period - -',
    'area sex',
    'median of Separations by Time in the job',
  ],
  ['TENURE_MED', 'months 1 MQA - level last-day - -', 'area sex', 'median of Jobs by Time in the job'],
  [
    'WAGE_MEAN',
    'rials 0 MQA - level period - -',
    'area industry sex',
    'Sum of wages ÷ (100 × Wages reported)',
  ],
  [
    'WAGE_MED',
    'rials 0 MQA - level period - -',
    'area industry sex',
    'median of Wages reported by Wage band',
  ],
  [
    'WAGE_P10',
    'rials 0 MQA - level period - -',
    'area industry sex',
    'percentile 10 of Wages reported by Wage band',
  ],
  [
    'WAGE_P90',
    'rials 0 MQA - level period - -',
    'area industry sex',
    'percentile 90 of Wages reported by Wage band',
  ],
  [
    'WAGE_GAP',
    '% 2 MQA - share period - -',
    'area industry',
    '100 × (Sum of wages [Sex: Male] ÷ Wages reported [Sex: Male] − Sum of wages [Sex: Female] ÷ Wages reported [Sex: Female]) ÷ (Sum of wages [Sex: Male] ÷ Wages reported [Sex: Male])',
  ],
  [
    'JC',
    'jobs 0 MQA - level period - area',
    'area industry size',
    'Jobs created by openings [Frequency: as long as the period] + Jobs created by expansions [Frequency: as long as the period]',
  ],
  [
    'JD',
    'jobs 0 MQA - level period - area',
    'area industry size',
    'Jobs destroyed by closings [Frequency: as long as the period] + Jobs destroyed by contractions [Frequency: as long as the period]',
  ],
  [
    'JCR',
    '% 2 MQA - share period - -',
    'area industry size',
    '100 × 2 × (Jobs created by openings [Frequency: as long as the period] + Jobs created by expansions [Frequency: as long as the period]) ÷ Twice the mean of jobs [Frequency: as long as the period] at the end of the period',
  ],
  [
    'JDR',
    '% 2 MQA - share period - -',
    'area industry size',
    '100 × 2 × (Jobs destroyed by closings [Frequency: as long as the period] + Jobs destroyed by contractions [Frequency: as long as the period]) ÷ Twice the mean of jobs [Frequency: as long as the period] at the end of the period',
  ],
  [
    'JRR',
    '% 2 MQA - share period - -',
    'area industry size',
    '100 × 2 × (Jobs created by openings [Frequency: as long as the period] + Jobs created by expansions [Frequency: as long as the period] + Jobs destroyed by closings [Frequency: as long as the period] + Jobs destroyed by contractions [Frequency: as long as the period]) ÷ Twice the mean of jobs [Frequency: as long as the period] at the end of the period',
  ],
  [
    'EXC_R',
    '% 2 MQA - share period - -',
    'area industry size',
    '100 × 2 × (Jobs created by openings [Frequency: as long as the period] + Jobs created by expansions [Frequency: as long as the period] + Jobs destroyed by closings [Frequency: as long as the period] + Jobs destroyed by contractions [Frequency: as long as the period]) ÷ Twice the mean of jobs [Frequency: as long as the period] at the end of the period − absolute value of (100 × 2 × (Jobs created by openings [Frequency: as long as the period] + Jobs created by expansions [Frequency: as long as the period]) ÷ Twice the mean of jobs [Frequency: as long as the period] at the end of the period − 100 × 2 × (Jobs destroyed by closings [Frequency: as long as the period] + Jobs destroyed by contractions [Frequency: as long as the period]) ÷ Twice the mean of jobs [Frequency: as long as the period] at the end of the period)',
  ],
  [
    'CHURN_R',
    '% 2 MQA - share period - -',
    'area industry',
    '100 × 2 × (Hires + Separations − (Jobs created by openings [Frequency: as long as the period] + Jobs created by expansions [Frequency: as long as the period] + Jobs destroyed by closings [Frequency: as long as the period] + Jobs destroyed by contractions [Frequency: as long as the period])) ÷ (Jobs at the beginning of the period + Jobs at the end of the period)',
  ],
  [
    'VAC_STOCK',
    'posts 0 MQA - level last-day - area',
    'area industry occupation',
    'Open posts at the end of the period',
  ],
  [
    'JVR',
    '% 2 MQA - share last-day - -',
    'area industry',
    '100 × Open posts at the end of the period ÷ (Open posts at the end of the period + Jobs at the end of the period)',
  ],
  ['VAC_NEW', 'posts 0 MQA - level period time area', 'area industry occupation', 'Posts opened'],
  [
    'VAC_FILL_R',
    '% 2 MQA - share period - -',
    'area industry occupation',
    '100 × Posts filled ÷ (Open posts at the beginning of the period + Posts opened)',
  ],
  [
    'VAC_DUR_MED',
    'days 0 MQA 1 level cohort - -',
    'area',
    'Kaplan–Meier median of the time from “Posts of the cohort” to “Filled” (“Closed” censored)',
  ],
  [
    'BEV_V',
    '% 2 MQA - share last-day - -',
    'area',
    '100 × Open posts at the end of the period ÷ (Open posts at the end of the period + Jobs at the end of the period)',
  ],
  [
    'JSK_STOCK',
    'persons 0 MQA - level last-day - area',
    'area sex age education',
    'Jobseekers at the end of the period',
  ],
  ['JSK_IN', 'persons 0 MQA - level period time area', 'area sex age education', 'Inflow'],
  ['JSK_OUT', 'persons 0 MQA - level period time area', 'area sex age education', 'Outflow'],
  [
    'JSK_RATIO',
    '% 2 MQA - share last-day - -',
    'area sex age',
    '100 × Jobseekers at the end of the period ÷ (Jobseekers at the end of the period + Persons in work at the end of the period)',
  ],
  [
    'JSK_DUR_MED',
    'months 1 MQA - level last-day - -',
    'area sex',
    'median of Jobseekers by Duration of search',
  ],
  [
    'JSK_FIND_MED',
    'months 0 MQA 1 level cohort - -',
    'area sex',
    'Kaplan–Meier median of the time from “Entered” to “Found a job” (“Ended otherwise” censored)',
  ],
  [
    'LT_SHARE',
    '% 2 MQA - share last-day - -',
    'area sex',
    '100 × Jobseekers [Duration of search: 12 to 23 months or 24 months and over] at the end of the period ÷ Jobseekers at the end of the period',
  ],
  [
    'TIGHT',
    'posts per jobseeker 3 MQA - level last-day - -',
    'area',
    'Open posts at the end of the period ÷ Jobseekers at the end of the period',
  ],
  [
    'PLACE_R',
    '% 2 MQA - share year-to-date - -',
    'area sex age education',
    '100 × Outflow to a job over the last 12 months ÷ mean of Jobseekers at the ends of the last 12 months',
  ],
  [
    'PLACE_6',
    '% 2 MQA 6 share cohort - -',
    'area sex age education',
    '100 × In a job within six months ÷ Inflow',
  ],
  [
    'PLACE_12',
    '% 2 MQA 12 share cohort - -',
    'area sex age education',
    '100 × In a job within twelve months ÷ Inflow',
  ],
  ['PLACEMENTS', 'placements 0 MQA - level period time area', 'area sex', 'Placements'],
  [
    'BEV_U',
    '% 2 MQA - share last-day - -',
    'area',
    '100 × Jobseekers at the end of the period ÷ (Jobseekers at the end of the period + Persons in work at the end of the period)',
  ],
  ['CERT_ISSUED', 'certificates 0 MQA - level period time area', 'area sex age skill', 'Certificates'],
  ['CERT_PERS', 'persons 0 M - level period - area', 'area sex age skill', 'Persons certified'],
  [
    'GRAD_EMP_6',
    '% 2 MQA 6 share cohort - -',
    'area sex skill',
    '100 × Employed after six months ÷ Graduates',
  ],
  [
    'GRAD_EMP_12',
    '% 2 MQA 12 share cohort - -',
    'area sex skill',
    '100 × Employed after twelve months ÷ Graduates',
  ],
  [
    'GRAD_EVER_6',
    '% 2 MQA 6 share cohort - -',
    'area sex skill',
    '100 × Ever employed within six months ÷ Graduates',
  ],
  [
    'GRAD_EVER_12',
    '% 2 MQA 12 share cohort - -',
    'area sex skill',
    '100 × Ever employed within twelve months ÷ Graduates',
  ],
  [
    'GRAD_UPLIFT',
    'percentage points 2 MQA 12 share cohort - -',
    'area sex skill',
    '100 × Employed after twelve months ÷ Graduates − 100 × Employed before the training ÷ Graduates',
  ],
  [
    'GRAD_TTE_MED',
    'months 0 MQA 1 level cohort - -',
    'area sex',
    'Kaplan–Meier median of the time from “Graduates” to “First job”',
  ],
  [
    'SKILL_MATCH',
    '% 2 MQA 12 share cohort - -',
    'area sex skill',
    '100 × In a matching job after twelve months ÷ Employed after twelve months',
  ],
  [
    'SKILL_GAP',
    'log points 3 MQA - share year-to-date - -',
    'area skill',
    'natural logarithm of (Posts opened over the last 12 months ÷ Posts opened over the last 12 months (every Skill family)) − natural logarithm of (Certificates over the last 12 months ÷ Certificates over the last 12 months (every Skill family))',
  ],
  [
    'PROG_COMPL_R',
    '% 2 MQA 3 share cohort - -',
    'area sex age skill',
    '100 × Courses completed ÷ Courses due',
  ],
  ['LINK_R', '% 2 MQA - share cohort - -', 'area sex skill', '100 × Linked ÷ Graduates'],
  [
    'ENT_ACTIVE',
    'enterprises 0 A - level period - area',
    'area industry size form',
    'Active enterprises at the end of the period',
  ],
  [
    'ENT_EMPLOYERS',
    'enterprises 0 MQA - level last-day - area',
    'area industry size',
    'Employers at the end of the period',
  ],
  [
    'ENT_BIRTH_R',
    '% 2 A - share period - -',
    'area industry size form',
    '100 × Births ÷ Active enterprises at the end of the period',
  ],
  [
    'ENT_DEATH_R',
    '% 2 A 24 share period - -',
    'area industry size form',
    '100 × Deaths ÷ Active enterprises at the end of the period',
  ],
  [
    'ENT_SURV_1',
    '% 2 A - share cohort - -',
    'area industry form',
    '100 × Survivors after 1 year ÷ Births 1 year before',
  ],
  [
    'ENT_SURV_2',
    '% 2 A - share cohort - -',
    'area industry form',
    '100 × Survivors after 2 years ÷ Births 2 years before',
  ],
  [
    'ENT_SURV_3',
    '% 2 A - share cohort - -',
    'area industry form',
    '100 × Survivors after 3 years ÷ Births 3 years before',
  ],
  [
    'ENT_SURV_4',
    '% 2 A - share cohort - -',
    'area industry form',
    '100 × Survivors after 4 years ÷ Births 4 years before',
  ],
  [
    'ENT_SURV_5',
    '% 2 A - share cohort - -',
    'area industry form',
    '100 × Survivors after 5 years ÷ Births 5 years before',
  ],
  [
    'HGE_R',
    '% 2 A - share period - -',
    'area industry size form',
    '100 × High-growth enterprises at the end of the period ÷ Base of high growth at the end of the period',
  ],
  ['JOBS_BIRTH', 'jobs 0 A - level period - area', 'area industry size form', 'Jobs in births'],
  [
    'PERMIT_CONV_24',
    '% 2 MQA 24 share cohort - -',
    'area industry',
    '100 × Aalen–Johansen share of “Permits” with “Licensed” within 24 months (competing: “Annulled”)',
  ],
  [
    'PERMIT_CONV_36',
    '% 2 MQA 36 share cohort - -',
    'area industry',
    '100 × Aalen–Johansen share of “Permits” with “Licensed” within 36 months (competing: “Annulled”)',
  ],
  [
    'IND_ACTIVE_SH',
    '% 2 MQA - share last-day - -',
    'area industry estate',
    '100 × Units [State of the unit: Active] at the end of the period ÷ Units [State of the unit: Active or Semi-active or Idle or unknown] at the end of the period',
  ],
  [
    'IND_SEMI_SH',
    '% 2 MQA - share last-day - -',
    'area industry estate',
    '100 × Units [State of the unit: Semi-active] at the end of the period ÷ Units [State of the unit: Active or Semi-active or Idle or unknown] at the end of the period',
  ],
  [
    'IND_IDLE_SH',
    '% 2 MQA - share last-day - -',
    'area industry estate',
    '100 × Units [State of the unit: Idle] at the end of the period ÷ Units [State of the unit: Active or Semi-active or Idle or unknown] at the end of the period',
  ],
  [
    'IND_UNITS',
    'units 0 MQA - level last-day - area',
    'area industry estate',
    'Units [State of the unit: Active or Semi-active or Idle or unknown] at the end of the period',
  ],
  [
    'IND_BUILDING',
    'units 0 MQA - level last-day - area',
    'area industry estate',
    'Units [State of the unit: Progress up to 19% or Progress 20 to 39% or Progress 40 to 59% or Progress 60 to 79% or Progress 80 to 99% or Progress 100%, not licensed] at the end of the period',
  ],
  [
    'CAP_UTIL',
    '% 2 MQA - share period - -',
    'area industry',
    '100 × Value of capacity used ÷ Value of capacity reported on',
  ],
  [
    'CAP_COVER',
    '% 2 M - share period - -',
    'area industry',
    '100 × Value of capacity reported on ÷ Value of capacity at the end of the period',
  ],
  [
    'ESTATE_FILL',
    '% 2 MQA - share last-day - -',
    'area',
    '100 × Plots assigned at the end of the period ÷ Plots at the end of the period',
  ],
  [
    'DQ_COMP',
    '% 2 M - share period - -',
    'area industry',
    '100 × Reporting workshops ÷ Expected workshops at the end of the period',
  ],
  ['DQ_LAG50', 'days 0 MQA - level receipt - -', 'agency contract', 'median of Records by Lag'],
  ['DQ_LAG95', 'days 0 MQA - level receipt - -', 'agency contract', 'percentile 95 of Records by Lag'],
  [
    'DQ_CORR_SH',
    '% 2 MQA - share receipt - -',
    'agency contract',
    '100 × Records [Kind: Correction or Withdrawal] ÷ Records',
  ],
  [
    'DQ_UNK_IND',
    '% 2 MQA - share last-day - -',
    'area',
    '100 × Jobs [Industry section: unknown] at the end of the period ÷ Jobs at the end of the period',
  ],
  [
    'DQ_UNK_OCC',
    '% 2 MQA - share last-day - -',
    'area',
    '100 × Jobs [Occupation major group: unknown] at the end of the period ÷ Jobs at the end of the period',
  ],
  [
    'DQ_BAL',
    'records 0 M - level receipt time area',
    'agency contract',
    'Records − Records [Outcome: ACCEPTED] − Records [Outcome: not ACCEPTED]',
  ],
  [
    'DQ_REJ',
    '% 2 M - share receipt - -',
    'agency contract',
    '100 × Records [Outcome: not ACCEPTED] ÷ Records',
  ],
];

describe('the catalogue of indicators', () => {
  it.each(table)('%s: %s by %s = %s', (code, form, dimensions, formula) => {
    const { unit, decimals, frequencies, ripeMonths, kind, referenceTime, additivity, ...own } = indicatorIn(
      indicators,
      code,
    );
    const told = [
      unit.en,
      decimals,
      frequencies.join(''),
      ripeMonths ?? '-',
      kind,
      referenceTime,
      additivity.time ? 'time' : '-',
      additivity.area ? 'area' : '-',
    ];
    expect(told.join(' ')).toBe(form);
    expect(own.dimensions.join(' ')).toBe(dimensions);
    expect(formulaInWords(own.formula, 'en', 'jalali')).toBe(formula);
  });

  it('holds these and no others, each once', () => {
    expect(indicators.map(({ code }) => code)).toEqual(table.map(([code]) => code));
    expect(new Set(table.map(([code]) => code)).size).toBe(table.length);
  });

  it.each(indicators.map((indicator) => [indicator.code, indicator] as const))(
    '%s is made of dataflows, measures, dimensions and codes that exist',
    (_code, { formula, dimensions }) => {
      for (const calendar of ['jalali', 'gregorian'] as const)
        for (const { measure, stock, apart } of usesIn(formula)) {
          const { dataflow } = keptDataflow(measure.dataflow, calendar);
          const spec = dataflow.measures.find(({ code }) => code === measure.measure);
          expect(spec?.kind ?? 'flow').toBe(stock ? 'stock' : 'flow');
          const own = dataflow.dimensions.map(({ code }) => code);
          const inner = [...Object.keys(measure.where ?? {}), ...(apart === undefined ? [] : [apart])];
          expect(own).toEqual(expect.arrayContaining([...dimensions, ...inner, ...wholesIn(formula)]));
          // what the formula tells apart by itself cannot be asked for as well
          expect(dimensions.filter((dimension) => inner.includes(dimension))).toEqual([]);
          for (const [dimension, condition] of Object.entries(measure.where ?? {})) {
            const known = codeListOf(dataflow.code, dimension)?.map(({ code }) => code);
            if (known !== undefined)
              expect(known).toEqual(expect.arrayContaining([...(codesOf(condition, 'Q') ?? [])]));
          }
        }
    },
  );

  it.each(indicators.map((indicator) => [indicator.code, indicator] as const))(
    '%s is told in both languages',
    (_code, { name, definition, unit, caveats, theme, sources, reference }) => {
      for (const { fa, en } of [
        name,
        definition,
        unit,
        themes[theme],
        ...(caveats === undefined ? [] : [caveats]),
      ]) {
        // a Persian text: no Arabic ye or kaf, no western digits
        expect(fa).toMatch(/^(?=.*[\u0600-\u06ff])[^\u064a\u06430-9]+$/u);
        expect(en).toMatch(/\S/);
      }
      for (const text of [definition, ...(caveats === undefined ? [] : [caveats])])
        for (const sentence of [text.fa, text.en]) expect(sentence).toMatch(/\.$/);
      expect(sources.length).toBeGreaterThan(0);
      expect(new Set(sources).size).toBe(sources.length);
      for (const contract of sources) expect(contract).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(reference).toMatch(/\S/);
    },
  );

  it('refuses codes that it does not hold', () => {
    expect(() => indicatorIn(indicators, 'WEATHER')).toThrow(
      expect.objectContaining({ code: 'unknown-indicator' }),
    );
  });
});

describe('a formula in words', () => {
  it.each([
    ['HIRE_R', '۱۰۰ × ۲ × استخدام‌ها ÷ (مشاغل در آغاز دوره + مشاغل در پایان دوره)'],
    ['PLACE_R', '۱۰۰ × خروج به شغل در ۱۲ ماه اخیر ÷ میانگین جویندگان کار در پایان ۱۲ ماه اخیر'],
    [
      'WAGE_GAP',
      '۱۰۰ × (جمع دستمزد [جنس: مرد] ÷ دستمزدهای گزارش‌شده [جنس: مرد] − جمع دستمزد [جنس: زن] ÷ دستمزدهای گزارش‌شده [جنس: زن]) ÷ (جمع دستمزد [جنس: مرد] ÷ دستمزدهای گزارش‌شده [جنس: مرد])',
    ],
    ['WAGE_MED', 'میانهٔ دستمزدهای گزارش‌شده به تفکیک طبقهٔ دستمزد'],
    ['WAGE_P10', 'صدک ۱۰ دستمزدهای گزارش‌شده به تفکیک طبقهٔ دستمزد'],
    [
      'EXC_R',
      '۱۰۰ × ۲ × (مشاغل ایجادشده در کارگاه‌های تازه [تناوب: به درازای دوره] + مشاغل ایجادشده با گسترش [تناوب: به درازای دوره] + مشاغل ازدست‌رفته با تعطیلی [تناوب: به درازای دوره] + مشاغل ازدست‌رفته با کوچک‌شدن [تناوب: به درازای دوره]) ÷ دو برابر میانگین مشاغل [تناوب: به درازای دوره] در پایان دوره − قدر مطلق (۱۰۰ × ۲ × (مشاغل ایجادشده در کارگاه‌های تازه [تناوب: به درازای دوره] + مشاغل ایجادشده با گسترش [تناوب: به درازای دوره]) ÷ دو برابر میانگین مشاغل [تناوب: به درازای دوره] در پایان دوره − ۱۰۰ × ۲ × (مشاغل ازدست‌رفته با تعطیلی [تناوب: به درازای دوره] + مشاغل ازدست‌رفته با کوچک‌شدن [تناوب: به درازای دوره]) ÷ دو برابر میانگین مشاغل [تناوب: به درازای دوره] در پایان دوره)',
    ],
    ['VAC_DUR_MED', 'میانهٔ کاپلان–مایر زمان از «فرصت‌های گروه» تا «پرشده» («بسته‌شده» سانسورشده)'],
    ['GRAD_TTE_MED', 'میانهٔ کاپلان–مایر زمان از «مهارت‌آموختگان» تا «نخستین شغل»'],
    ['ENT_SURV_1', '۱۰۰ × بازماندگان پس از ۱ سال ÷ تولد بنگاه در ۱ سال پیش'],
    ['ENT_SURV_3', '۱۰۰ × بازماندگان پس از ۳ سال ÷ تولد بنگاه در ۳ سال پیش'],
    [
      'PERMIT_CONV_24',
      '۱۰۰ × سهم آلن–یوهانسن «به پروانه رسیده» از «جوازهای تأسیس» در ۲۴ ماه (رخداد رقیب: «باطل‌شده»)',
    ],
    [
      'SKILL_GAP',
      'لگاریتم طبیعی (فرصت‌های اعلام‌شده در ۱۲ ماه اخیر ÷ فرصت‌های اعلام‌شده در ۱۲ ماه اخیر (همهٔ مقدارهای «خانوادهٔ مهارت»)) − لگاریتم طبیعی (گواهینامه‌ها در ۱۲ ماه اخیر ÷ گواهینامه‌ها در ۱۲ ماه اخیر (همهٔ مقدارهای «خانوادهٔ مهارت»))',
    ],
    ['DQ_BAL', 'رکوردها − رکوردها [نتیجه: ACCEPTED] − رکوردها [نتیجه: به‌جز ACCEPTED]'],
    ['NET_CHG', 'مشاغل در پایان دوره − مشاغل در آغاز دوره'],
    [
      'LT_SHARE',
      '۱۰۰ × جویندگان کار [مدت جست‌وجو: ۱۲ تا ۲۳ ماه یا ۲۴ ماه و بیشتر] در پایان دوره ÷ جویندگان کار در پایان دوره',
    ],
    [
      'JC',
      'مشاغل ایجادشده در کارگاه‌های تازه [تناوب: به درازای دوره] + مشاغل ایجادشده با گسترش [تناوب: به درازای دوره]',
    ],
  ])('of %s in Persian: %s', (code, words) => {
    expect(formulaInWords(indicatorIn(indicators, code).formula, 'fa', 'jalali')).toBe(words);
  });

  it('puts brackets where the parts would fall apart', () => {
    const jobs: Expression = { op: 'flow', of: { dataflow: 'JOBS', measure: 'hires' } };
    const other: Expression = { op: 'flow', of: { dataflow: 'JOBS', measure: 'quits' } };
    const words = (expression: Expression): string => formulaInWords(expression, 'en', 'jalali');
    const sum: Expression = { op: 'plus', of: [jobs, other] };
    const product: Expression = { op: 'times', factor: 2, of: jobs };
    const share: Expression = { op: 'ratio', of: jobs, over: other };
    expect(words({ op: 'minus', of: sum, less: sum })).toBe('Hires + Quits − (Hires + Quits)');
    expect(words({ op: 'minus', of: product, less: share })).toBe('2 × Hires − Hires ÷ Quits');
    expect(words({ op: 'ratio', of: sum, over: product })).toBe('(Hires + Quits) ÷ (2 × Hires)');
    expect(words({ op: 'ratio', of: share, over: share })).toBe('Hires ÷ Quits ÷ (Hires ÷ Quits)');
    expect(words({ op: 'times', factor: 3, of: sum })).toBe('3 × (Hires + Quits)');
    expect(words({ op: 'abs', of: sum })).toBe('absolute value of (Hires + Quits)');
    expect(words({ op: 'lag', years: 1, of: sum })).toBe('(Hires + Quits) 1 year before');
    expect(words({ op: 'overAll', dimension: 'sex', of: share })).toBe('(Hires ÷ Quits) (every sex)');
    expect(words({ op: 'mean', months: 12, of: { dataflow: 'JOBS', measure: 'odd' } })).toBe(
      'mean of odd at the ends of the last 12 months',
    );
  });
});

describe('what a formula needs', () => {
  const expressionOf = (code: string): Expression => indicatorIn(indicators, code).formula;

  it('is every measure that it uses', () => {
    const told = (code: string): string[] =>
      usesIn(expressionOf(code)).map(({ measure, stock, apart }) =>
        [measure.measure, stock ? 'stock' : 'flow', apart].filter((part) => part !== undefined).join(' '),
      );
    expect(told('PLACE_R')).toEqual(['out_job flow', 'jobseekers stock']);
    expect(told('VAC_FILL_R')).toEqual(['filled flow', 'open stock', 'opened flow']);
    expect(told('TENURE_MED')).toEqual(['jobs stock tenure']);
    expect(told('TENURE_SEP_MED')).toEqual(['separations flow tenure']);
    expect(told('JSK_FIND_MED')).toEqual([
      'entered flow elapsed',
      'found flow elapsed',
      'censored flow elapsed',
    ]);
    expect(told('GRAD_TTE_MED')).toEqual(['graduates flow elapsed', 'first_job flow elapsed']);
    expect(told('PERMIT_CONV_36')).toEqual([
      'permits flow elapsed',
      'licensed flow elapsed',
      'annulled flow elapsed',
    ]);
    expect(told('ENT_SURV_2')).toEqual(['survivors_2 flow', 'births flow']);
    expect(usesIn(expressionOf('EXC_R'))).toHaveLength(11);
  });

  it('are the months that it looks back over', () => {
    expect(
      ['EMP_JOBS', 'PLACE_R', 'ENT_SURV_5', 'SKILL_GAP', 'VAC_DUR_MED'].map((c) => reachOf(expressionOf(c))),
    ).toEqual([0, 12, 60, 12, 0]);
  });

  it('are the dimensions that it also sees as a whole', () => {
    expect(wholesIn(expressionOf('SKILL_GAP'))).toEqual(['skill']);
    expect(wholesIn(expressionOf('EXC_R'))).toEqual([]);
    expect(inside(expressionOf('VAC_DUR_MED'))).toEqual([]);
  });
});
