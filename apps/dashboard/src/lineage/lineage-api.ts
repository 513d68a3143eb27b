import { queryOptions } from '@tanstack/react-query';
import { Problem, readJson, Unreachable, type Label } from '../api.js';
import type { Reason } from '../indicator-api.js';
import type { Frequency } from '../url-state.js';

/** A figure whose records are asked for. */
export type LineageQuestion = {
  readonly indicator: string;
  readonly freq: Frequency;
  /** A month of the period. */
  readonly month: string;
  readonly area?: string;
  /** Records that came in after this release are counted apart. */
  readonly since?: string;
};

export type LineageTerm = {
  readonly dataflow: string;
  readonly measure: string;
  readonly name: Label;
  readonly unit: Label;
  readonly from: string | null;
  readonly to: string;
  readonly value: string | null;
  readonly entities: number | null;
};

export type FigureLineage = {
  readonly indicator: string;
  readonly freq: Frequency;
  readonly period: string;
  readonly figure: { readonly value: string | null; readonly reason?: Reason };
  readonly position: string;
  readonly since: string | null;
  readonly terms: readonly LineageTerm[];
  readonly entities: number;
  readonly deliveries: readonly {
    readonly agency: string;
    readonly contract: string;
    readonly entities: number;
    readonly records: number;
    readonly withdrawn: number;
    readonly since: number | null;
  }[];
};

export type LineageRecord = {
  readonly agency: string;
  readonly contract: string;
  readonly recordId: string;
  readonly version: number;
  readonly withdrawn: boolean;
  readonly event: {
    readonly stream: string;
    readonly revision: string;
    readonly type: string;
    readonly receivedAt: string;
    readonly submission: string | null;
  } | null;
};

export type LineageEntities = {
  readonly entities: readonly {
    readonly entity: string;
    readonly kind: string;
    readonly contributes: readonly number[];
    readonly records: readonly LineageRecord[];
  }[];
  readonly next: string | null;
};

const addressOf = (
  question: LineageQuestion,
  path: string,
  more: Readonly<Record<string, string>>,
): string => {
  const { indicator, freq, month, area, since } = question;
  const query = new URLSearchParams({
    month,
    freq,
    ...(area === undefined ? {} : { area }),
    ...(since === undefined ? {} : { since }),
    ...more,
  });
  return `api/indicators/${encodeURIComponent(indicator)}/${path}?${query}`;
};

/** Records behind a figure as known now; kept until something new was counted. */
export const lineageQuery = (question: LineageQuestion) =>
  queryOptions({
    queryKey: ['data', 'lineage', question],
    queryFn: ({ signal }) => readJson<FigureLineage>(addressOf(question, 'lineage', {}), signal),
  });

/** Entities of a page. @throws Problem `audit-token-refused`, `audit-closed` and others; Unreachable */
const readEntities = async (
  question: LineageQuestion,
  token: string,
  after: string | undefined,
  signal: AbortSignal,
): Promise<LineageEntities> => {
  const { since: _, ...figure } = question;
  const address = addressOf(figure, 'lineage/entities', {
    limit: '10',
    ...(after === undefined ? {} : { after }),
  });
  let response: Response;
  try {
    response = await fetch(address, {
      headers: { accept: 'application/json', authorization: `Bearer ${token}` },
      signal,
    });
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    throw new Unreachable(String(thrown));
  }
  if (response.ok) return (await response.json()) as LineageEntities;
  const body = (await response.json().catch(() => ({}))) as Partial<
    Record<'code' | 'detail' | 'mend', string>
  >;
  throw new Problem(response.status, body.code ?? 'http-error', body.detail ?? '', body.mend);
};

/** Never kept longer than it is shown, and never asked again by itself. */
export const entitiesQuery = (question: LineageQuestion, token: string, after: string | undefined) =>
  queryOptions({
    queryKey: ['audit', question, after, token],
    gcTime: 0,
    staleTime: Infinity,
    retry: false,
    queryFn: ({ signal }) => readEntities(question, token, after, signal),
  });
