import { lastDayOf, type Day } from '@karnama/kernel';
import type { Fact } from './facts.js';

/** The day that a fact is of: its first or last day, or the last day of its month. */
export const dayOfFact = (fact: Fact): Day => {
  if ('lastDay' in fact) return fact.lastDay;
  if ('month' in fact) return lastDayOf(fact.month);
  return fact.day;
};
