import type { Month } from '@karnama/kernel';
import type { Movement } from './movement.js';
import type { Options } from './options.js';
import { movementsIn } from './world.js';

/** What the ministry learns in one month of reporting. */
export type Delivery = {
  readonly month: Month;
  /** Declared this month: first those of the month itself, then late ones of earlier months. */
  readonly declared: readonly Movement[];
  /** Declared earlier, retracted this month. */
  readonly retracted: readonly Movement[];
  /** Movements kept back for later months: all that is in memory beside this delivery. */
  readonly waiting: number;
};

/** Movements by the month in which they are due. */
type Queue = Map<Month, Movement[]>;

const put = (queue: Queue, month: Month, movement: Movement): void => {
  const due = queue.get(month);
  if (due === undefined) queue.set(month, [movement]);
  else due.push(movement);
};

const take = (queue: Queue, month: Month): readonly Movement[] => {
  const due = queue.get(month) ?? [];
  queue.delete(month);
  return due;
};

const sizeOf = (queue: Queue): number => [...queue.values()].reduce((sum, due) => sum + due.length, 0);

/** The reporting months in order. Only what is late or to be retracted is kept from one month to the next. */
export function* deliveries(options: Options): Generator<Delivery> {
  const late: Queue = new Map();
  const toRetract: Queue = new Map();
  for (let month = options.first; month <= options.last; month += 1) {
    const onTime: Movement[] = [];
    for (const movement of movementsIn(options, month)) {
      if (movement.declared === month) onTime.push(movement);
      else put(late, movement.declared, movement);
    }
    const declared = [...onTime, ...take(late, month)];
    for (const movement of declared)
      if (movement.retracted !== null) put(toRetract, movement.retracted, movement);
    const retracted = take(toRetract, month);
    yield { month, declared, retracted, waiting: sizeOf(late) + sizeOf(toRetract) };
  }
}
