import type { Contracts, PseudonymOf } from '@karnama/contracts';
import { KarnamaError, type NewEvent } from '@karnama/kernel';
import { RevisionConflict, type ExpectedRevision, type Ledger } from '@karnama/ledger';
import type { Channel, KnownRecord, ReceivedBatch, ReceivedRecord } from './channel.js';
import { feedOf, pipelineOf, QUARANTINED, type Feed, type Refusal } from './pipeline.js';
import type { QuarantinedRecord, QuarantineStore } from './quarantine.js';

/** What one batch came to. */
export type IntakeReport = {
  readonly topic: string;
  readonly partition: number;
  readonly accepted: number;
  readonly quarantined: number;
  /** Offset that the next record will have. */
  readonly next: bigint;
};

export type Intake = {
  readonly channel: Channel;
  readonly ledger: Ledger;
  readonly contracts: Contracts;
  /** Pseudonyms under the newest key; another key than before makes the same person another one. */
  readonly pseudonymOf: PseudonymOf;
  readonly quarantine: QuarantineStore;
  readonly signal: AbortSignal;
  /** Topics are `<prefix><agency>.<contract>`; default `karnama.`. */
  readonly topicPrefix?: string;
  readonly onBatch?: (report: IntakeReport) => void;
};

/** One append holds at most so many events, and about so many characters of JSON. */
const SLICE_EVENTS = 500;
const SLICE_CHARACTERS = 1024 * 1024;

/** Where the feed stream stands: the revision to expect and the offset that is next. */
type Standing = {
  readonly expected: ExpectedRevision;
  readonly next: bigint;
  /** The last record that was taken in, when the stand was read from the ledger. */
  readonly known?: KnownRecord;
};

const standingOf = async (ledger: Ledger, feed: Feed): Promise<Standing> => {
  const last = await ledger.lastEvent(feed.stream);
  if (last === undefined) return { expected: 'no-stream', next: 0n };
  const offset = last.metadata.source?.offset;
  if (offset === undefined)
    throw new KarnamaError(
      'broken-feed',
      `the last event of ${feed.stream} does not tell its offset`,
      'nothing but intake may write to feed streams',
    );
  const known = { offset: BigInt(offset), timestamp: last.metadata.receivedAt };
  return { expected: last.revision, next: known.offset + 1n, known };
};

type Pair = { readonly received: ReceivedRecord; readonly event: NewEvent };

/** What an event takes beside its data; measured on feed events with long record ids. */
const ENVELOPE_CHARACTERS = 900;

const sizeOf = (event: NewEvent): number =>
  ENVELOPE_CHARACTERS + (event.type === QUARANTINED ? JSON.stringify(event.data).length : 400);

/** Cuts a batch into appends that keep the bounds. */
const slicesOf = (pairs: readonly Pair[]): readonly (readonly Pair[])[] => {
  const slices: Pair[][] = [];
  let size = Infinity;
  for (const pair of pairs) {
    const more = sizeOf(pair.event);
    const last = slices.at(-1);
    if (last === undefined || last.length === SLICE_EVENTS || size + more > SLICE_CHARACTERS) {
      slices.push([pair]);
      size = more;
    } else {
      last.push(pair);
      size += more;
    }
  }
  return slices;
};

const quarantinedOf = ({ received, event }: Pair, feed: Feed): QuarantinedRecord => {
  const { problems, file, line } = event.data as Refusal;
  const { topic, partition, agency, contract } = feed;
  const { key, value, headers } = received;
  return {
    eventId: event.id,
    agency,
    contract,
    source: { topic, partition, offset: String(received.offset) },
    receivedAt: received.timestamp,
    submission: event.metadata.submission ?? null,
    file,
    line,
    problems,
    original: { key, value, headers },
  };
};

const taken = (feed: Feed, cause: RevisionConflict, standing: Standing): KarnamaError =>
  new KarnamaError(
    'partition-taken',
    `another worker has written to ${feed.stream} (next offset there: ${standing.next})`,
    'this worker leaves the partition to it',
    { cause },
  );

/** Intake of one partition: events go behind the last one that the ledger has, or not at all. */
const partitionIntake = (intake: Intake, feed: Feed, start: Standing) => {
  const { ledger, quarantine } = intake;
  const toEvent = pipelineOf(feed, intake.contracts, intake.pseudonymOf);
  let standing: Standing | undefined = start;

  const append = async (slice: readonly Pair[], at: Standing): Promise<Standing> => {
    const refused = slice.filter(({ event }) => event.type === QUARANTINED);
    if (refused.length > 0) await quarantine.put(refused.map((pair) => quarantinedOf(pair, feed)));
    const events = slice.map(({ event }) => event);
    const [appended] = await ledger.append([{ stream: feed.stream, expected: at.expected, events }]);
    const last = slice.at(-1)?.received.offset ?? at.next;
    if (appended === undefined)
      throw new KarnamaError('broken-ledger', 'the ledger does not say where its append stands');
    return { expected: appended.revision, next: last + 1n };
  };

  /** Records that the ledger has not yet; a hole that the batch does not account for would lose records. */
  const newOnes = (batch: ReceivedBatch, { next }: Standing): readonly ReceivedRecord[] => {
    const from = batch.from ?? batch.records[0]?.offset ?? next;
    if (from > next)
      throw new KarnamaError(
        'channel-gap',
        `${feed.topic}/${feed.partition} goes on at ${from}, not at ${next}`,
        'find out where the records between went',
      );
    return batch.records.filter(({ offset }) => offset >= next);
  };

  return async (batch: ReceivedBatch): Promise<void> => {
    // forgotten until all is well: after an answer that did not come, the ledger tells how far it got
    let at = standing ?? (await standingOf(ledger, feed));
    standing = undefined;
    const pairs = newOnes(batch, at).map((received) => ({ received, event: toEvent(received) }));
    try {
      for (const slice of slicesOf(pairs)) at = await append(slice, at);
    } catch (thrown) {
      throw thrown instanceof RevisionConflict ? taken(feed, thrown, await standingOf(ledger, feed)) : thrown;
    }
    standing = at;
    const quarantined = pairs.filter(({ event }) => event.type === QUARANTINED).length;
    const { topic, partition } = feed;
    intake.onBatch?.({ topic, partition, accepted: pairs.length - quarantined, quarantined, next: at.next });
  };
};

/**
 * Takes records from the channel into the ledger until the signal aborts: one event for each
 * record, in the channel's order, in the stream of its feed. The feed stream is the offset store:
 * on start the worker goes on behind its last event, a redelivered record is recognised by its
 * offset, and a second worker on the same partition is refused by the exact expected revision and
 * leaves it. Originals of refused records are kept in quarantine before their event is appended.
 */
export const runIntake = async (intake: Intake): Promise<void> => {
  const prefix = intake.topicPrefix ?? 'karnama.';
  const partitions = new Map<string, (batch: ReceivedBatch) => Promise<void>>();
  const started = new Map<string, Standing>();
  const keyOf = (topic: string, partition: number): string => `${topic}/${partition}`;
  await intake.channel.consume(
    {
      topicPrefix: prefix,
      limit: SLICE_EVENTS,
      start: async (topic, partition) => {
        const feed = feedOf(topic, partition, prefix);
        const standing = await standingOf(intake.ledger, feed);
        partitions.set(keyOf(topic, partition), partitionIntake(intake, feed, standing));
        started.set(keyOf(topic, partition), standing);
        return standing.next;
      },
      known: async (topic, partition) => started.get(keyOf(topic, partition))?.known,
      handle: async (batch) => {
        const handle = partitions.get(keyOf(batch.topic, batch.partition));
        if (handle === undefined)
          throw new KarnamaError('not-assigned', `${batch.topic}/${batch.partition} was never started`);
        await handle(batch);
      },
    },
    intake.signal,
  );
};
