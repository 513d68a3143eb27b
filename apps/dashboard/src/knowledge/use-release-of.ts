import { useQuery } from '@tanstack/react-query';
import type { Release } from '../api.js';
import { positionQuery } from '../compare/comparison-queries.js';
import { kindOf } from './position.js';

/**
 * The newest release that a position knows: itself, for a day the last one that was cut by its end, and now
 * the last of all. Undefined while it is not known, and where there was none.
 */
export const useReleaseOf = (
  position: string | undefined,
  releases: readonly Release[] | undefined,
): string | undefined => {
  const isDay = releases !== undefined && kindOf(position, releases) === 'day';
  const { data } = useQuery({ ...positionQuery(position ?? 'latest'), enabled: isDay });
  if (isDay) return data?.release ?? undefined;
  return position ?? releases?.at(-1)?.name;
};
