import type { Month } from '@karnama/kernel';

/** What is to happen in later months of a chunk. */
export type Schedule = {
  readonly later: (month: Month, happen: () => void) => void;
  /** Lets happen what is due in the month. */
  readonly due: (month: Month) => void;
};

export const newSchedule = (): Schedule => {
  const waiting = new Map<Month, (() => void)[]>();
  return {
    later: (month, happen) => {
      const list = waiting.get(month);
      if (list === undefined) waiting.set(month, [happen]);
      else list.push(happen);
    },
    due: (month) => {
      for (const happen of waiting.get(month) ?? []) happen();
      waiting.delete(month);
    },
  };
};
