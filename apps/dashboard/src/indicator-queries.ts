import { queryOptions } from '@tanstack/react-query';
import { readJson } from './api.js';
import { readFigures } from './figure-batches.js';
import type {
  IndicatorDescription,
  IndicatorQuestion,
  IndicatorSummary,
  ReleaseChanges,
  Triangle,
} from './indicator-api.js';
import type { Frequency } from './url-state.js';

/** What a release tells never changes; what is known now does, and what a day tells may until it is over. */
export const isSettled = (asKnownAt: string): boolean =>
  asKnownAt !== 'latest' && !/^\d{4}-\d{2}-\d{2}$/.test(asKnownAt);

const ageOf = (asKnownAt: string): number => (isSettled(asKnownAt) ? Infinity : 60_000);

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
    queryKey: [isSettled(question.asKnownAt) ? 'settled' : 'data', 'indicator', question],
    staleTime: ageOf(question.asKnownAt),
    queryFn: ({ signal }) => readFigures(question, signal),
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
