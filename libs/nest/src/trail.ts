import { epochClosed, epochStream, type EpochClosed } from '@karnama/kernel';
import type { Ledger } from '@karnama/ledger';
import type { Trail } from '@karnama/statistics';

const page = 500;

/** Position of the event that closed an epoch. */
const endOf = async (ledger: Ledger, epoch: number): Promise<bigint | undefined> => {
  for (let from = 0n; ; from += BigInt(page)) {
    const events = await ledger.readStream(epochStream, from, page);
    const end = events.find(
      ({ type, data }) => type === epochClosed && (data as EpochClosed).epoch === epoch,
    );
    if (end !== undefined || events.length < page) return end?.position;
  }
};

/** What lineage asks the ledger, of any ledger. */
export const trailOf = (ledger: Ledger): Trail => ({
  eventAt: async (position) => {
    const [event] = (await ledger.readAll(position - 1n, {}, 1)).events;
    return event?.position === position ? event : undefined;
  },
  endOf: (epoch) => endOf(ledger, epoch),
});
