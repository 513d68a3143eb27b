import { KarnamaError, messageOf } from '@karnama/kernel';
import { parse } from 'yaml';

/** How the topics of a contract are kept; every agency may have its own. */
export type TopicSettings = {
  readonly partitions: number;
  readonly replication: number;
  /** Replicas that must have a record before it counts as taken in. */
  readonly minInsync: number;
  /** How long a record stays, at least; longer than intake may ever stand still. */
  readonly retentionDays: number;
  /** What the broker stores, whatever the producer sent. */
  readonly compression: 'producer' | 'gzip' | 'snappy' | 'lz4' | 'zstd';
  readonly maxMessageBytes: number;
};

export type Agency = TopicSettings & {
  readonly code: string;
  /** Kafka principal without its type: a user name, or the name in a certificate. */
  readonly principal: string;
  readonly contracts: readonly string[];
};

/** Who publishes what, and who takes it in. */
export type Agencies = {
  readonly topicPrefix: string;
  readonly producersTopic: string;
  /** Takes everything in. */
  readonly intake: { readonly principal: string; readonly group: string };
  /** Publishes files in the name of every agency; null = files are not published over Kafka. */
  readonly gateway: { readonly principal: string } | null;
  readonly agencies: readonly Agency[];
  /** For topics of no agency. */
  readonly defaults: TopicSettings;
};

const DEFAULTS: TopicSettings = {
  partitions: 6,
  replication: 3,
  minInsync: 2,
  retentionDays: 30,
  compression: 'lz4',
  maxMessageBytes: 4 * 1024 * 1024,
};

const bad = (where: string, what: string): KarnamaError =>
  new KarnamaError('bad-agencies', `agencies: ${where} ${what}`, 'see the comments in deploy/agencies.yaml');

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown, where: string, allowed: readonly string[]): Fields => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw bad(where, 'is not a list of settings');
  for (const name of Object.keys(value))
    if (!allowed.includes(name)) throw bad(where, `has an unknown setting ${name}`);
  return value as Fields;
};

const word = (value: unknown, where: string, form: RegExp): string => {
  if (typeof value !== 'string' || !form.test(value))
    throw bad(where, `is ${JSON.stringify(value)}, not of the form ${form.source}`);
  return value;
};

const whole = (value: unknown, where: string, least: number, most: number): number => {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most)
    throw bad(where, `is ${JSON.stringify(value)}, not a whole number from ${least} to ${most}`);
  return value;
};

const CODE = /^[a-z][a-z0-9-]{1,60}$/;
const PRINCIPAL = /^[A-Za-z0-9._@=, -]{1,120}$/;
const NAME = /^[A-Za-z0-9._-]{1,200}$/;
const PREFIX = /^[A-Za-z0-9_-]{1,100}\.$/;
const COMPRESSIONS = ['producer', 'gzip', 'snappy', 'lz4', 'zstd'] as const;
const SETTINGS = [
  'partitions',
  'replication',
  'min-insync',
  'retention-days',
  'compression',
  'max-message-bytes',
];

const settingsOf = (fields: Fields, where: string, defaults: TopicSettings): TopicSettings => {
  const number = (name: string, fallback: number, least: number, most: number): number =>
    fields[name] === undefined ? fallback : whole(fields[name], `${where} ${name}`, least, most);
  const compression = COMPRESSIONS.find((name) => name === (fields['compression'] ?? defaults.compression));
  if (compression === undefined) throw bad(`${where} compression`, `is none of ${COMPRESSIONS.join(', ')}`);
  const settings = {
    partitions: number('partitions', defaults.partitions, 1, 1_000),
    replication: number('replication', defaults.replication, 1, 9),
    minInsync: number('min-insync', defaults.minInsync, 1, 9),
    retentionDays: number('retention-days', defaults.retentionDays, 1, 36_500),
    maxMessageBytes: number('max-message-bytes', defaults.maxMessageBytes, 1_048_576, 67_108_864),
    compression,
  };
  if (settings.minInsync > settings.replication)
    throw bad(`${where} min-insync`, 'is greater than replication');
  return settings;
};

const agencyOf = (value: unknown, index: number, defaults: TopicSettings): Agency => {
  const fields = fieldsOf(value, `agency ${index + 1}`, ['code', 'principal', 'contracts', ...SETTINGS]);
  const code = word(fields['code'], `agency ${index + 1} code`, CODE);
  const { contracts } = fields;
  if (!Array.isArray(contracts) || contracts.length === 0)
    throw bad(`${code} contracts`, 'is not a list of contracts');
  return {
    ...settingsOf(fields, code, defaults),
    code,
    principal: word(fields['principal'] ?? code, `${code} principal`, PRINCIPAL),
    contracts: contracts.map((name) => word(name, `${code} contracts`, CODE)),
  };
};

const onlyOnce = (values: readonly string[], what: string): void => {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) throw bad(`${what} ${twice}`, 'stands there twice');
};

const parsed = (text: string): unknown => {
  try {
    return parse(text) as unknown;
  } catch (error) {
    throw bad('the file', `is not YAML: ${messageOf(error)}`);
  }
};

/** Reads `deploy/agencies.yaml`. @throws KarnamaError `bad-agencies` naming the place */
export const readAgencies = (text: string): Agencies => {
  const top = ['topic-prefix', 'producers-topic', 'defaults', 'intake', 'gateway', 'agencies'];
  const fields = fieldsOf(parsed(text), 'the file', top);
  const defaults = settingsOf(fieldsOf(fields['defaults'] ?? {}, 'defaults', SETTINGS), 'defaults', DEFAULTS);
  const intake = fieldsOf(fields['intake'], 'intake', ['principal', 'group']);
  const gateway =
    fields['gateway'] === undefined ? null : fieldsOf(fields['gateway'], 'gateway', ['principal']);
  const { agencies: list } = fields;
  if (!Array.isArray(list)) throw bad('agencies', 'is not a list');
  const agencies = list.map((value, index) => agencyOf(value, index, defaults));
  onlyOnce(
    agencies.map(({ code }) => code),
    'agency',
  );
  // otherwise one agency could write in the name of another
  onlyOnce(
    agencies.map(({ principal }) => principal),
    'principal',
  );
  for (const { code, contracts } of agencies) onlyOnce(contracts, `${code} contract`);
  return {
    topicPrefix: word(fields['topic-prefix'] ?? 'karnama.', 'topic-prefix', PREFIX),
    producersTopic: word(fields['producers-topic'] ?? 'karnama-producers', 'producers-topic', NAME),
    intake: {
      principal: word(intake['principal'], 'intake principal', PRINCIPAL),
      group: word(intake['group'] ?? 'karnama-intake', 'intake group', NAME),
    },
    gateway:
      gateway === null ? null : { principal: word(gateway['principal'], 'gateway principal', PRINCIPAL) },
    agencies,
    defaults,
  };
};
