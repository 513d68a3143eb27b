import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { IndicatorSummary } from '../indicator-api.js';
import type { PageProps } from '../page-props.js';
import { releaseBefore } from '../readings.js';
import { batchQuery, type BatchQuestion } from './batch.js';
import { codeOf, toldBy, type Told } from './told.js';

export type Batch = {
  /** By what was asked; undefined while it is read. */
  readonly told: ReadonlyMap<string, Told> | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
};

/**
 * Several indicators at the position shown and at what it is compared with, else the release before it: two
 * questions, however many indicators there are. What the catalogue does not know is not asked.
 */
export const useBatch = (
  question: Omit<BatchQuestion, 'asKnownAt'>,
  page: PageProps,
  catalogue: readonly IndicatorSummary[] | undefined,
  { enabled = true, compared = true }: { readonly enabled?: boolean; readonly compared?: boolean } = {},
): Batch => {
  const { url, releases } = page;
  const asked = question.indicators.filter((one) => catalogue?.some(({ code }) => code === codeOf(one)));
  const known = { ...question, indicators: asked };
  const earlier =
    url.vs !== undefined
      ? { name: url.vs }
      : releases === undefined
        ? undefined
        : releaseBefore(releases, url.release);
  const usable = enabled && asked.length > 0;
  const shown = useQuery({
    ...batchQuery({ ...known, asKnownAt: url.release ?? 'latest' }),
    enabled: usable,
  });
  const before = useQuery({
    ...batchQuery({ ...known, asKnownAt: earlier?.name ?? '' }),
    enabled: usable && compared && earlier !== undefined,
  });
  const [answers, old, name, key] = [
    shown.data?.answers,
    before.data?.answers,
    earlier?.name,
    asked.join(' '),
  ];
  const told = useMemo(() => {
    if (answers === undefined || catalogue === undefined) return undefined;
    const compared = old === undefined || name === undefined ? undefined : { release: name, answers: old };
    return toldBy(key.split(' '), answers, compared, catalogue);
  }, [answers, old, name, key, catalogue]);
  return {
    told,
    error: shown.data === undefined ? shown.error : null,
    retry: () => void shown.refetch(),
  };
};
