import type { CellGroup, CellQuery, CellSeries, CellStore, Generation } from '@karnama/cells';
import {
  calendarOf,
  formatMonth,
  monthIn,
  parseMonth,
  KarnamaError,
  type Calendar,
  type Month,
} from '@karnama/kernel';
import { correctionsOf, keptDataflow } from '../catalogue.js';
import {
  knowledgeAt,
  positionOf,
  type EpochClosing,
  type History,
  type Position,
  type Releases,
} from '../knowledge.js';
import type { Knowledge } from '../request.js';
import { indicators as everyIndicator, indicatorIn } from './catalogue.js';
import { definedAt, type DefinedIndicator } from './definition-in-force.js';
import { deliveriesBetween } from './deliveries.js';
import { reachOf, usesIn, type Expression } from './expression.js';
import { groupsOf, hold } from './group-cells.js';
import { themes, type Indicator } from './indicator.js';
import { lastMonthOf, monthsIn, periodsBetween } from './period.js';
import { planOf, type IndicatorPlan, type Source } from './plan.js';
import type {
  IndicatorAnswer,
  IndicatorDescription,
  IndicatorRequest,
  IndicatorService,
  IndicatorSummary,
} from './request.js';
import { rowsOf, type Span } from './rows.js';
import { askTogether, readOnce, type Reads, type SeriesAsked } from './shared-reads.js';
import { negated } from './whole-sums.js';
import { formulaInWords } from './words.js';

export type IndicatorOptions = {
  readonly store: CellStore;
  readonly releases: Releases;
  /** Every epoch that was closed, oldest first; those of the releases when it is left away. */
  readonly closings?: () => Promise<readonly EpochClosing[]>;
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
  closings,
  calendar,
  head,
  indicators = everyIndicator,
}: IndicatorOptions): IndicatorService => {
  const past: History = { releases, closings, calendar };
  const answers = (requests: readonly IndicatorRequest[]): Promise<readonly IndicatorAnswer[]> =>
    answersTo(store, past, calendar, indicators, requests);
  return {
    list: () => indicators.map(summaryOf),
    releases,
    position: (asked) => positionOf(past, asked),
    describe: async (code) => describe(store, calendar, head, indicatorIn(indicators, code)),
    data: async (request) => (await answers([request]))[0] as IndicatorAnswer,
    dataOf: answers,
    stamp: (dataflows) => stampOf(store, calendar, dataflows),
    span: async () => monthsOf(await spanIn(store, calendar, 'DELIVERY')),
    deliveries: (after, through) => deliveriesBetween(store, calendar, after, through),
  };
};

const summaryOf = (indicator: Indicator): IndicatorSummary => {
  const { code, name, theme, unit, decimals, kind, frequencies, dimensions, additivity } = indicator;
  const { requiredDimensions, ripeMonths, sources } = indicator;
  return {
    code,
    name,
    theme: { code: theme, name: themes[theme] },
    unit,
    decimals,
    kind,
    frequencies,
    dimensions,
    dataflows: dataflowsOf(indicator),
    sources,
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

/** The span as known now. */
const spanIn = async (store: CellStore, calendar: Calendar, code: string): Promise<Span | undefined> => {
  const { projection, dataflow } = keptDataflow(code, calendar);
  return spanOf(store.query(await store.open(projection), monthsHeld(dataflow.code, undefined)));
};

const monthsOf = (span: Span | undefined): { readonly first: string; readonly last: string } | null =>
  span === undefined ? null : { first: formatMonth(span.begin), last: formatMonth(span.horizon) };

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
  const span = await spanIn(store, calendar, spanSource(indicator));
  const { definition, referenceTime, sources, caveats, reference } = indicator;
  const end = await head?.();
  const inWords = (formula: Expression) => ({
    fa: formulaInWords(formula, 'fa', calendar),
    en: formulaInWords(formula, 'en', calendar),
  });
  return {
    ...summaryOf(indicator),
    definition,
    referenceTime,
    sources,
    ...(caveats === undefined ? {} : { caveats }),
    reference,
    formula: inWords(indicator.formula),
    versions: (indicator.versions ?? []).map(({ through, definition: then, formula }) => ({
      through,
      definition: then,
      formula: inWords(formula),
    })),
    dataflows,
    coverage: monthsOf(span),
    freshness: {
      position: position.toString(),
      epoch: Math.min(...checkpoints.map(({ epoch }) => epoch)),
      lag: end === undefined ? null : (end > position ? end - position : 0n).toString(),
    },
  };
};

/** What says of which state the figures of dataflows are: another one as soon as one of them may be another. */
const stampOf = async (
  store: CellStore,
  calendar: Calendar,
  dataflows: readonly string[],
): Promise<string> => {
  const projections = new Set(dataflows.map((code) => keptDataflow(code, calendar).projection));
  const states = await Promise.all(
    [...projections].map(async (projection) => {
      const generation = await store.open(projection);
      const { position, parts, epoch } = await store.checkpoint(generation);
      return `${projection.name}/${generation.number}@${(parts ?? [position]).join()}/${epoch}`;
    }),
  );
  return states.sort().join(' ');
};

/** A reading of cells that adds to a figure, or is taken away from it. */
type Reading = { readonly asked: SeriesAsked; readonly sign: 1 | -1 };

/** A question whose cells are known but not yet read. */
type Prepared = {
  readonly request: IndicatorRequest;
  readonly defined: DefinedIndicator;
  readonly plan: IndicatorPlan;
  readonly knowledge: Knowledge;
  readonly span: Span | undefined;
  readonly periods: readonly Month[];
  /** For each source of the plan what it is read of; none when there are no periods. */
  readonly readings: readonly (readonly Reading[])[];
};

/** Answers questions together: what several of them need of the cells is read once. */
const answersTo = async (
  store: CellStore,
  past: History,
  calendar: Calendar,
  indicators: readonly Indicator[],
  requests: readonly IndicatorRequest[],
): Promise<readonly IndicatorAnswer[]> => {
  const reads = readOnce(store);
  const known = rememberedKnowledge(reads, past);
  const prepared = await Promise.all(
    // async: a question that is refused at once must not leave the others without anyone who waits for them
    requests.map(async (request) =>
      prepare(reads, known, calendar, indicatorIn(indicators, request.indicator), request),
    ),
  );
  const series = await askTogether(
    store,
    prepared.flatMap(({ readings }) => readings.flat().map(({ asked }) => asked)),
  );
  let next = 0;
  return prepared.map((one) => {
    const read = one.readings.map((own) =>
      own.flatMap(({ sign }) => {
        const found = series[next++] ?? [];
        return sign === 1 ? found : found.map(takenAway);
      }),
    );
    return answerOf(one, read);
  });
};

const takenAway = (series: CellSeries): CellSeries => ({
  ...series,
  sums: series.sums.map((measure) => measure.map(negated)),
});

type PastKnowledge = {
  knowledge(generations: readonly Generation[], asKnownAt: string): Promise<Knowledge>;
  position(asked: string): Promise<Position>;
};

/** The releases are read once, however many questions name one. */
const rememberedKnowledge = (reads: Reads, past: History): PastKnowledge => {
  let releases: ReturnType<Releases> | undefined;
  let closings: ReturnType<NonNullable<History['closings']>> | undefined;
  const own: History = {
    ...past,
    releases: () => (releases ??= past.releases()),
    ...(past.closings === undefined
      ? {}
      : { closings: () => (closings ??= past.closings?.() ?? Promise.resolve([])) }),
  };
  return {
    knowledge: (generations, asKnownAt) => knowledgeAt(reads, generations, own, asKnownAt),
    position: (asked) => positionOf(own, asked),
  };
};

const prepare = async (
  reads: Reads,
  past: PastKnowledge,
  calendar: Calendar,
  today: Indicator,
  request: IndicatorRequest,
): Promise<Prepared> => {
  const { definedAt: at, withoutCorrectionsSince: since } = request;
  const defined =
    at === undefined ? { indicator: today } : definedAt(today, await past.position(at), calendar);
  const { indicator } = defined;
  const plan = planOf(indicator, request, calendar);
  const spans = keptDataflow(spanSource(indicator), calendar);
  const projections = new Set([
    spans.projection,
    ...plan.sources.map(({ published }) => published.projection),
  ]);
  const generations = new Map<unknown, Generation>();
  for (const projection of projections) generations.set(projection, await reads.open(projection));
  const generationOf = (projection: unknown): Generation => generations.get(projection) as Generation;
  const knowledge = await past.knowledge([...generations.values()], request.asKnownAt);
  const maxEpoch = request.asKnownAt === 'latest' ? undefined : knowledge.epoch;
  const span = await spanOf(
    reads.query(generationOf(spans.projection), monthsHeld(spans.dataflow.code, maxEpoch)),
  );
  const periods = periodsAsked(request, span, calendar);
  const range = monthsNeeded(plan, request, periods);
  const uncorrectedSince = since === undefined ? null : (await past.position(since)).epoch;
  const readings =
    range === undefined
      ? []
      : plan.sources.map((source) =>
          readingsOf(source, generationOf(source.published.projection), range, maxEpoch, uncorrectedSince),
        );
  return { request, defined, plan, knowledge, span, periods, readings };
};

/** All cells of a source up to an epoch, less those that corrections of later epochs than `since` made. */
const readingsOf = (
  { published, cumulated, query }: Source,
  generation: Generation,
  range: { readonly from: Month; readonly to: Month },
  maxEpoch: number | undefined,
  since: number | null,
): readonly Reading[] => {
  const reading = (sign: 1 | -1, dataflow: string, through: number | undefined): Reading => ({
    sign,
    asked: {
      generation,
      query: {
        ...query,
        dataflow,
        to: range.to,
        ...(cumulated ? {} : { from: range.from }),
        ...(through === undefined ? {} : { maxEpoch: through }),
      },
    },
  });
  const all = reading(1, query.dataflow, maxEpoch);
  const corrected = correctionsOf(published)?.code;
  if (corrected === undefined || since === null || (maxEpoch ?? Infinity) <= since) return [all];
  return [all, reading(-1, corrected, maxEpoch), reading(1, corrected, since)];
};

const answerOf = (
  { request, defined, plan, knowledge, span, periods }: Prepared,
  series: readonly (readonly CellSeries[])[],
): IndicatorAnswer => {
  const { indicator } = plan;
  const { freq, change = [], decimals = indicator.decimals } = request;
  const held = series.map((one, i) => hold(plan.sources[i] as Source, plan, one));
  const groups = series.length === 0 ? [] : groupsOf(plan, held, freq);
  return {
    indicator: indicator.code,
    freq,
    by: plan.by.map(({ name }) => name),
    unit: indicator.unit,
    decimals,
    kind: indicator.kind,
    change,
    knowledge,
    ...(defined.through === undefined ? {} : { definedThrough: defined.through }),
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

/** The months whose cells figures of the periods are made of; undefined when there are no periods. */
const monthsNeeded = (
  { indicator: { formula } }: IndicatorPlan,
  { freq, change = [] }: IndicatorRequest,
  periods: readonly Month[],
): { readonly from: Month; readonly to: Month } | undefined => {
  const [first, last] = [periods[0], periods.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const back = reachOf(formula) + (change.length > 0 ? 12 : 0);
  return { from: first - monthsIn[freq] + 1 - back, to: last };
};
