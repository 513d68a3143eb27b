import { feedOf } from '@karnama/intake';
import { pause } from '@karnama/nest';
import type { Footing } from './footing.js';
import { topicPrefix, type Workers } from './workers.js';

const lookAgainMs = 50;

export type Backlog = { readonly records: bigint; readonly events: bigint };

/** Records that are published and not yet in the ledger. */
const recordsWaiting = async ({ channel, ledger }: Footing): Promise<bigint> => {
  let records = 0n;
  for (const { topic, partitions } of await channel.topics(topicPrefix))
    for (const { partition, end } of partitions) {
      const last = await ledger.lastEvent(feedOf(topic, partition, topicPrefix).stream);
      records += end - (last === undefined ? 0n : BigInt(last.metadata.source?.offset ?? -1) + 1n);
    }
  return records;
};

/** What is still on its way: records not yet in the ledger, events not yet counted by the slowest projection. */
export const backlogOf = async (footing: Footing): Promise<Backlog> => {
  const { ledger, cells, projections } = footing;
  const records = await recordsWaiting(footing);
  const head = await ledger.head();
  let events = 0n;
  for (const projection of projections) {
    const { position } = await cells.checkpoint(await cells.open(projection));
    if (head - position > events) events = head - position;
  }
  return { records, events };
};

/**
 * Waits until everything published so far is in the ledger and counted, by whichever process does it.
 * @throws what a worker of this process failed with
 */
export const settle = async (
  footing: Footing,
  workers: Workers,
  signal: AbortSignal,
  onBacklog?: (backlog: Backlog) => void,
): Promise<void> => {
  while (!signal.aborted) {
    const backlog = await Promise.race([backlogOf(footing), workers.failed]);
    onBacklog?.(backlog);
    if (backlog.records === 0n && backlog.events === 0n) return;
    await Promise.race([pause(lookAgainMs, signal), workers.failed]);
  }
};

/** Waits until everything published so far is in the ledger. @throws what a worker of this process failed with */
export const settleIntake = async (
  footing: Footing,
  workers: Workers,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    if ((await Promise.race([recordsWaiting(footing), workers.failed])) === 0n) return;
    await Promise.race([pause(lookAgainMs, signal), workers.failed]);
  }
};
