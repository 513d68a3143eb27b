import { useQuery } from '@tanstack/react-query';
import type { Release } from '../api.js';
import type { IndicatorSummary } from '../indicator-api.js';
import { usePositionName } from '../knowledge/use-position-name.js';
import type { Headline } from '../overview/headline.js';
import type { UrlState } from '../url-state.js';
import type { IndicatorComparison, KnowledgeComparison } from './comparison-api.js';
import { comparisonQuery } from './comparison-queries.js';

export type Compared = {
  readonly comparison: KnowledgeComparison | undefined;
  /** The positions in words, the earlier one first. */
  readonly from: string;
  readonly to: string;
  readonly of: (indicator: string) => IndicatorComparison | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
};

/**
 * The position of the page and the one it is compared with; undefined while nothing is compared.
 * @param area empty while the areas are not known yet
 */
export const useComparison = (
  url: UrlState,
  releases: readonly Release[] | undefined,
  asked: readonly Headline[],
  catalogue: readonly IndicatorSummary[],
  area: string,
): Compared | undefined => {
  const nameOf = usePositionName(releases);
  const indicators = asked.filter(({ code }) => catalogue.some((one) => one.code === code));
  const byArea = indicators.some(
    ({ code }) => catalogue.find((one) => one.code === code)?.dimensions.includes('area') === true,
  );
  const query = useQuery({
    ...comparisonQuery({
      from: url.vs ?? '',
      to: url.release ?? 'latest',
      indicators,
      ...(byArea ? { area } : {}),
    }),
    enabled: url.vs !== undefined && indicators.length > 0 && area !== '',
  });
  if (url.vs === undefined) return undefined;
  const { data } = query;
  return {
    comparison: data,
    from: nameOf(data?.from.name ?? url.vs),
    to: nameOf(data?.to.name ?? url.release),
    of: (code) => data?.indicators.find(({ indicator }) => indicator === code),
    error: data === undefined ? query.error : null,
    retry: () => void query.refetch(),
  };
};
