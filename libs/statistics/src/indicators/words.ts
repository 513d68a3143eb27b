import type { Calendar, Label } from '@karnama/kernel';
import { keptDataflow } from '../catalogue.js';
import { codeListOf } from '../code-lists.js';
import type { Condition, Expression, Measure } from './expression.js';

type Language = 'fa' | 'en';

/** A piece of a formula and how tightly it holds together: 1 a sum, 2 a product, 3 a single term. */
type Piece = { readonly text: string; readonly holds: 1 | 2 | 3 };

type Phrases = {
  readonly digits: (n: number) => string;
  readonly end: (name: string) => string;
  readonly opening: (name: string) => string;
  readonly mean: (name: string, months: string) => string;
  readonly sum: (name: string, months: string) => string;
  readonly lag: (term: string, years: string) => string;
  readonly overAll: (term: string, dimension: string) => string;
  readonly abs: (term: string) => string;
  readonly ln: (term: string) => string;
  readonly percentile: (name: string, percent: number, dimension: string) => string;
  readonly median: (event: string, cohort: string, censored: string | undefined) => string;
  readonly incidence: (event: string, cohort: string, competing: string, steps: string) => string;
  readonly except: (codes: string) => string;
  readonly or: string;
  readonly frequency: string;
  readonly separator: string;
};

const persian = (n: number): string =>
  String(n).replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));

const phrases: Readonly<Record<Language, Phrases>> = {
  en: {
    digits: String,
    end: (name) => `${name} at the end of the period`,
    opening: (name) => `${name} at the beginning of the period`,
    mean: (name, months) => `mean of ${name} at the ends of the last ${months} months`,
    sum: (name, months) => `${name} over the last ${months} months`,
    lag: (term, years) => `${term} ${years} ${years === '1' ? 'year' : 'years'} before`,
    overAll: (term, dimension) => `${term} (every ${dimension})`,
    abs: (term) => `absolute value of (${term})`,
    ln: (term) => `natural logarithm of (${term})`,
    percentile: (name, percent, dimension) =>
      percent === 50
        ? `median of ${name} by ${dimension}`
        : `percentile ${percent} of ${name} by ${dimension}`,
    median: (event, cohort, censored) =>
      `Kaplan–Meier median of the time from “${cohort}” to “${event}”${censored === undefined ? '' : ` (“${censored}” censored)`}`,
    incidence: (event, cohort, competing, steps) =>
      `Aalen–Johansen share of “${cohort}” with “${event}” within ${steps} months (competing: “${competing}”)`,
    except: (codes) => `not ${codes}`,
    or: ' or ',
    frequency: 'as long as the period',
    separator: ', ',
  },
  fa: {
    digits: persian,
    end: (name) => `${name} در پایان دوره`,
    opening: (name) => `${name} در آغاز دوره`,
    mean: (name, months) => `میانگین ${name} در پایان ${months} ماه اخیر`,
    sum: (name, months) => `${name} در ${months} ماه اخیر`,
    lag: (term, years) => `${term} در ${years} سال پیش`,
    overAll: (term, dimension) => `${term} (همهٔ مقدارهای «${dimension}»)`,
    abs: (term) => `قدر مطلق (${term})`,
    ln: (term) => `لگاریتم طبیعی (${term})`,
    percentile: (name, percent, dimension) =>
      percent === 50
        ? `میانهٔ ${name} به تفکیک ${dimension}`
        : `صدک ${persian(percent)} ${name} به تفکیک ${dimension}`,
    median: (event, cohort, censored) =>
      `میانهٔ کاپلان–مایر زمان از «${cohort}» تا «${event}»${censored === undefined ? '' : ` («${censored}» سانسورشده)`}`,
    incidence: (event, cohort, competing, steps) =>
      `سهم آلن–یوهانسن «${event}» از «${cohort}» در ${steps} ماه (رخداد رقیب: «${competing}»)`,
    except: (codes) => `به‌جز ${codes}`,
    or: ' یا ',
    frequency: 'به درازای دوره',
    separator: '، ',
  },
};

/** The formula in words of a language, made of the names of the measures: what is shown is what is computed. */
export const formulaInWords = (expression: Expression, language: Language, calendar: Calendar): string =>
  pieceOf(expression, language, calendar).text;

const pieceOf = (expression: Expression, language: Language, calendar: Calendar): Piece => {
  const say = phrases[language];
  const piece = (inner: Expression): Piece => pieceOf(inner, language, calendar);
  const name = (measure: Measure): string => measureName(measure, language, calendar);
  const term = (text: string): Piece => ({ text, holds: 3 });
  switch (expression.op) {
    case 'flow':
      return term(name(expression.of));
    case 'stock':
      return term(say.end(name(expression.of)));
    case 'opening':
      return term(say.opening(name(expression.of)));
    case 'mean':
      return term(say.mean(name(expression.of), say.digits(expression.months)));
    case 'sum':
      return term(say.sum(name(expression.of), say.digits(expression.months)));
    case 'lag':
      return term(say.lag(within(piece(expression.of), 3), say.digits(expression.years)));
    case 'overAll':
      return term(
        say.overAll(
          within(piece(expression.of), 3),
          dimensionName(expression.of, expression.dimension, language, calendar),
        ),
      );
    case 'plus':
      return { text: expression.of.map((part) => within(piece(part), 1)).join(' + '), holds: 1 };
    case 'minus':
      return { text: `${within(piece(expression.of), 1)} − ${within(piece(expression.less), 2)}`, holds: 1 };
    case 'times':
      return { text: `${say.digits(expression.factor)} × ${within(piece(expression.of), 2)}`, holds: 2 };
    case 'ratio':
      return { text: `${within(piece(expression.of), 2)} ÷ ${within(piece(expression.over), 3)}`, holds: 2 };
    case 'abs':
      return term(say.abs(piece(expression.of).text));
    case 'ln':
      return term(say.ln(piece(expression.of).text));
    case 'percentile':
      return term(
        say.percentile(
          name(expression.of),
          expression.percent,
          labelOfDimension(expression.of.dataflow, expression.bands, calendar)[language],
        ),
      );
    case 'kaplanMeierMedian': {
      const { cohort, event, censored } = expression;
      return term(say.median(name(event), name(cohort), censored === undefined ? undefined : name(censored)));
    }
    case 'aalenJohansen': {
      const { cohort, event, competing, before } = expression;
      return term(say.incidence(name(event), name(cohort), name(competing), say.digits(before)));
    }
  }
};

/** The piece, in brackets where it would fall apart. */
const within = ({ text, holds }: Piece, needed: Piece['holds']): string =>
  holds < needed ? `(${text})` : text;

const measureName = (
  { dataflow, measure, where = {} }: Measure,
  language: Language,
  calendar: Calendar,
): string => {
  const spec = keptDataflow(dataflow, calendar).dataflow.measures.find(({ code }) => code === measure);
  const conditions = Object.entries(where).map(
    ([dimension, condition]) =>
      `${labelOfDimension(dataflow, dimension, calendar)[language]}: ${conditionText(dataflow, dimension, condition, language)}`,
  );
  const name = spec?.name[language] ?? measure;
  return conditions.length === 0 ? name : `${name} [${conditions.join(phrases[language].separator)}]`;
};

const conditionText = (
  dataflow: string,
  dimension: string,
  condition: Condition,
  language: Language,
): string => {
  const say = phrases[language];
  const names = (codes: readonly string[]): string =>
    codes.map((code) => codeName(dataflow, dimension, code)[language]).join(say.or);
  if (condition === 'frequency') return say.frequency;
  return 'except' in condition ? say.except(names(condition.except)) : names(condition);
};

const codeName = (dataflow: string, dimension: string, code: string): Label =>
  codeListOf(dataflow, dimension)?.find((entry) => entry.code === code)?.name ?? { fa: code, en: code };

const labelOfDimension = (dataflow: string, dimension: string, calendar: Calendar): Label =>
  keptDataflow(dataflow, calendar).dataflow.dimensions.find(({ code }) => code === dimension)?.name ?? {
    fa: dimension,
    en: dimension,
  };

const dimensionName = (
  expression: Expression,
  dimension: string,
  language: Language,
  calendar: Calendar,
): string =>
  'of' in expression && 'dataflow' in expression.of
    ? labelOfDimension(expression.of.dataflow, dimension, calendar)[language]
    : dimension;
