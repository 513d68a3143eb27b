import type { Day, Month } from '@karnama/kernel';
import type { Agency } from './agencies.js';
import type { Fact } from './facts.js';

/** One version of a record, as the agency stated it, and the months in which it was delivered (one each time). */
export type Version = {
  readonly version: number;
  readonly fact: Fact;
  readonly reported: Day;
  readonly delivered: readonly Month[];
};

export type Withdrawal = {
  readonly id: string;
  readonly reported: Day;
  readonly delivered: readonly Month[];
};

/** A record of an agency with all that was ever delivered of it. */
export type SimulatedRecord = {
  readonly agency: Agency;
  readonly id: string;
  readonly versions: readonly Version[];
  readonly withdrawal: Withdrawal | null;
  /** Month in which it came in broken, before its first version or instead of it. */
  readonly broken: { readonly month: Month; readonly fact: Fact; readonly reported: Day } | null;
};

/** Takes what one chunk has to tell. */
export type Emit = (agency: Agency, fact: Fact) => void;
