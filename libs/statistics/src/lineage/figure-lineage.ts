import type { Generation } from '@karnama/cells';
import {
  formatMonth,
  KarnamaError,
  monthIn,
  parseMonth,
  type Calendar,
  type Label,
  type RecordSource,
} from '@karnama/kernel';
import { keptDataflow, type Published } from '../catalogue.js';
import { indicatorIn, indicators } from '../indicators/catalogue.js';
import { formatPeriod, lastMonthOf, monthsIn } from '../indicators/period.js';
import { planOf } from '../indicators/plan.js';
import { filtersOf } from '../plan.js';
import { deliveryCounter } from './delivered.js';
import type {
  EntitiesRequest,
  FigureLineage,
  LineageEntities,
  LineageEntity,
  LineageEvent,
  LineageOptions,
  LineageRequest,
  LineageService,
  LineageTerm,
  Trail,
} from './request.js';
import { termsOf, type Term } from './terms.js';
import { entitiesIn, type ChosenTerm, type TracedEntity } from './traced-terms.js';

/** Lineage over the states of the registers, as they are now. */
export const createLineage = (options: LineageOptions): LineageService => ({
  figure: (request, signal) => figureOf(options, request, signal),
  entities: (request, signal) => entitiesOf(options, request, signal),
});

/** Terms of one projection, with their places in the whole list. */
type Part = {
  readonly published: Published;
  readonly generation: Generation;
  readonly chosen: readonly ChosenTerm[];
  readonly places: readonly number[];
};

type Followed = {
  readonly terms: readonly Term[];
  readonly parts: readonly Part[];
  readonly last: number;
};

/** The terms of the figure asked for, projection by projection. */
const follow = async (
  { store, calendar }: LineageOptions,
  { indicator: code, where, freq, month }: LineageRequest,
): Promise<Followed> => {
  const indicator = indicatorIn(indicators, code);
  planOf(indicator, { by: [], where, freq }, calendar);
  const last = lastMonthOf(monthIn(parseMonth(month), calendar), freq);
  const terms = termsOf(indicator.formula, { first: last - monthsIn[freq] + 1, last }, freq);
  const places = new Map<Published['projection'], number[]>();
  terms.forEach(({ dataflow }, at) => {
    const { projection } = keptDataflow(dataflow, calendar);
    places.set(projection, [...(places.get(projection) ?? []), at]);
  });
  const parts: Part[] = [];
  for (const own of places.values()) {
    const chosen = own.flatMap((at) => {
      const term = terms[at];
      if (term === undefined) return [];
      return [{ term, where: filtersOf(keptDataflow(term.dataflow, calendar), where) }];
    });
    const published = keptDataflow(chosen[0]?.term.dataflow ?? '', calendar);
    parts.push({ published, chosen, places: own, generation: await store.open(published.projection) });
  }
  return { terms, parts, last };
};

const isKept = ({ published }: Part): boolean => published.projection.register.stateless !== true;

/** What is followed stops when nobody waits for it any more. */
const whileWanted = async function* (
  traced: AsyncIterable<TracedEntity>,
  signal: AbortSignal | undefined,
): AsyncIterable<TracedEntity> {
  for await (const one of traced) {
    if (signal?.aborted === true) throw new KarnamaError('unavailable', 'nobody waits for the lineage');
    yield one;
  }
};

const sinceOf = async (
  { indicators: service, trail }: LineageOptions,
  since: string | undefined,
): Promise<bigint | undefined> => {
  if (since === undefined) return undefined;
  const { epoch } = await service.position(since);
  return epoch === null ? undefined : trail.endOf(epoch);
};

const figureOf = async (
  options: LineageOptions,
  request: LineageRequest,
  signal: AbortSignal | undefined,
): Promise<FigureLineage> => {
  const { store, calendar } = options;
  const { indicator, where, freq, since } = request;
  const { terms, parts, last } = await follow(options, request);
  const counter = deliveryCounter(await sinceOf(options, since));
  const sums = terms.map(() => 0n);
  const counts = terms.map(() => 0);
  let entities = 0;
  for (const part of parts.filter(isKept))
    for await (const traced of whileWanted(entitiesIn(store, part.generation, part.chosen), signal)) {
      entities++;
      counter.add(traced.sources);
      part.places.forEach((place, i) => {
        const value = traced.contributes[i] ?? 0;
        sums[place] = (sums[place] ?? 0n) + BigInt(value);
        if (value !== 0) counts[place] = (counts[place] ?? 0) + 1;
      });
    }
  const checkpoints = await Promise.all(parts.map(({ generation }) => store.checkpoint(generation)));
  const positions = checkpoints.map(({ position }) => position);
  return {
    indicator,
    freq,
    period: formatPeriod(last, freq),
    figure: await rowOf(options, { indicator, where, freq }, last),
    position: String(positions.reduce((least, one) => (one < least ? one : least), positions[0] ?? 0n)),
    since: since ?? null,
    terms: terms.map((term, at) => {
      const kept = parts.some((part) => part.places.includes(at) && isKept(part));
      return {
        ...describe(term, calendar),
        value: kept ? String(sums[at]) : null,
        entities: kept ? (counts[at] ?? 0) : null,
      };
    }),
    entities,
    deliveries: counter.counts(),
  };
};

/** The figure itself, as the indicator tells it. */
const rowOf = async (
  { indicators: service }: LineageOptions,
  question: Pick<LineageRequest, 'indicator' | 'where' | 'freq'>,
  last: number,
): Promise<FigureLineage['figure']> => {
  const month = formatMonth(last);
  const answer = await service.data({ ...question, by: [], from: month, to: month, asKnownAt: 'latest' });
  const row = answer.rows[0];
  if (row === undefined) return { value: null, reason: 'no-data' };
  const { value, reason, status, note } = row;
  return {
    value,
    ...(reason === undefined ? {} : { reason }),
    ...(status === undefined ? {} : { status }),
    ...(note === undefined ? {} : { note }),
  };
};

const describe = (
  { dataflow, measure, from, to }: Term,
  calendar: Calendar,
): Omit<LineageTerm, 'value' | 'entities'> => {
  const { measures } = keptDataflow(dataflow, calendar).dataflow;
  const spec = measures.find(({ code }) => code === measure);
  const plain: Label = { fa: measure, en: measure };
  return {
    dataflow,
    measure,
    name: spec?.name ?? plain,
    unit: spec?.unit ?? plain,
    from: from === null ? null : formatMonth(from),
    to: formatMonth(to),
  };
};

const eventOf = async (trail: Trail, { position }: RecordSource): Promise<LineageEvent | null> => {
  const event = await trail.eventAt(BigInt(position));
  if (event === undefined) return null;
  const { stream, revision, type, metadata } = event;
  return {
    stream,
    revision: String(revision),
    type,
    receivedAt: metadata.receivedAt,
    submission: metadata.submission ?? null,
  };
};

/** More records of one entity than a page of them is good for. */
const mostRecords = 200;

const entitiesOf = async (
  options: LineageOptions,
  request: EntitiesRequest,
  signal: AbortSignal | undefined,
): Promise<LineageEntities> => {
  const { store, trail } = options;
  const { terms, parts } = await follow(options, request);
  const [kindAfter, ...rest] = (request.after ?? '').split('/');
  const entityAfter = rest.join('/');
  const kept = parts.filter(isKept).sort((a, b) => (kindOf(a) < kindOf(b) ? -1 : 1));
  const found: LineageEntity[] = [];
  for (const part of kept) {
    const kind = kindOf(part);
    if (request.after !== undefined && kind < (kindAfter ?? '')) continue;
    for await (const traced of whileWanted(entitiesIn(store, part.generation, part.chosen), signal)) {
      if (request.after !== undefined && kind === kindAfter && traced.entity <= entityAfter) continue;
      if (found.length === request.limit) return { entities: found, next: nameOf(found.at(-1)) };
      const contributes = terms.map(() => 0);
      part.places.forEach((place, i) => (contributes[place] = traced.contributes[i] ?? 0));
      const records = [];
      for (const source of traced.sources.slice(0, mostRecords))
        records.push({ ...source, event: await eventOf(trail, source) });
      found.push({ entity: traced.entity, kind, contributes, records });
    }
  }
  return { entities: found, next: null };
};

const kindOf = ({ published }: Part): string => published.projection.name;

const nameOf = (entity: LineageEntity | undefined): string | null =>
  entity === undefined ? null : `${entity.kind}/${entity.entity}`;
