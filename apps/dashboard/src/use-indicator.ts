import { useQuery } from '@tanstack/react-query';
import type { Release } from './api.js';
import type { IndicatorAnswer, IndicatorQuestion } from './indicator-api.js';
import { figuresQuery } from './indicator-queries.js';
import { releaseBefore } from './readings.js';

export type IndicatorFigures = {
  readonly shown: IndicatorAnswer | undefined;
  /** The same question to what the position is compared with, else to the release before it; undefined while it is read or is none. */
  readonly before: { readonly release: string; readonly answer: IndicatorAnswer } | undefined;
  /** Nothing more is to come. */
  readonly complete: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
};

/** A question at the position shown and at the release before it. Without a question nothing is asked. */
export const useIndicator = (
  question: Omit<IndicatorQuestion, 'asKnownAt'> | undefined,
  position: string | undefined,
  releases: readonly Release[] | undefined,
  vs?: string,
): IndicatorFigures => {
  const asked = question ?? { indicator: '', by: [], freq: 'M' as const };
  const earlier =
    vs !== undefined ? { name: vs } : releases === undefined ? undefined : releaseBefore(releases, position);
  const shown = useQuery({
    ...figuresQuery({ ...asked, asKnownAt: position ?? 'latest' }),
    enabled: question !== undefined,
  });
  const before = useQuery({
    ...figuresQuery({ ...asked, asKnownAt: earlier?.name ?? '' }),
    enabled: question !== undefined && earlier !== undefined,
  });
  const answer = before.data;
  return {
    shown: shown.data,
    before: earlier === undefined || answer === undefined ? undefined : { release: earlier.name, answer },
    complete:
      shown.data !== undefined && releases !== undefined && (earlier === undefined || !before.isPending),
    error: shown.data === undefined ? shown.error : null,
    retry: () => void shown.refetch(),
  };
};
