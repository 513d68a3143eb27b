import { createHash, type Hash } from 'node:crypto';
import type { Contract, Problem } from '@karnama/contracts';
import { KarnamaError, type Json } from '@karnama/kernel';
import type { Channel, ChannelRecord } from './channel.js';
import { refuseUtf16, rowReader, type Row } from './csv.js';
import { channelRecord, recordMaker, shortDigest, submissionOf, type FileRecord } from './file-records.js';
import { digestOf, fileSource, refuseAborted, type FileSource } from './file-source.js';
import { lineCutter } from './lines.js';
import { mappingForContract, type Mapping } from './mapping.js';
import { feedOf } from './pipeline.js';
import { progressReporter, type Progress } from './progress.js';

/** A file that an agency delivers. */
export type FileDelivery = {
  readonly path: string;
  readonly contract: Contract;
  /** Absent: the columns of the file are the contract's field names, or the file is NDJSON. */
  readonly mapping?: Mapping;
  /** Absent: the agency of the mapping, else that of the contract. */
  readonly agency?: string;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
  /** Milliseconds from any origin; only for rate and time left. */
  readonly now?: () => number;
} & (
  | { readonly channel: Channel; readonly dryRun?: false }
  | { readonly dryRun: true; readonly channel?: Channel }
);

export type RowProblem = { readonly line: number; readonly problems: readonly Problem[] };

export type FileOutcome = {
  /** SHA-256 of the uncompressed content: the same file is the same submission. */
  readonly submission: string;
  readonly topic: string;
  /** Rows of the file, header and empty lines left out. */
  readonly rows: number;
  readonly published: number;
  /** Rows that an earlier run had published. */
  readonly alreadyThere: number;
  /**
   * Rows looked at in this run that cannot be accepted: in a dry run by mapping and contract, else
   * by the mapping alone (the contract is asked at intake).
   */
  readonly refused: number;
  /** The first of them. */
  readonly problems: readonly RowProblem[];
};

const BATCH_ROWS = 500;
const BATCH_CHARACTERS = 1024 * 1024;
const SHOWN_PROBLEMS = 20;

/** The topic of an agency's contract. @throws KarnamaError `bad-topic` when a name does not fit */
export const topicOf = (agency: string, contract: string): string =>
  feedOf(`karnama.${agency}.${contract}`, 0).topic;

/** NDJSON is told by its first character, for files that come without a mapping. */
const mappingOf = async (delivery: FileDelivery, source: FileSource): Promise<Mapping> => {
  for await (const chunk of source.chunks(() => undefined)) {
    refuseUtf16(chunk);
    if (delivery.mapping !== undefined) return delivery.mapping;
    const mapping = mappingForContract(delivery.contract);
    const ndjson = /^\ufeff?\s*\{/.test(chunk.toString('utf8', 0, 200));
    return ndjson ? { ...mapping, form: { ...mapping.form, format: 'ndjson' } } : mapping;
  }
  throw new KarnamaError('empty-file', `${delivery.path} is empty`, 'deliver the file again');
};

/** The rows of the file, in portions as they are read. */
async function* rowsOf(
  chunks: AsyncIterable<Buffer>,
  mapping: Mapping,
  signal?: AbortSignal,
): AsyncGenerator<Row[]> {
  const [cutter, reader] = [lineCutter(), rowReader(mapping.form)];
  for await (const chunk of chunks) {
    refuseAborted(signal);
    yield reader.push(cutter.push(chunk));
  }
  yield reader.push(cutter.end());
  yield reader.end();
}

async function* hashedInto(hash: Hash, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

const changed = (path: string): KarnamaError =>
  new KarnamaError(
    'file-changed',
    `${path} was written to while it was read; rows of it may stand under the wrong submission`,
    'let the agency finish writing, then import the finished file and retract what came from this one',
  );

/** What is done with the records, portion by portion and in order. */
type Sink = {
  readonly take: (record: FileRecord) => Promise<void> | undefined;
  readonly end: () => Promise<{ readonly published: number; readonly alreadyThere: number }>;
};

type Batch = { records: ChannelRecord[]; characters: number };

/** Publishes as a numbered producer: one batch is on its way while the next one is made. */
const publishingSink = async (
  channel: Channel,
  topic: string,
  producerId: string,
  toRecord: (record: FileRecord) => ChannelRecord,
): Promise<Sink> => {
  const before = await channel.published(topic, producerId);
  let [row, sequence, published] = [0, before, 0];
  let batch: Batch = { records: [], characters: 0 };
  let underWay: Promise<void> = Promise.resolve();

  const send = async (): Promise<void> => {
    await underWay;
    const { records } = batch;
    batch = { records: [], characters: 0 };
    if (records.length === 0) return;
    underWay = channel.publish(topic, records, { id: producerId, sequence }).then((stored) => {
      published += stored;
    });
    underWay.catch(() => undefined); // told to whoever awaits it next
    sequence += records.length;
  };

  return {
    take: (record) => {
      row += 1;
      if (row <= before) return undefined;
      batch.records.push(toRecord(record));
      batch.characters += record.value.length;
      return batch.records.length >= BATCH_ROWS || batch.characters >= BATCH_CHARACTERS ? send() : undefined;
    },
    end: async () => {
      await send();
      await underWay;
      return { published, alreadyThere: row - published };
    },
  };
};

const nowhere: Sink = {
  take: () => undefined,
  end: () => Promise.resolve({ published: 0, alreadyThere: 0 }),
};

const isObject = (value: unknown): value is { readonly [field: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What intake will say of a record, for a dry run. */
const verdictOf = (record: FileRecord, contract: Contract): readonly Problem[] => {
  if (record.problems.length > 0) return record.problems;
  try {
    const value: unknown = JSON.parse(record.value);
    return isObject(value) ? contract.validate(value) : [{ code: 'not-an-object', field: null, value: null }];
  } catch {
    return [{ code: 'invalid-json', field: null, value: null }];
  }
};

/** Counts rows and keeps the first that are refused. */
const tally = (problemsOf: (record: FileRecord) => readonly Problem[]) => {
  const shown: RowProblem[] = [];
  const counts = { rows: 0, refused: 0 };
  const look = (record: FileRecord): void => {
    counts.rows += 1;
    const problems = problemsOf(record);
    if (problems.length === 0) return;
    counts.refused += 1;
    if (shown.length < SHOWN_PROBLEMS) shown.push({ line: record.line, problems });
  };
  return { look, counts, shown };
};

/**
 * Publishes every row of a file to the channel of its contract, exactly once however often and
 * wherever a run is broken off: rows are numbered under the digest of the content, and a later run
 * goes on behind those that the channel has. Rows that cannot be read or mapped are published with
 * their problems, to be quarantined and counted. Memory is bounded for a file of any size; gzip is
 * taken as it is. The first pass takes the digest; the header is checked before anything is published.
 * @throws KarnamaError `unreadable-file`, `empty-file`, `missing-columns`, `interrupted`, `file-changed` …
 */
export const publishFile = async (delivery: FileDelivery): Promise<FileOutcome> => {
  const { contract, signal } = delivery;
  const topic = topicOf(delivery.agency ?? delivery.mapping?.agency ?? contract.agency, contract.name);
  const source = await fileSource(delivery.path);
  const mapping = await mappingOf(delivery, source);
  const report = progressReporter(source.size, delivery.now, delivery.onProgress);
  const submission = await digestOf(source, (bytes) => report('digest', bytes, 0), signal);

  const file = submissionOf(submission, delivery.path, contract);
  const producerId = `${shortDigest(submission)}:${contract.name}:${mapping.name}`;
  const dryRun = delivery.dryRun === true;
  const sink = dryRun
    ? nowhere
    : await publishingSink(delivery.channel, topic, producerId, (record) => channelRecord(record, file));
  const { look, counts, shown } = tally((record) => (dryRun ? verdictOf(record, contract) : record.problems));

  const maker = recordMaker(mapping);
  const again = createHash('sha256');
  const chunks = hashedInto(
    again,
    source.chunks((bytes) => report('publish', bytes, counts.rows)),
  );
  for await (const rows of rowsOf(chunks, mapping, signal)) {
    for (const row of rows) {
      const record = maker.recordOf(row);
      if (record === undefined) continue;
      look(record);
      const full = sink.take(record);
      if (full !== undefined) await full;
    }
  }
  const done = await sink.end();
  if (again.digest('hex') !== submission) throw changed(delivery.path);
  report('publish', source.size, counts.rows, true);
  return { submission, topic, ...counts, ...done, problems: shown };
};
