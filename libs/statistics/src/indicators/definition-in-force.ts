import { dayOf, KarnamaError, type Calendar, type Day } from '@karnama/kernel';
import { dayAt, type Position } from '../knowledge.js';
import type { Indicator } from './indicator.js';

const dayIn = (text: string): Day => {
  const day = dayOf(text);
  if (day === undefined)
    throw new KarnamaError('unexpected-value', `a definition holds through "${text}", which is no day`);
  return day;
};

/** An indicator with the definition that was in force, and the last day of that one; none for the present one. */
export type DefinedIndicator = { readonly indicator: Indicator; readonly through?: string };

/**
 * The indicator as it was defined at a time of knowledge: for a release on the day on which it was cut, for a
 * day on that day, else as it is defined now.
 */
export const definedAt = (
  indicator: Indicator,
  { closedAt, day }: Pick<Position, 'closedAt' | 'day'>,
  calendar: Calendar,
): DefinedIndicator => {
  if (closedAt === null) return { indicator };
  const then = day === undefined ? dayAt(closedAt, calendar) : dayIn(day);
  const earlier = indicator.versions?.find(({ through }) => then <= dayIn(through));
  if (earlier === undefined) return { indicator };
  const { through, definition, formula } = earlier;
  return { indicator: { ...indicator, definition, formula }, through };
};
