import { useQuery } from '@tanstack/react-query';
import type { Answer } from './api.js';
import { dataQuery } from './queries.js';
import { seriesQuestion, type Selection } from './selection.js';

export type SeriesAnswers = {
  /** As known at the chosen position. */
  readonly shown: Answer | undefined;
  /** As known now, when the chosen position is a release. */
  readonly today: Answer | undefined;
  readonly complete: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
};

/** The two answers the page compares; one when the position is now. */
export const useSeries = (selection: Selection): SeriesAnswers => {
  const then = selection.release !== undefined;
  const shown = useQuery(dataQuery(seriesQuestion(selection, selection.release ?? 'latest')));
  const today = useQuery({ ...dataQuery(seriesQuestion(selection, 'latest')), enabled: then });
  const failed = [shown, ...(then ? [today] : [])].filter(
    (query) => query.data === undefined && query.isError,
  );
  return {
    shown: shown.data,
    today: then ? today.data : undefined,
    complete: shown.data !== undefined && (!then || today.data !== undefined),
    error: failed[0]?.error ?? null,
    retry: () => failed.forEach((query) => void query.refetch()),
  };
};
