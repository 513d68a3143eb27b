import { queryOptions } from '@tanstack/react-query';
import { readJson } from './api.js';
import {
  indicatorAddress,
  type IndicatorAnswer,
  type IndicatorDescription,
  type IndicatorQuestion,
  type IndicatorSummary,
  type ReleaseChanges,
  type Triangle,
} from './indicator-api.js';
import type { Frequency } from './url-state.js';

/** What a release tells never changes; only what is known now does. */
const ageOf = (asKnownAt: string): number => (asKnownAt === 'latest' ? 60_000 : Infinity);

export const catalogueQuery = queryOptions({
  queryKey: ['catalogue'],
  staleTime: Infinity,
  queryFn: ({ signal }) =>
    readJson<{ indicators: readonly IndicatorSummary[] }>('api/indicators', signal).then(
      (body) => body.indicators,
    ),
});

export const indicatorQuery = (code: string) =>
  queryOptions({
    queryKey: ['indicator', code],
    queryFn: ({ signal }) =>
      readJson<IndicatorDescription>(`api/indicators/${encodeURIComponent(code)}`, signal),
  });

export const figuresQuery = (question: IndicatorQuestion) =>
  queryOptions({
    queryKey: [question.asKnownAt === 'latest' ? 'data' : 'settled', 'indicator', question],
    staleTime: ageOf(question.asKnownAt),
    queryFn: ({ signal }) => readJson<IndicatorAnswer>(indicatorAddress(question), signal),
  });

export const changesQuery = (release: string, since: string, area: string | undefined) =>
  queryOptions({
    queryKey: ['settled', 'changes', release, since, area],
    staleTime: Infinity,
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ since, ...(area === undefined ? {} : { area }) });
      return readJson<ReleaseChanges>(`api/releases/${encodeURIComponent(release)}/changes?${query}`, signal);
    },
  });

export const revisionsQuery = (code: string, freq: Frequency, area: string | undefined) =>
  queryOptions({
    queryKey: ['revisions', code, freq, area],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ freq, ...(area === undefined ? {} : { area }) });
      return readJson<Triangle>(`api/indicators/${encodeURIComponent(code)}/revisions?${query}`, signal);
    },
  });
