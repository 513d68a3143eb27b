import { queryOptions } from '@tanstack/react-query';
import { readJson, type Answer, type View } from '../api.js';

export type Availability = {
  readonly knowledge: { readonly release: string; readonly epoch: number };
  readonly months: { readonly from: string; readonly to: string } | null;
  readonly dimensions: readonly {
    readonly code: string;
    readonly values: readonly { readonly code: string; readonly months: number }[];
  }[];
};

/** What the table asks the API; `by` is put in for the cells and for each of the totals. */
export type ExploreQuestion = {
  readonly dataflow: string;
  readonly measures: readonly string[];
  readonly where: Readonly<Record<string, readonly string[]>>;
  readonly from?: string;
  readonly to?: string;
  readonly asKnownAt: string;
  readonly view: View;
};

const filtersOf = (where: ExploreQuestion['where']): Record<string, string> =>
  Object.fromEntries(
    Object.keys(where)
      .sort()
      .flatMap((dimension) => {
        const codes = where[dimension] ?? [];
        return codes.length === 0 ? [] : [[dimension, codes.join(',')]];
      }),
  );

/** Commas and colons are no separators of a query string: left as they are, a request can be read. */
const readable = (query: URLSearchParams): string =>
  query.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%40', '@');

const parametersOf = (question: ExploreQuestion, by: readonly string[]): URLSearchParams =>
  new URLSearchParams({
    measure: question.measures.join(','),
    by: by.join(','),
    ...filtersOf(question.where),
    ...(question.from === undefined ? {} : { from: question.from }),
    ...(question.to === undefined ? {} : { to: question.to }),
    asKnownAt: question.asKnownAt,
    view: question.view,
  });

/** Address of the figures, relative to the page. */
export const exploreAddress = (
  question: ExploreQuestion,
  by: readonly string[],
  more: Readonly<Record<string, string>> = {},
): string => {
  const query = parametersOf(question, by);
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  return `api/data/${encodeURIComponent(question.dataflow)}?${readable(query)}`;
};

export const exploreMetadataAddress = (question: ExploreQuestion, by: readonly string[]): string =>
  exploreAddress(question, by).replace('?', '/metadata?');

const availabilityAddress = ({ dataflow, where, from, to, asKnownAt, view }: ExploreQuestion): string => {
  const query = new URLSearchParams({
    ...filtersOf(where),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    asKnownAt,
    view,
  });
  return `api/data/${encodeURIComponent(dataflow)}/availability?${readable(query)}`;
};

export const availabilityQuery = (question: ExploreQuestion) => {
  const address = availabilityAddress(question);
  return queryOptions({
    queryKey: ['data', address],
    queryFn: ({ signal }) => readJson<Availability>(address, signal),
  });
};

export const exploreQuery = (question: ExploreQuestion, by: readonly string[]) => {
  const address = exploreAddress(question, by);
  return queryOptions({
    queryKey: ['data', address],
    queryFn: ({ signal }) => readJson<Answer>(address, signal),
  });
};
