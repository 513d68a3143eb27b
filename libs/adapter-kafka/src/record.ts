import type { IHeaders, KafkaMessage } from 'kafkajs';
import type { ChannelRecord, ReceivedRecord } from '@karnama/intake';

/** Headers that number the records of a producer; they are the adapter's and not shown to readers. */
export const PRODUCER_ID = 'karnama-producer';
export const PRODUCER_SEQUENCE = 'karnama-sequence';

/** A value of more bytes than this cannot be a record of any contract; its beginning is kept to show. */
const MOST_BYTES = 8 * 1024 * 1024;
const KEPT_BYTES = 64 * 1024;

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

type Text = { readonly text: string; readonly problem?: 'invalid-encoding' | 'too-large' };

/** Never throws: what is not UTF-8 is shown with replacement characters. */
const textOf = (bytes: Buffer): Text => {
  if (bytes.length > MOST_BYTES) return { text: bytes.toString('utf8', 0, KEPT_BYTES), problem: 'too-large' };
  try {
    return { text: strict.decode(bytes) };
  } catch {
    return { text: bytes.toString('utf8'), problem: 'invalid-encoding' };
  }
};

/** A header given more than once counts with its last value, as for every Kafka client. */
const headerBytes = (value: IHeaders[string]): Buffer => {
  const last = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === 'string' ? Buffer.from(last) : (last ?? Buffer.alloc(0));
};

type Problem = { readonly code: string; readonly field: string | null; readonly value: string | null };

const headersOf = (headers: IHeaders = {}) => {
  const problems: Problem[] = [];
  const entries = Object.entries(headers)
    .filter(([name]) => name !== PRODUCER_ID && name !== PRODUCER_SEQUENCE)
    .map(([name, value]) => {
      const { text, problem } = textOf(headerBytes(value));
      if (problem !== undefined) problems.push({ code: 'bad-header', field: name.slice(0, 60), value: null });
      return [name, text] as const;
    });
  return { entries, problems };
};

/**
 * A message as a record. What cannot be text, and what is far too large, gets a header `problems`, so
 * that intake quarantines it instead of taking replacement characters for what the agency declared.
 */
export const receivedOf = (message: KafkaMessage): ReceivedRecord => {
  const { key, value, offset, timestamp } = message;
  const { entries, problems } = headersOf(message.headers);
  const decoded = value === null ? undefined : textOf(value);
  if (decoded?.problem !== undefined) problems.unshift({ code: decoded.problem, field: null, value: null });
  const marks = problems.length === 0 ? [] : [['problems', JSON.stringify(problems.slice(0, 20))] as const];
  return {
    key: key === null ? null : key.toString('utf8'),
    value: decoded?.text ?? null,
    headers: Object.fromEntries([...entries, ...marks]),
    offset: BigInt(offset),
    timestamp: instantOf(timestamp),
  };
};

/** A sender may claim any time; one that no calendar has is shown as the epoch. */
const instantOf = (milliseconds: string): string => {
  const date = new Date(Number(milliseconds));
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString();
};

/** Bytes that a record takes in a request, about. */
export const sizeOf = ({ key, value, headers }: ChannelRecord): number => {
  let size = 40 + Buffer.byteLength(key ?? '') + Buffer.byteLength(value ?? '');
  for (const [name, text] of Object.entries(headers)) size += 4 + name.length + Buffer.byteLength(text);
  return size;
};
