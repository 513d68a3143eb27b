import { hashKey, type QueryClient, type QueryKey } from '@tanstack/react-query';
import type { IndicatorAnswer, IndicatorRow } from '../indicator-api.js';

/** A figure that became another one while the page was open. */
export type Fresh = { readonly before: string | null; readonly value: string | null; readonly at: number };

/** Figures of one answer that changed, by period and codes. */
export type FreshFigures = ReadonlyMap<string, Fresh>;

export const none: FreshFigures = new Map();

/** Period and codes of a row name its figure. */
export const figureKey = (row: IndicatorRow, by: readonly string[]): string =>
  [row.period, ...by.map((dimension) => row[dimension] ?? '')].join('|');

/** What a later answer to the same question tells otherwise; what was marked before stays so while it differs from then. */
export const freshIn = (
  before: IndicatorAnswer,
  after: IndicatorAnswer,
  marked: FreshFigures,
  at: number,
): FreshFigures => {
  const values = new Map(before.rows.map((row) => [figureKey(row, before.by), row.value]));
  const found = new Map<string, Fresh>();
  for (const row of after.rows) {
    const key = figureKey(row, after.by);
    const known = marked.get(key);
    const first = known === undefined ? (values.get(key) ?? null) : known.before;
    if (first === row.value) continue;
    const moved = (values.get(key) ?? null) !== row.value;
    found.set(key, { before: first, value: row.value, at: moved ? at : (known?.at ?? at) });
  }
  return found;
};

/** Changed figures of the answers on the page, by the hash of their question. */
let marks: ReadonlyMap<string, FreshFigures> = new Map();
const listeners = new Set<() => void>();

const become = (next: typeof marks): void => {
  marks = next;
  for (const listener of listeners) listener();
};

export const freshMarks = (): ReadonlyMap<string, FreshFigures> => marks;

export const onFreshMarks = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The reader has seen them. */
export const forgetFresh = (): void => become(new Map());

const isFigures = (key: QueryKey): boolean => key[0] === 'data' && key[1] === 'indicator';

/** Watches answers that are read again, and remembers which of their figures became others. */
export const watchFresh = (client: QueryClient): void => {
  const last = new Map<string, IndicatorAnswer>();
  client.getQueryCache().subscribe((event) => {
    const { query } = event;
    if (!isFigures(query.queryKey as QueryKey)) return;
    if (event.type === 'removed') {
      last.delete(query.queryHash);
      return;
    }
    if (event.type !== 'updated' || event.action.type !== 'success') return;
    const answer = query.state.data as IndicatorAnswer;
    const before = last.get(query.queryHash);
    last.set(query.queryHash, answer);
    if (before === undefined || before === answer) return;
    const marked = marks.get(query.queryHash) ?? none;
    const fresh = freshIn(before, answer, marked, Date.now());
    if (fresh.size === 0 && marked.size === 0) return;
    become(new Map([...marks, [query.queryHash, fresh]]));
  });
};

export const hashOf = (key: QueryKey): string => hashKey(key);
