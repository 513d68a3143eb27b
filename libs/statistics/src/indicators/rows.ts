import type { Month } from '@karnama/kernel';
import { evaluate, type Outcome } from './evaluate.js';
import type { Group } from './group-cells.js';
import type { Indicator } from './indicator.js';
import { formatPeriod, monthsIn } from './period.js';
import { abs, minus, over, rounded, times, whole } from './rational.js';
import type { Change, Comparison, IndicatorRequest, IndicatorRow } from './request.js';

/** F and H: the first and the last month that anything was reported in. */
export type Span = { readonly begin: Month; readonly horizon: Month };

type Form = {
  readonly freq: IndicatorRequest['freq'];
  readonly change: readonly Comparison[];
  readonly decimals: number;
};

/** The figures of the groups in the periods with those last months: by period, then by group. */
export const rowsOf = (
  indicator: Indicator,
  groups: readonly Group[],
  periods: readonly Month[],
  span: Span | undefined,
  form: Form,
): readonly IndicatorRow[] => {
  const figures = groups.map(({ cells }) => {
    const known = new Map<Month, Outcome>();
    return (last: Month): Outcome => {
      const outcome = known.get(last) ?? figureOf(indicator, last, span, form.freq, cells);
      known.set(last, outcome);
      return outcome;
    };
  });
  return periods.flatMap((last) =>
    groups.map(({ codes }, i) =>
      rowOf(indicator, last, codes, span, form, figures[i] as (last: Month) => Outcome),
    ),
  );
};

/** The figure of the period with that last month, or why there is none. */
const figureOf = (
  { formula, ripeMonths = 0 }: Indicator,
  last: Month,
  span: Span | undefined,
  freq: Form['freq'],
  cells: Group['cells'],
): Outcome => {
  if (span === undefined) return { value: null, reason: 'no-data' };
  const first = last - monthsIn[freq] + 1;
  if (first < span.begin) return { value: null, reason: 'before-start' };
  if (last + ripeMonths > span.horizon) return { value: null, reason: 'not-yet' };
  return evaluate(formula, { first, last, ...span }, cells);
};

/** How long after it is ripe a figure still counts as provisional. */
const settlingMonths = 3;

const rowOf = (
  { kind, ripeMonths }: Indicator,
  last: Month,
  codes: readonly string[],
  span: Span | undefined,
  { freq, change, decimals }: Form,
  figure: (last: Month) => Outcome,
): IndicatorRow => {
  const outcome = figure(last);
  const settling =
    ripeMonths !== undefined && span !== undefined && last + ripeMonths + settlingMonths > span.horizon;
  const row: IndicatorRow = {
    period: formatPeriod(last, freq),
    codes,
    value: outcome.value === null ? null : rounded(outcome.value, decimals),
    ...(outcome.value === null ? { reason: outcome.reason } : {}),
    ...(outcome.value !== null && settling ? { status: 'provisional' as const } : {}),
    ...(outcome.value !== null && outcome.atLeast ? { note: 'at-least' as const } : {}),
  };
  if (change.length === 0) return row;
  return withChanges(row, () =>
    Object.fromEntries(
      change.map((against) => {
        const earlier = figure(last - (against === 'year' ? 12 : monthsIn[freq]));
        return [against, changeOf(outcome, earlier, kind, decimals)] as const;
      }),
    ),
  );
};

/** The changes of a row are worked out when they are looked at: who compares many rows looks at few. */
const withChanges = (row: IndicatorRow, make: () => NonNullable<IndicatorRow['changes']>): IndicatorRow =>
  Object.defineProperty(row, 'changes', {
    enumerable: true,
    configurable: true,
    get: () => {
      const changes = make();
      // from now on a plain property: nothing that it was worked out from is held any longer
      Object.defineProperty(row, 'changes', { value: changes, enumerable: true });
      return changes;
    },
  });

/** The exact change from an earlier figure, rounded once. */
const changeOf = (now: Outcome, before: Outcome, kind: Indicator['kind'], decimals: number): Change => {
  const none = now.value === null || before.value === null;
  const difference = none ? undefined : minus(now.value, before.value);
  const absolute = difference === undefined ? null : rounded(difference, decimals);
  if (kind === 'share') return { absolute };
  if (difference === undefined || before.value === null || before.value.n === 0n)
    return { absolute, percent: null };
  return { absolute, percent: rounded(times(whole(100), over(difference, abs(before.value))), 2) };
};
