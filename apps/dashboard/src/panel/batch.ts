import { queryOptions } from '@tanstack/react-query';
import { readJson } from '../api.js';
import type { IndicatorAnswer } from '../indicator-api.js';

/** Several indicators asked the same at once; `JC@Q` asks one at a frequency of its own. */
export type BatchQuestion = {
  readonly indicators: readonly string[];
  readonly by: readonly string[];
  readonly area?: string;
  readonly from?: string;
  readonly to?: string;
  readonly asKnownAt: string;
};

export type BatchAnswer = {
  readonly knowledge: { readonly release: string; readonly epoch: number };
  readonly answers: readonly IndicatorAnswer[];
};

/** Address of the answers, relative to the page. */
export const batchAddress = ({ indicators, by, area, from, to, asKnownAt }: BatchQuestion): string => {
  const query = new URLSearchParams({
    indicators: indicators.join(','),
    ...(by.length === 0 ? {} : { by: by.join(',') }),
    ...(area === undefined ? {} : { area }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    asKnownAt,
    change: 'previous,year',
  });
  return `api/indicators/data?${query}`;
};

/** What a release tells never changes; what is known now is asked again when something new was counted. */
export const batchQuery = (question: BatchQuestion) =>
  queryOptions({
    queryKey: [question.asKnownAt === 'latest' ? 'data' : 'settled', 'batch', question],
    staleTime: question.asKnownAt === 'latest' ? 60_000 : Infinity,
    queryFn: ({ signal }) => readJson<BatchAnswer>(batchAddress(question), signal),
  });
