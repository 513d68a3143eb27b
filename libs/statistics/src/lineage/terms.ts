import type { Month } from '@karnama/kernel';
import type { Frequency } from '../indicators/evaluate.js';
import { inside, type Expression, type Measure } from '../indicators/expression.js';
import { codesOf } from '../indicators/plan.js';

/** Cells that a figure is made of: one measure of a dataflow, over months, of the codes that conditions let through. */
export type Term = {
  readonly dataflow: string;
  readonly measure: string;
  /** By dimension: whether the formula takes cells of a code. */
  readonly conditions: Readonly<Record<string, (code: string) => boolean>>;
  /** Dimensions over whose codes the formula goes as a whole, whatever the question chooses. */
  readonly wholes: readonly string[];
  /** First month; null for a stock, which is the sum of all changes up to `to`. */
  readonly from: Month | null;
  readonly to: Month;
};

/** First and last month of the period of a figure. */
export type Period = { readonly first: Month; readonly last: Month };

type Walk = Period & { readonly freq: Frequency; readonly wholes: readonly string[] };

/** The cells that a formula looks at for one period, each part once. */
export const termsOf = (formula: Expression, period: Period, freq: Frequency): readonly Term[] => {
  const terms = new Map<string, Term>();
  for (const { measure, ...term } of walk(formula, { ...period, freq, wholes: [] })) {
    const name = JSON.stringify([measure, term.wholes, term.from, term.to]);
    if (!terms.has(name)) terms.set(name, termOf(measure, term, freq));
  }
  return [...terms.values()];
};

type Found = Pick<Term, 'wholes' | 'from' | 'to'> & { readonly measure: Measure };

const walk = (expression: Expression, at: Walk): readonly Found[] => {
  const { first, last, wholes } = at;
  const flow = (measure: Measure, from: Month): Found => ({ measure, wholes, from, to: last });
  const stock = (measure: Measure, to: Month): Found => ({ measure, wholes, from: null, to });
  switch (expression.op) {
    case 'flow':
      return [flow(expression.of, first)];
    case 'sum':
      return [flow(expression.of, last - expression.months + 1)];
    case 'stock':
      return [stock(expression.of, last)];
    case 'mean':
      return Array.from({ length: expression.months }, (_, back) => stock(expression.of, last - back));
    case 'opening':
      return [stock(expression.of, first - 1)];
    case 'percentile':
      return [expression.kind === 'stock' ? stock(expression.of, last) : flow(expression.of, first)];
    case 'kaplanMeierMedian': {
      const { cohort, event, censored } = expression;
      return [cohort, event, ...(censored === undefined ? [] : [censored])].map((one) => flow(one, first));
    }
    case 'aalenJohansen':
      return [expression.cohort, expression.event, expression.competing].map((one) => flow(one, first));
    case 'lag': {
      const back = 12 * expression.years;
      return walk(expression.of, { ...at, first: first - back, last: last - back });
    }
    case 'overAll':
      return walk(expression.of, { ...at, wholes: [...wholes, expression.dimension] });
    default:
      return inside(expression).flatMap((part) => walk(part, at));
  }
};

const termOf = (
  { dataflow, measure, where = {} }: Measure,
  { wholes, from, to }: Pick<Term, 'wholes' | 'from' | 'to'>,
  freq: Frequency,
): Term => {
  const conditions = Object.entries(where).map(([dimension, condition]) => {
    const codes = codesOf(condition, freq);
    const except = typeof condition === 'object' && 'except' in condition ? condition.except : [];
    return [dimension, (code: string) => codes?.includes(code) ?? !except.includes(code)] as const;
  });
  return { dataflow, measure, conditions: Object.fromEntries(conditions), wholes, from, to };
};
