import type { CellGroup, CellQuery, CellSeries, CellStore, Generation, SeriesQuery } from '@karnama/cells';
import {
  calendarOf,
  formatMonth,
  monthIn,
  parseMonth,
  KarnamaError,
  type Calendar,
  type Month,
} from '@karnama/kernel';
import { keptDataflow } from '../catalogue.js';
import { knowledgeAt, type Releases } from '../knowledge.js';
import { indicators as everyIndicator, indicatorIn } from './catalogue.js';
import { deliveriesBetween } from './deliveries.js';
import { evaluate, type Outcome } from './evaluate.js';
import { reachOf, usesIn } from './expression.js';
import { groupsOf, hold, type Group } from './group-cells.js';
import { themes, type Indicator } from './indicator.js';
import { formatPeriod, lastMonthOf, monthsIn, periodsBetween } from './period.js';
import { planOf, type IndicatorPlan } from './plan.js';
import { abs, minus, over, rounded, times, whole } from './rational.js';
import type {
  Change,
  Comparison,
  IndicatorAnswer,
  IndicatorDescription,
  IndicatorRequest,
  IndicatorRow,
  IndicatorService,
  IndicatorSummary,
} from './request.js';
import { formulaInWords } from './words.js';

export type IndicatorOptions = {
  readonly store: CellStore;
  readonly releases: Releases;
  /** The statistical calendar of the installation. */
  readonly calendar: Calendar;
  /** Position of the ledger's last event, to tell how far the figures are behind. */
  readonly head?: () => Promise<bigint>;
  /** The catalogue; all of it unless told otherwise. */
  readonly indicators?: readonly Indicator[];
};

/** Figures of indicators, worked out from the cells at every question: nothing is kept between calls. */
export const createIndicators = ({
  store,
  releases,
  calendar,
  head,
  indicators = everyIndicator,
}: IndicatorOptions): IndicatorService => ({
  list: () => indicators.map(summaryOf),
  releases,
  describe: async (code) => describe(store, calendar, head, indicatorIn(indicators, code)),
  data: async (request) =>
    answer(store, releases, calendar, indicatorIn(indicators, request.indicator), request),
  deliveries: (after, through) => deliveriesBetween(store, calendar, after, through),
});

const summaryOf = (indicator: Indicator): IndicatorSummary => {
  const { code, name, theme, unit, decimals, kind, frequencies, dimensions, additivity } = indicator;
  const { requiredDimensions, ripeMonths } = indicator;
  return {
    code,
    name,
    theme: { code: theme, name: themes[theme] },
    unit,
    decimals,
    kind,
    frequencies,
    dimensions,
    additivity,
    ...(requiredDimensions === undefined ? {} : { requiredDimensions }),
    ...(ripeMonths === undefined ? {} : { ripeMonths }),
  };
};

const dataflowsOf = ({ formula }: Indicator): readonly string[] => [
  ...new Set(usesIn(formula).map(({ measure }) => measure.dataflow)),
];

/** The dataflow that tells of which months anything is known: of receipts the intake itself, else the deliveries. */
const spanSource = (indicator: Indicator): string =>
  dataflowsOf(indicator).every((code) => code === 'INTAKE') ? 'INTAKE' : 'DELIVERY';

/** F and H: the first and the last month that anything was reported in. */
type Span = { readonly begin: Month; readonly horizon: Month };

const spanOf = async (groups: AsyncIterable<CellGroup>): Promise<Span | undefined> => {
  let [begin, horizon] = [Infinity, -Infinity];
  for await (const { group, measures } of groups) {
    if ((measures[0] ?? 0n) <= 0n) continue;
    begin = Math.min(begin, Number(group[0]));
    horizon = Math.max(horizon, Number(group[0]));
  }
  return begin === Infinity ? undefined : { begin, horizon };
};

const monthsHeld = (dataflow: string, maxEpoch: number | undefined): CellQuery => ({
  dataflow,
  time: 'effective',
  by: ['month'],
  where: {},
  measures: ['records'],
  ...(maxEpoch === undefined ? {} : { maxEpoch }),
});

const describe = async (
  store: CellStore,
  calendar: Calendar,
  head: IndicatorOptions['head'],
  indicator: Indicator,
): Promise<IndicatorDescription> => {
  const dataflows = dataflowsOf(indicator);
  const projections = new Set(dataflows.map((code) => keptDataflow(code, calendar).projection));
  const generations = await Promise.all([...projections].map((projection) => store.open(projection)));
  const checkpoints = await Promise.all(generations.map((generation) => store.checkpoint(generation)));
  const position = checkpoints.reduce(
    (least, { position: at }) => (at < least ? at : least),
    checkpoints[0]?.position ?? 0n,
  );
  const source = keptDataflow(spanSource(indicator), calendar);
  const span = await spanOf(
    store.query(await store.open(source.projection), monthsHeld(source.dataflow.code, undefined)),
  );
  const { definition, referenceTime, sources, caveats, reference } = indicator;
  const end = await head?.();
  return {
    ...summaryOf(indicator),
    definition,
    referenceTime,
    sources,
    ...(caveats === undefined ? {} : { caveats }),
    reference,
    formula: {
      fa: formulaInWords(indicator.formula, 'fa', calendar),
      en: formulaInWords(indicator.formula, 'en', calendar),
    },
    dataflows,
    coverage: span === undefined ? null : { first: formatMonth(span.begin), last: formatMonth(span.horizon) },
    freshness: {
      position: position.toString(),
      epoch: Math.min(...checkpoints.map(({ epoch }) => epoch)),
      lag: end === undefined ? null : (end > position ? end - position : 0n).toString(),
    },
  };
};

const answer = async (
  store: CellStore,
  releases: Releases,
  calendar: Calendar,
  indicator: Indicator,
  request: IndicatorRequest,
): Promise<IndicatorAnswer> => {
  const plan = planOf(indicator, request, calendar);
  const spans = keptDataflow(spanSource(indicator), calendar);
  const projections = new Set([
    spans.projection,
    ...plan.sources.map(({ published }) => published.projection),
  ]);
  const generations = new Map<unknown, Generation>();
  for (const projection of projections) generations.set(projection, await store.open(projection));
  const generationOf = (projection: unknown): Generation => generations.get(projection) as Generation;
  const knowledge = await knowledgeAt(store, [...generations.values()], releases, request.asKnownAt);
  const maxEpoch = request.asKnownAt === 'latest' ? undefined : knowledge.epoch;

  const span = await spanOf(
    store.query(generationOf(spans.projection), monthsHeld(spans.dataflow.code, maxEpoch)),
  );
  const periods = periodsAsked(request, span, calendar);
  const groups = await groupsAsked(plan, request, periods, (source) => {
    const query = { ...source, ...(maxEpoch === undefined ? {} : { maxEpoch }) };
    return store.series(generationOf(keptDataflow(source.dataflow, calendar).projection), query);
  });
  const { freq, change = [], decimals = indicator.decimals } = request;
  return {
    indicator: indicator.code,
    freq,
    by: plan.by.map(({ name }) => name),
    unit: indicator.unit,
    decimals,
    kind: indicator.kind,
    change,
    knowledge,
    rows: rowsOf(indicator, groups, periods, span, { freq, change, decimals }),
  };
};

/** Last months of the periods asked: those named, or all that are wholly inside what is known. */
const periodsAsked = (
  { freq, from, to }: IndicatorRequest,
  span: Span | undefined,
  calendar: Calendar,
): readonly Month[] => {
  const own = span === undefined ? calendar : calendarOf(span.begin);
  const asked = (text: string | undefined): Month | undefined =>
    text === undefined ? undefined : monthIn(parseMonth(text), own);
  const length = monthsIn[freq];
  const firstGiven = span === undefined ? undefined : lastMonthOf(span.begin + length - 1, freq);
  const lastGiven = span === undefined ? undefined : lastMonthOf(span.horizon + 1, freq) - length;
  const [first, last] = [asked(from) ?? firstGiven, asked(to) ?? lastGiven];
  if (from !== undefined && to !== undefined && (first ?? 0) > (last ?? 0))
    throw new KarnamaError(
      'bad-request',
      `the range ends (${to}) before it begins (${from})`,
      'swap from and to',
    );
  return first === undefined || last === undefined ? [] : periodsBetween(first, last, freq);
};

const groupsAsked = async (
  plan: IndicatorPlan,
  { freq, change = [] }: IndicatorRequest,
  periods: readonly Month[],
  ask: (query: SeriesQuery) => Promise<readonly CellSeries[]>,
): Promise<readonly Group[]> => {
  const [first, last] = [periods[0], periods.at(-1)];
  if (first === undefined || last === undefined) return [];
  const back = reachOf(plan.indicator.formula) + (change.length > 0 ? 12 : 0);
  const from = first - monthsIn[freq] + 1 - back;
  const held = await Promise.all(
    plan.sources.map(async (source) =>
      hold(source, plan, await ask({ ...source.query, to: last, ...(source.cumulated ? {} : { from }) })),
    ),
  );
  return groupsOf(plan, held, freq);
};

type Form = {
  readonly freq: IndicatorRequest['freq'];
  readonly change: readonly Comparison[];
  readonly decimals: number;
};

const rowsOf = (
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
  const changes = change.map((against) => {
    const earlier = figure(last - (against === 'year' ? 12 : monthsIn[freq]));
    return [against, changeOf(outcome, earlier, kind, decimals)] as const;
  });
  return {
    period: formatPeriod(last, freq),
    codes,
    value: outcome.value === null ? null : rounded(outcome.value, decimals),
    ...(outcome.value === null ? { reason: outcome.reason } : {}),
    ...(outcome.value !== null && settling ? { status: 'provisional' as const } : {}),
    ...(outcome.value !== null && outcome.atLeast ? { note: 'at-least' as const } : {}),
    ...(change.length === 0 ? {} : { changes: Object.fromEntries(changes) }),
  };
};

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
