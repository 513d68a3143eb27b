/** Starts and stops the nodes that live in a directory. What runs is written down there, so stop ends exactly that. */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { classPath, java, Refused, VERSION, whyNoJava } from './artifacts.mjs';
import { makeCertificates } from './certificates.mjs';
import { askBroker } from './ready.mjs';
import { choosePorts, newClusterId, settingsOf } from './settings.mjs';

const START_MS = 90_000;
const STOP_MS = 30_000;

const recordOf = (directory) => join(directory, 'kafka.json');
const propertiesOf = (directory, id) => join(directory, `node-${id}.properties`);

export const readRecord = (directory) =>
  existsSync(recordOf(directory)) ? JSON.parse(readFileSync(recordOf(directory), 'utf8')) : undefined;

const writeRecord = (directory, record) => {
  writeFileSync(`${recordOf(directory)}.new`, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${recordOf(directory)}.new`, recordOf(directory));
};

/** A number that the system gave to another process since is not a broker of this directory. */
const isRunning = (directory, { id, pid }) => {
  if (pid === undefined) return false;
  const { stdout } = spawnSync('ps', ['-o', 'args=', '-ww', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.includes(propertiesOf(directory, id));
};

/** Small and quick to start for tests; the usual compiler for everything else. */
const jvmOf = (throwAway) =>
  process.env.KARNAMA_KAFKA_JVM?.split(' ') ?? [
    '-Xms128m',
    '-Xmx640m',
    '-XX:+UseSerialGC',
    ...(throwAway ? ['-XX:TieredStopAtLevel=1'] : []),
  ];

/** What a tool of Kafka says, and how it ends. */
const runTool = (main, args, tell) =>
  new Promise((resolve, reject) => {
    const child = spawn(java(), [...jvmOf(true), '-cp', classPath(tell), main, ...args]);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, output }));
  });

const formatNode = async (directory, { clusterId }, { id }, users, tell) => {
  const scram = users.flatMap(([name, password]) =>
    ['SCRAM-SHA-512', 'SCRAM-SHA-256'].flatMap((mechanism) => [
      '--add-scram',
      `${mechanism}=[name=${name},password=${password}]`,
    ]),
  );
  const { status, output } = await runTool(
    'kafka.tools.StorageTool',
    ['format', '-t', clusterId, '-c', propertiesOf(directory, id), ...scram],
    tell,
  );
  if (status !== 0) throw new Refused(`Kafka could not prepare ${directory}:\n${output}`);
};

const create = async (directory, { nodes, port, secure, users }, tell) => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const ports = await choosePorts(port, nodes);
  const certificates = secure ? join(directory, 'certificates') : undefined;
  if (certificates) makeCertificates(certificates, ['broker', ...users.map(([name]) => name)]);
  for (const [index, own] of ports.entries())
    writeFileSync(
      propertiesOf(directory, index + 1),
      settingsOf({
        id: index + 1,
        ports: own,
        all: ports,
        logs: join(directory, `node-${index + 1}`),
        certificates,
      }),
      { mode: 0o600 },
    );
  const record = {
    version: VERSION,
    clusterId: newClusterId(),
    ...(certificates ? { certificates } : {}),
    nodes: ports.map((own, index) => ({ id: index + 1, ports: own })),
  };
  classPath(tell); // fetched once, before all nodes need it
  await Promise.all(record.nodes.map((node) => formatNode(directory, record, node, users, tell)));
  writeRecord(directory, record);
  return record;
};

const launch = (directory, id, throwAway, tell) => {
  const log = openSync(join(directory, `node-${id}.log`), 'a', 0o600);
  try {
    const child = spawn(
      java(),
      [
        ...jvmOf(throwAway),
        '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
        '-Dorg.slf4j.simpleLogger.showDateTime=true',
        '-cp',
        classPath(tell),
        'kafka.Kafka',
        propertiesOf(directory, id),
      ],
      { detached: true, stdio: ['ignore', log, log] },
    );
    child.unref();
    return child.pid;
  } finally {
    closeSync(log);
  }
};

const untilReady = async (directory, record) => {
  const deadline = performance.now() + START_MS;
  const waiting = new Set(record.nodes);
  while (waiting.size > 0) {
    for (const node of waiting) {
      const answer = await askBroker(node.ports.plaintext);
      if (answer?.brokers === record.nodes.length && answer.controller >= 0) waiting.delete(node);
      else if (!isRunning(directory, node))
        throw new Refused(`node ${node.id} has ended; see ${join(directory, `node-${node.id}.log`)}`);
    }
    if (performance.now() > deadline)
      throw new Refused(`Kafka did not answer within ${START_MS / 1000} s; see the logs in ${directory}`);
    await pause(100);
  }
};

/**
 * Starts the nodes of a directory, and makes them first when the directory has none. Those that run are left alone.
 * Resolves when every node answers and knows of all others.
 */
export const start = async (place, options, tell) => {
  const why = whyNoJava();
  if (why) throw new Refused(why);
  const directory = resolve(place);
  const found = readRecord(directory) ?? (await create(directory, options, tell));
  const nodes = found.nodes.map((node) =>
    isRunning(directory, node) ? node : { ...node, pid: launch(directory, node.id, options.throwAway, tell) },
  );
  const record = { ...found, nodes };
  writeRecord(directory, record);
  try {
    await untilReady(directory, record);
  } catch (error) {
    await stop(directory);
    throw error;
  }
  return describe(directory);
};

/** Ends the nodes of the directory, and no other process; answers how many ran. */
export const stop = async (place, { hard = false, only } = {}) => {
  const directory = resolve(place);
  const running = (readRecord(directory)?.nodes ?? []).filter(
    (node) => isRunning(directory, node) && (only === undefined || node.id === only),
  );
  for (const { pid } of running) process.kill(pid, hard ? 'SIGKILL' : 'SIGTERM');
  const deadline = performance.now() + STOP_MS;
  while (running.some((node) => isRunning(directory, node))) {
    if (performance.now() > deadline)
      for (const node of running) if (isRunning(directory, node)) process.kill(node.pid, 'SIGKILL');
    await pause(50);
  }
  return running.length;
};

/** What is there and what of it runs. */
export const describe = (place) => {
  const directory = resolve(place);
  const record = readRecord(directory);
  if (record === undefined) return { directory, state: 'none', nodes: [] };
  const nodes = record.nodes.map((node) => ({ ...node, running: isRunning(directory, node) }));
  const up = nodes.filter(({ running }) => running).length;
  const brokersOf = (listener) => nodes.map(({ ports }) => `127.0.0.1:${ports[listener]}`).join(',');
  return {
    directory,
    state: up === 0 ? 'stopped' : up === nodes.length ? 'running' : 'partly running',
    version: record.version,
    brokers: brokersOf('plaintext'),
    ...(record.certificates
      ? {
          certificates: record.certificates,
          sasl: brokersOf('sasl'),
          ssl: brokersOf('ssl'),
          saslSsl: brokersOf('saslSsl'),
        }
      : {}),
    nodes,
  };
};
