/**
 * A condition on a dimension inside a formula: one of the codes, none of them, or the code of the
 * frequency that the question asks for (`M`, `Q`, `A`).
 */
export type Condition = readonly string[] | { readonly except: readonly string[] } | 'frequency';

/** A measure of a dataflow, over the part of its cells that meets the conditions. */
export type Measure = {
  readonly dataflow: string;
  readonly measure: string;
  readonly where?: Readonly<Record<string, Condition>>;
};

/** Steps of a cohort followed over time: codes `00`, `01`, … of the dimension; `count` of them are whole steps. */
export type Steps = { readonly dimension: string; readonly unit: 'month' | 'week'; readonly count: number };

/**
 * The formula of an indicator over a period with the months m₀+1…m₁. Everything is whole numbers until
 * the last division; `evaluate` is the one place that knows what a node means.
 */
export type Expression =
  /** The sum over the months of the period. */
  | { readonly op: 'flow'; readonly of: Measure }
  /** The value at the end of m₁, and at the end of m₀. */
  | { readonly op: 'stock'; readonly of: Measure }
  | { readonly op: 'opening'; readonly of: Measure }
  /** The mean of the stock at the ends of the n months up to m₁. */
  | { readonly op: 'mean'; readonly of: Measure; readonly months: number }
  /** The flow over the n months up to m₁. */
  | { readonly op: 'sum'; readonly of: Measure; readonly months: number }
  /** The same, n years earlier. */
  | { readonly op: 'lag'; readonly of: Expression; readonly years: number }
  /** The same, for all codes of a dimension together that the question asks apart. */
  | { readonly op: 'overAll'; readonly of: Expression; readonly dimension: string }
  | { readonly op: 'plus'; readonly of: readonly Expression[] }
  | { readonly op: 'minus'; readonly of: Expression; readonly less: Expression }
  | { readonly op: 'times'; readonly factor: number; readonly of: Expression }
  | { readonly op: 'ratio'; readonly of: Expression; readonly over: Expression }
  | { readonly op: 'abs'; readonly of: Expression }
  | { readonly op: 'ln'; readonly of: Expression }
  /** The value below which so many of a hundred lie, read from the bands of a dimension. */
  | {
      readonly op: 'percentile';
      readonly percent: number;
      readonly of: Measure;
      readonly kind: 'flow' | 'stock';
      readonly bands: string;
    }
  | {
      readonly op: 'kaplanMeierMedian';
      readonly cohort: Measure;
      readonly event: Measure;
      readonly censored?: Measure;
      readonly steps: Steps;
    }
  /** The share of the cohort that met the event before step n, where others met the competing one. */
  | {
      readonly op: 'aalenJohansen';
      readonly cohort: Measure;
      readonly event: Measure;
      readonly competing: Measure;
      readonly dimension: string;
      readonly before: number;
    };

type Where = Measure['where'];

/** `of('JOBS')('hires', { sex: ['F'] })`: a measure of a dataflow. */
export const of =
  (dataflow: string) =>
  (measure: string, where?: Where): Measure => ({
    dataflow,
    measure,
    ...(where === undefined ? {} : { where }),
  });

export const flow = (measure: Measure): Expression => ({ op: 'flow', of: measure });
export const stock = (measure: Measure): Expression => ({ op: 'stock', of: measure });
export const opening = (measure: Measure): Expression => ({ op: 'opening', of: measure });
export const mean = (months: number, measure: Measure): Expression => ({ op: 'mean', of: measure, months });
export const sum = (months: number, measure: Measure): Expression => ({ op: 'sum', of: measure, months });
export const lag = (years: number, term: Expression): Expression => ({ op: 'lag', of: term, years });
export const overAll = (dimension: string, term: Expression): Expression => ({
  op: 'overAll',
  of: term,
  dimension,
});
export const plus = (...terms: readonly Expression[]): Expression => ({ op: 'plus', of: terms });
export const minus = (term: Expression, less: Expression): Expression => ({ op: 'minus', of: term, less });
export const times = (factor: number, term: Expression): Expression => ({ op: 'times', factor, of: term });
export const ratio = (term: Expression, over: Expression): Expression => ({ op: 'ratio', of: term, over });
/** 100 · term / over. */
export const percent = (term: Expression, over: Expression): Expression => ratio(times(100, term), over);
export const abs = (term: Expression): Expression => ({ op: 'abs', of: term });
export const ln = (term: Expression): Expression => ({ op: 'ln', of: term });

/** The expressions directly inside one. */
export const inside = (expression: Expression): readonly Expression[] => {
  switch (expression.op) {
    case 'plus':
      return expression.of;
    case 'minus':
      return [expression.of, expression.less];
    case 'ratio':
      return [expression.of, expression.over];
    case 'lag':
    case 'overAll':
    case 'times':
    case 'abs':
    case 'ln':
      return [expression.of];
    default:
      return [];
  }
};

/** A measure as a formula uses it, with the dimension that its cells are told apart by, if any. */
export type Use = { readonly measure: Measure; readonly stock: boolean; readonly apart?: string };

/** Every use of a measure in a formula. */
export const usesIn = (expression: Expression): readonly Use[] => {
  switch (expression.op) {
    case 'flow':
    case 'sum':
      return [{ measure: expression.of, stock: false }];
    case 'stock':
    case 'opening':
    case 'mean':
      return [{ measure: expression.of, stock: true }];
    case 'percentile':
      return [{ measure: expression.of, stock: expression.kind === 'stock', apart: expression.bands }];
    case 'kaplanMeierMedian': {
      const { cohort, event, censored, steps } = expression;
      return [cohort, event, ...(censored === undefined ? [] : [censored])].map((measure) => ({
        measure,
        stock: false,
        apart: steps.dimension,
      }));
    }
    case 'aalenJohansen':
      return [expression.cohort, expression.event, expression.competing].map((measure) => ({
        measure,
        stock: false,
        apart: expression.dimension,
      }));
    default:
      return inside(expression).flatMap(usesIn);
  }
};

/** The dimensions that a formula also looks at as a whole, where the question asks for one code. */
export const wholesIn = (expression: Expression): readonly string[] => [
  ...new Set([
    ...(expression.op === 'overAll' ? [expression.dimension] : []),
    ...inside(expression).flatMap(wholesIn),
  ]),
];

/** How many months before its period's first one a formula looks at cells of. */
export const reachOf = (expression: Expression): number => {
  switch (expression.op) {
    case 'sum':
    case 'mean':
      return expression.months;
    case 'lag':
      return 12 * expression.years + reachOf(expression.of);
    default:
      return Math.max(0, ...inside(expression).map(reachOf));
  }
};
