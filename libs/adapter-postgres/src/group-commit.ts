import { Unavailable } from '@karnama/kernel';
import type { Appended } from '@karnama/ledger';
import type { Outcome, PreparedWrite } from './ledger-append.js';

type Call = {
  /** What is still to be stored. */
  pending: readonly PreparedWrite[];
  readonly events: number;
  readonly text: number;
  readonly done: Map<string, Appended>;
  readonly resolve: (done: ReadonlyMap<string, Appended>) => void;
  readonly reject: (error: unknown) => void;
};

/** Stores every write or none; see `appendStatement`. */
export type Store = (writes: readonly PreparedWrite[]) => Promise<readonly Outcome[]>;

/**
 * While one statement holds the ledger the next may already be on its way to it, if it is large;
 * small calls do better to wait and share one commit.
 */
const LANES = 2;
const WORTH_A_LANE = 250;
const MOST_EVENTS = 2_000;
const MOST_TEXT = 8_000_000;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

const sizeOf = (writes: readonly PreparedWrite[]) => {
  const events = writes.flatMap((write) => write.events);
  return {
    events: events.length,
    text: sum(events.map(({ data, metadata }) => data.length + metadata.length)),
  };
};

const isLarge = (queue: readonly Call[]): boolean =>
  queue.length >= WORTH_A_LANE || sum(queue.map((call) => call.events)) >= WORTH_A_LANE;

/** The longest run of calls at the front that fits one statement: not too much, and each stream once. */
const takeGroup = (queue: Call[]): Call[] => {
  const streams = new Set<string>();
  let [events, text] = [0, 0];
  const end = queue.findIndex((call, index) => {
    events += call.events;
    text += call.text;
    const small = events <= MOST_EVENTS && text <= MOST_TEXT;
    const fits = index === 0 || (small && !call.pending.some((write) => streams.has(write.stream)));
    for (const write of call.pending) streams.add(write.stream);
    return !fits;
  });
  return queue.splice(0, end === -1 ? queue.length : end);
};

/** Settles what can be settled of a call; true when a part of it must be tried again. */
const settle = (call: Call, outcomes: readonly Outcome[]): boolean => {
  const conflict = outcomes.find((outcome) => outcome.kind === 'conflict');
  if (conflict !== undefined) {
    call.pending = [];
    call.reject(conflict.error);
    return false;
  }
  for (const outcome of outcomes)
    if (outcome.kind === 'done') call.done.set(outcome.appended.stream, outcome.appended);
  call.pending = call.pending.filter((write) => !call.done.has(write.stream));
  if (call.pending.length === 0) call.resolve(call.done);
  return call.pending.length > 0;
};

const storeGroup = async (store: Store, group: readonly Call[]): Promise<void> => {
  let rest = group;
  while (rest.length > 0) {
    const outcomes = await store(rest.flatMap((call) => call.pending));
    let at = 0;
    rest = rest.filter((call) => {
      const from = at;
      at += call.pending.length;
      return settle(call, outcomes.slice(from, at));
    });
  }
};

/** A statement that the server refuses must not take innocent calls with it: each is tried alone. */
const storeSafely = async (store: Store, group: readonly Call[]): Promise<void> => {
  try {
    await storeGroup(store, group);
  } catch (error) {
    const open = group.filter((call) => call.pending.length > 0);
    if (error instanceof Unavailable || open.length === 1) for (const call of open) call.reject(error);
    else for (const call of open) await storeSafely(store, [call]);
  }
};

/**
 * Coalesces calls that wait at the same moment into one statement, and so into one commit; a lone
 * call goes at once. Each call is stored whole or not at all, whatever becomes of the others.
 */
export const groupCommit = (
  store: Store,
): ((writes: readonly PreparedWrite[]) => Promise<ReadonlyMap<string, Appended>>) => {
  const queue: Call[] = [];
  let busy = 0;
  const pump = (): void => {
    while (queue.length > 0 && (busy === 0 || (busy < LANES && isLarge(queue)))) {
      busy += 1;
      void storeSafely(store, takeGroup(queue)).finally(() => {
        busy -= 1;
        pump();
      });
    }
  };
  return (writes) =>
    new Promise((resolve, reject) => {
      queue.push({ pending: writes, ...sizeOf(writes), done: new Map(), resolve, reject });
      pump();
    });
};
