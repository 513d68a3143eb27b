import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { kafkaEnvironment } from './kafka.config.js';

const LAUNCHER = fileURLToPath(new URL('../../../tools/kafka/main.mjs', import.meta.url));

export type TestKafkaOptions = {
  /** 1 or 3. Default 1. */
  readonly nodes?: 1 | 3;
  /** Also listeners with logins and TLS, and access control. Default false. */
  readonly secure?: boolean;
  /** A broker that the tests stop and start, so not one that is there for others too. Default false. */
  readonly own?: boolean;
  /** Users of the secure listeners by name, with their passwords; each gets a certificate of that name. */
  readonly users?: Readonly<Record<string, string>>;
};

/** What the launcher tells of a broker. */
type Described = {
  readonly directory: string;
  readonly brokers: string;
  readonly sasl?: string;
  readonly ssl?: string;
  readonly saslSsl?: string;
  readonly certificates?: string;
};

/** A real Kafka for the tests of one `describe`. */
export type TestKafka = {
  /** `host:port` of every node, without a login. */
  readonly brokers: readonly string[];
  /** The listeners with a login, and the directory of the certificates (`ca.pem`, `<user>.pem`, `<user>.key`). */
  readonly secure: {
    readonly sasl: readonly string[];
    readonly ssl: readonly string[];
    readonly saslSsl: readonly string[];
    readonly certificates: string;
  };
  /** Stops all nodes, or one; `hard`: as by a power cut. */
  stop(options?: { readonly hard?: boolean; readonly node?: number }): Promise<void>;
  /** Starts what was stopped, on the same ports and data. */
  start(): Promise<void>;
  /** Runs a tool of Kafka, such as `org.apache.kafka.tools.ConsoleProducer`, with text for its standard input. */
  tool(main: string, args: readonly string[], input: string): Promise<string>;
};

const javaOf = (): string =>
  kafkaEnvironment.javaHome === undefined ? 'java' : join(kafkaEnvironment.javaHome, 'bin', 'java');

/** Why no Kafka can run here; undefined when one can. */
export const whyNoKafka = (): string | undefined => {
  if (kafkaEnvironment.brokers !== undefined) return undefined;
  const { error, stderr } = spawnSync(javaOf(), ['-version'], { encoding: 'utf8' });
  if (error !== undefined) return 'there is no Java to run Kafka with';
  const major = Number(/version "(\d+)/.exec(stderr)?.[1]);
  return major >= 17 ? undefined : `Kafka needs Java 17 or later, and this one is ${major}`;
};

type Running = { readonly described: Described; readonly end: () => Promise<void> };

const argumentsOf = (
  directory: string,
  { nodes = 1, secure = false, users = {} }: TestKafkaOptions,
): string[] => [
  ...[LAUNCHER, 'start', '--json', '--attached', '--port', '0', '--dir', directory, '--nodes', String(nodes)],
  ...(secure ? ['--secure'] : []),
  ...Object.entries(users).flatMap(([name, password]) => ['--user', `${name}:${password}`]),
];

const firstLine = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let complaint = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    if (child.stdout !== null) createInterface(child.stdout).once('line', resolve);
    child.once('error', reject);
    child.once('close', () => reject(new Error(`Kafka did not start: ${complaint.trim()}`)));
  });

/** The launcher stays until its standard input ends, so it ends with these tests, however they end. */
const launch = async (options: TestKafkaOptions): Promise<Running> => {
  const directory = join(tmpdir(), `karnama-kafka-${randomUUID()}`);
  const child = spawn(process.execPath, argumentsOf(directory, options), { stdio: ['pipe', 'pipe', 'pipe'] });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const described = JSON.parse(await firstLine(child)) as Described;
  return {
    described,
    end: () => {
      child.stdin?.end();
      return closed;
    },
  };
};

const given = (brokers: string): Running => ({
  described: { directory: '', brokers },
  end: async () => undefined,
});

const runToEnd = (command: string, args: readonly string[], input = ''): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(output) : reject(new Error(output))));
    child.stdin.end(input);
  });

const list = (text: string | undefined): readonly string[] => {
  if (text === undefined) throw new Error('this Kafka has no such listener; ask for a secure one');
  return text.split(',');
};

const handleOf = (running: () => Running): TestKafka => ({
  get brokers() {
    return list(running().described.brokers);
  },
  get secure() {
    const { sasl, ssl, saslSsl, certificates = '' } = running().described;
    return { sasl: list(sasl), ssl: list(ssl), saslSsl: list(saslSsl), certificates };
  },
  stop: async ({ hard = false, node } = {}) => {
    const which = node === undefined ? [] : ['--node', String(node)];
    const { directory } = running().described;
    await runToEnd(process.execPath, [
      LAUNCHER,
      'stop',
      '--dir',
      directory,
      ...(hard ? ['--hard'] : []),
      ...which,
    ]);
  },
  start: async () => {
    await runToEnd(process.execPath, [LAUNCHER, 'start', '--dir', running().described.directory]);
  },
  tool: async (main, args, input) => {
    const path = (await runToEnd(process.execPath, [LAUNCHER, 'class-path'])).trim();
    return runToEnd(javaOf(), ['-XX:TieredStopAtLevel=1', '-cp', path, main, ...args], input);
  },
});

/**
 * Starts one throw-away Kafka before the tests of the enclosing `describe` and stops it after them, or
 * uses the one that KARNAMA_TEST_KAFKA names (unless one of its own, a secure one, or more nodes are asked for).
 */
export const useKafka = (options: TestKafkaOptions = {}): TestKafka => {
  let running: Running | undefined;
  beforeAll(async () => {
    const plain = options.secure !== true && options.own !== true && (options.nodes ?? 1) === 1;
    running =
      plain && kafkaEnvironment.brokers !== undefined
        ? given(kafkaEnvironment.brokers)
        : await launch(options);
  }, 300_000);
  afterAll(async () => {
    await running?.end();
  }, 60_000);
  return handleOf(() => {
    if (running === undefined) throw new Error('Kafka is for tests and hooks, after beforeAll');
    return running;
  });
};

/**
 * A `describe` over a real Kafka. On a machine without Java its tests are left out, and the title says
 * why; where CI=true they fail instead.
 */
export const describeWithKafka = (
  title: string,
  tests: (kafka: TestKafka) => void,
  options: TestKafkaOptions = {},
): void => {
  const why = kafkaEnvironment.everyTestMustRun ? undefined : whyNoKafka();
  const leftOut = why === undefined ? '' : ` (left out: ${why})`;
  if (why !== undefined) process.stderr.write(`${title}${leftOut}\n`);
  (why === undefined ? describe : describe.skip)(`${title}${leftOut}`, () => tests(useKafka(options)));
};
