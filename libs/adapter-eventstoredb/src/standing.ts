import type { RecordedEvent } from '@karnama/kernel';
import type { Ledger } from '@karnama/ledger';
import { storeRestored } from './pages.js';

/** A checkpoint as a reader keeps it: a position of the ledger, and the id of the event that stands there. */
export type KeptStanding = { readonly position: bigint; readonly eventId: string };

type Standable = Pick<Ledger, 'head'> & {
  eventAt(position: bigint): Promise<Pick<RecordedEvent, 'id'> | undefined>;
};

/** What to keep with a checkpoint at this position; undefined at the beginning, and where no event stands. */
export const standingAt = async (ledger: Standable, position: bigint): Promise<KeptStanding | undefined> => {
  if (position === 0n) return undefined;
  const event = await ledger.eventAt(position);
  return event === undefined ? undefined : { position, eventId: event.id };
};

/**
 * Makes sure that the store still holds what a reader has read, before it goes on from there. The
 * server itself would step silently over everything that was written since it was restored.
 * @throws KarnamaError `store-restored` when the log ends before the position, no event stands there,
 * or another one does
 */
export const checkStanding = async (ledger: Standable, { position, eventId }: KeptStanding): Promise<void> => {
  if (position === 0n) return;
  const head = await ledger.head();
  if (head < position) throw storeRestored(position, `its newest event is at ${head}`);
  const there = await ledger.eventAt(position);
  if (there === undefined) throw storeRestored(position, 'no event stands there');
  if (there.id.toLowerCase() !== eventId.toLowerCase())
    throw storeRestored(position, `event ${there.id} stands there, not ${eventId}`);
};
