import { KarnamaError } from '@karnama/kernel';
import type { StreamWrite } from './ledger.js';

/**
 * What every adapter refuses before it stores anything: a write without events, a stream written twice in
 * one call, an expected revision that no stream can have.
 * @throws KarnamaError `write-without-events`, `stream-written-twice`, `revision-out-of-range`
 */
export const checkWrites = (writes: readonly StreamWrite[]): void => {
  const streams = new Set<string>();
  for (const { stream, expected, events } of writes) {
    if (events.length === 0)
      throw new KarnamaError('write-without-events', `the write to ${stream} holds no event`);
    if (streams.has(stream))
      throw new KarnamaError('stream-written-twice', `one call writes ${stream} twice`);
    streams.add(stream);
    if (typeof expected === 'bigint' && (expected < 0n || expected >= 2n ** 63n))
      throw new KarnamaError('revision-out-of-range', `${expected} cannot be the revision of ${stream}`);
  }
};
