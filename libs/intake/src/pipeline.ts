import {
  maskName,
  maskValue,
  reference,
  withoutNationalIds,
  type Contract,
  type Contracts,
  type FieldRecord,
  type Problem,
  type PseudonymOf,
} from '@karnama/contracts';
import { KarnamaError, type EventMetadata, type NewEvent } from '@karnama/kernel';
import type { ReceivedRecord } from './channel.js';
import { eventIdsOf } from './event-id.js';

/** One partition of one agency's contract, as its topic tells. */
export type Feed = {
  readonly topic: string;
  readonly partition: number;
  readonly agency: string;
  readonly contract: string;
  /** The ledger stream that its events are appended to. */
  readonly stream: string;
};

/**
 * The feed of a topic `<prefix><agency>.<contract>`.
 * @throws KarnamaError `bad-topic` for any other name
 */
export const feedOf = (topic: string, partition: number, prefix = 'karnama.'): Feed => {
  const [agency = '', contract = '', ...more] = topic.startsWith(prefix)
    ? topic.slice(prefix.length).split('.')
    : [];
  const word = /^[a-z][a-z0-9-]{1,60}$/;
  if (!word.test(agency) || !word.test(contract) || more.length > 0)
    throw new KarnamaError(
      'bad-topic',
      `topic ${topic} is none of ${prefix}<agency>.<contract>`,
      'name topics so',
    );
  return { topic, partition, agency, contract, stream: `feed_${agency}_${contract}-${partition}` };
};

/** The ledger stream that the events of a topic's partition are appended to. @throws KarnamaError `bad-topic` */
export const feedStream = (topic: string, partition: number): string => feedOf(topic, partition).stream;

/** A record longer than this (in UTF-16 units) is not even parsed. */
export const LARGEST_RECORD = 1024 * 1024;

const one = (code: string, field: string | null = null, value: unknown = null): readonly Problem[] => [
  { code, field, value: maskValue(value) },
];

type Decoded = { readonly record: FieldRecord } | { readonly problems: readonly Problem[] };

/** JSON text → object. Whatever else it is becomes a problem: nothing a sender writes can throw here. */
const decode = (value: string | null): Decoded => {
  if (value === null || value === '') return { problems: one('empty-record') };
  if (value.length > LARGEST_RECORD) return { problems: one('too-large') };
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? { record: parsed as FieldRecord }
      : { problems: one('not-an-object') };
  } catch {
    return { problems: one('invalid-json') };
  }
};

/** Text that may stand in an event: printable, of bounded length. */
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]{1,200}$/u;
const plain = /^[\w.:/-]{1,200}$/;

const textHeader = (headers: Headers, name: string): string | undefined => {
  const text = headers[name];
  return text !== undefined && (plain.test(text) || printable.test(text)) ? text : undefined;
};

const numberHeader = (headers: Headers, name: string): number | undefined => {
  const text = headers[name];
  return text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
};

type Headers = Readonly<Record<string, string>>;

const textHeaders = ['record-id', 'submission', 'file'] as const;
const numberHeaders = ['record-version', 'line'] as const;

const headerProblems = (headers: Headers): readonly Problem[] => [
  ...textHeaders
    .filter((name) => headers[name] !== undefined && textHeader(headers, name) === undefined)
    .flatMap((name) => one('bad-header', name, headers[name])),
  ...numberHeaders
    .filter((name) => headers[name] !== undefined && numberHeader(headers, name) === undefined)
    .flatMap((name) => one('bad-header', name, headers[name])),
];

/** The contract that the record's headers and topic agree on, or why there is none. */
const contractOf = (headers: Headers, feed: Feed, contracts: Contracts): Contract | readonly Problem[] => {
  const name = headers['contract'];
  if (name !== undefined && name !== feed.contract) return one('contract-mismatch', 'contract', name);
  if (contracts.newest(feed.contract) === undefined)
    return one('unknown-contract', 'contract', feed.contract);
  const version = headers['contract-version'];
  const contract = contracts.find(feed.contract, numberHeader({ version: version ?? '1' }, 'version') ?? 0);
  return contract ?? one('unknown-contract-version', 'contract-version', version ?? '1');
};

/** At most so many problems of one record are kept. */
const MOST_PROBLEMS = 20;

const codeForm = /^[a-z][a-z-]{1,60}$/;

const nameOf = (value: unknown): string | null => (typeof value === 'string' ? maskName(value) : null);

/**
 * Problems that the file gateway found, masked anew: anyone who publishes can write this header. A header
 * that lists none in its form is itself one.
 */
const gatewayProblems = (text: string): readonly Problem[] => {
  try {
    const list = JSON.parse(text) as readonly Problem[];
    const problems = list
      .slice(0, MOST_PROBLEMS)
      .filter(({ code }) => typeof code === 'string' && codeForm.test(code))
      .map(({ code, field, value }) => ({ code, field: nameOf(field), value: maskValue(value) }));
    return problems.length > 0 ? problems : one('bad-header', 'problems', text);
  } catch {
    return one('bad-header', 'problems', text);
  }
};

type Verdict = {
  readonly contract?: Contract;
  readonly record?: FieldRecord;
  readonly problems: readonly Problem[];
};

/** The stages in their order; the first that finds problems is the last. */
const judge = (received: ReceivedRecord, feed: Feed, contracts: Contracts): Verdict => {
  const { headers, value } = received;
  const contract = contractOf(headers, feed, contracts);
  if (!('validate' in contract)) return { problems: contract };
  const found =
    headers['problems'] === undefined ? headerProblems(headers) : gatewayProblems(headers['problems']);
  if (found.length > 0) return { contract, problems: found };
  const decoded = decode(value);
  if ('problems' in decoded) return { contract, problems: decoded.problems };
  return { contract, record: decoded.record, problems: contract.validate(decoded.record) };
};

type Intaking = { readonly feed: Feed; readonly pseudonymOf: PseudonymOf };

const metadataOf = (
  received: ReceivedRecord,
  { feed, pseudonymOf }: Intaking,
  contract: Contract | undefined,
): EventMetadata => {
  const { headers } = received;
  const { topic, partition } = feed;
  const offset = String(received.offset);
  const submission = textHeader(headers, 'submission');
  return {
    schemaVersion: 1,
    receivedAt: received.timestamp,
    agency: feed.agency,
    contract: feed.contract,
    ...(contract === undefined ? {} : { contractVersion: contract.version }),
    recordId: reference(textHeader(headers, 'record-id') ?? `${topic}/${partition}/${offset}`, pseudonymOf),
    recordVersion: numberHeader(headers, 'record-version') ?? 1,
    source: { topic, partition, offset },
    ...(submission === undefined ? {} : { submission: reference(submission, pseudonymOf) }),
  };
};

/** Why a record was refused, as its event tells it. */
export type Refusal = {
  readonly problems: readonly Problem[];
  readonly file: string | null;
  readonly line: number | null;
};

const refusalOf = (problems: readonly Problem[], headers: Headers): Refusal => {
  const file = textHeader(headers, 'file');
  return {
    problems: problems.slice(0, MOST_PROBLEMS),
    file: file === undefined ? null : withoutNationalIds(file),
    line: numberHeader(headers, 'line') ?? null,
  };
};

/** Type of the event of a record that was refused. */
export const QUARANTINED = 'RecordQuarantined';

/**
 * The pipeline of one feed: a received record becomes exactly one event, the fact that it states or
 * `RecordQuarantined` with the reasons. Pure and total: the same record always gives the same event
 * with the same id, and no record, however malformed, makes it throw. No event names a person: fields of
 * persons, and agencies' numbers in which a national id stands, go through `pseudonymOf`.
 */
export const pipelineOf = (
  feed: Feed,
  contracts: Contracts,
  pseudonymOf: PseudonymOf,
): ((received: ReceivedRecord) => NewEvent) => {
  const idOf = eventIdsOf(feed.topic, feed.partition);
  const intaking: Intaking = { feed, pseudonymOf };
  return (received) => {
    const { contract, record, problems } = judge(received, feed, contracts);
    const [id, metadata] = [idOf(received.offset), metadataOf(received, intaking, contract)];
    if (contract !== undefined && record !== undefined && problems.length === 0)
      return { id, ...contract.toEvent(record, pseudonymOf), metadata };
    return { id, type: QUARANTINED, data: refusalOf(problems, received.headers), metadata };
  };
};
