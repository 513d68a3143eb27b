import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import type {
  Access,
  ConnectionOptions,
  TopicChange,
  TopicChanges,
  TopicPlan,
  TopicsAdmin,
} from '@karnama/adapter-kafka';
import { loadContracts } from '@karnama/contracts';
import { assertNever, KarnamaError, messageOf } from '@karnama/kernel';
import { installation, pathOf } from '../config.js';
import { kafkaConnection, neededKafka } from '../kafka.config.js';
import { exitCodes, json, print, reportError, table } from '../output.js';

type TopicsOptions = { readonly agencies: string; readonly brokers?: string; readonly json?: boolean };

const readText = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new KarnamaError(
      'bad-agencies',
      `the agencies cannot be read: ${messageOf(error)}`,
      'name the file with --agencies',
    );
  }
};

const planOf = async ({ agencies }: TopicsOptions): Promise<TopicPlan> => {
  const { readAgencies, topicPlan } = await import('@karnama/adapter-kafka');
  const contracts = await loadContracts(join(installation, 'schemas', 'contracts'));
  return topicPlan(
    new Set(contracts.all.map(({ name }) => name)),
    readAgencies(await readText(pathOf(agencies))),
  );
};

const rightInWords = ({ principal, operation, resource, name, pattern }: Access): string =>
  `${principal} may ${operation} ${resource} ${name}${pattern === 'prefixed' ? '*' : ''}`;

const inWords = (change: TopicChange): readonly [what: string, detail: string] => {
  switch (change.kind) {
    case 'create':
      return [
        `create ${change.topic.name}`,
        `${change.topic.partitions} partitions, ${change.topic.replication} copies`,
      ];
    case 'grow':
      return [
        `grow ${change.topic.name}`,
        `${change.from} to ${change.topic.partitions} partitions; keys move to others`,
      ];
    case 'configure':
      return [
        `configure ${change.topic.name}`,
        change.differing.map(({ name, from, to }) => `${name} ${from ?? '(unset)'} to ${to}`).join(', '),
      ];
    case 'allow':
      return ['allow', rightInWords(change.access)];
    default:
      return assertNever(change);
  }
};

const show = async ({ changes, superfluous }: TopicChanges, done: string, none: string): Promise<void> => {
  if (changes.length === 0) await print(`${none}\n`);
  else await print(table([done, ''], changes.map(inWords)));
  for (const access of superfluous) await print(`not in the plan: ${rightInWords(access)}\n`);
};

const overKafka = async <T>(
  connection: ConnectionOptions,
  work: (admin: TopicsAdmin) => Promise<T>,
): Promise<T> => {
  const { topicsAdmin } = await import('@karnama/adapter-kafka');
  const admin = topicsAdmin(connection);
  try {
    return await work(admin);
  } finally {
    await admin.close();
  }
};

/** Without a broker the whole plan is shown, as for one that has nothing. */
const plan = async (options: TopicsOptions): Promise<void> => {
  const planned = await planOf(options);
  const connection = kafkaConnection(options.brokers);
  const { topicChanges } = await import('@karnama/adapter-kafka');
  const found =
    connection === undefined
      ? topicChanges(planned, { topics: new Map(), access: [] })
      : await overKafka(connection, (admin) => admin.changes(planned));
  if (options.json === true) return print(json(found));
  return show(found, 'would', 'the broker has what the plan says');
};

const apply = async (options: TopicsOptions): Promise<void> => {
  const planned = await planOf(options);
  const found = await overKafka(neededKafka(options.brokers), (admin) => admin.apply(planned));
  if (options.json === true) return print(json(found));
  return show(found, 'done', 'nothing to do: the broker has what the plan says');
};

const reporting =
  (work: (options: TopicsOptions) => Promise<void>) =>
  async (options: TopicsOptions): Promise<void> => {
    try {
      await work(options);
    } catch (error) {
      reportError(error, options.json === true);
      process.exitCode = exitCodes.failed;
    }
  };

const withOptions = (command: Command): Command =>
  command
    .option('--agencies <file>', 'who publishes what', join(installation, 'deploy', 'agencies.yaml'))
    .option('--brokers <host:port,…>', 'brokers (default: KARNAMA_KAFKA_BROKERS)')
    .option('--json', 'answer in JSON, errors too');

export const addTopics = (program: Command): void => {
  const topics = program
    .command('topics')
    .summary('topics and access rights of Kafka, as the agencies need them')
    .description(
      'Derives topics and rights from the contracts and from the file of agencies. Nothing is ever deleted.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  karnama topics plan\n  karnama topics apply --brokers 127.0.0.1:9092',
    );
  withOptions(topics.command('plan'))
    .description('what the broker lacks; without a broker the whole plan')
    .action(reporting(plan));
  withOptions(topics.command('apply'))
    .description('creates and configures what the broker lacks')
    .action(reporting(apply));
};
