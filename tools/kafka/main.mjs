/**
 * A real Apache Kafka broker on this machine: `npm run kafka -- start|stop|status`.
 *
 *   --dir DIR        where it lives (default .karnama/kafka)
 *   --nodes N        1 or 3 nodes, when the directory is new (default 1)
 *   --port N         first port, when the directory is new; 0 = any free ports (default 9092)
 *   --secure         also listeners with logins, TLS and access control, when the directory is new
 *   --user NAME:PASS a user of the secure listeners, with a certificate of that name; may be repeated
 *   --attached       stays until standard input ends, then stops the broker and removes the directory
 *   --hard           stop: as by a power cut
 *   --node N         stop: only this node
 *   --json           one line of JSON
 *
 * `class-path` prints the class path of Kafka and its tools.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { ROOT } from '../root.mjs';
import { classPath, Refused } from './artifacts.mjs';
import { describe, start, stop } from './cluster.mjs';

const USAGE = 'npm run kafka -- start|stop|status [--dir DIR] [--nodes 1|3] [--port N] [--json]';

const parse = () =>
  parseArgs({
    allowPositionals: true,
    options: {
      dir: { type: 'string', default: join(ROOT, '.karnama', 'kafka') },
      nodes: { type: 'string', default: '1' },
      port: { type: 'string', default: '9092' },
      secure: { type: 'boolean', default: false },
      user: { type: 'string', multiple: true, default: [] },
      attached: { type: 'boolean', default: false },
      hard: { type: 'boolean', default: false },
      node: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });

const userOf = (text) => {
  const at = text.indexOf(':');
  if (at < 1) throw new Refused(`--user ${text} is not NAME:PASSWORD`);
  return [text.slice(0, at), text.slice(at + 1)];
};

const optionsOf = (values) => {
  const [nodes, port] = [Number(values.nodes), Number(values.port)];
  if (nodes !== 1 && nodes !== 3) throw new Refused('--nodes is 1 or 3');
  if (!Number.isInteger(port) || port < 0 || port > 65_500)
    throw new Refused('--port is a number from 0 to 65500');
  return { nodes, port, secure: values.secure, users: values.user.map(userOf), throwAway: values.attached };
};

const tell = (text) => process.stderr.write(`${text}\n`);

const show = (description, asJson) => {
  if (asJson) return process.stdout.write(`${JSON.stringify(description)}\n`);
  const { state, directory, version, brokers, nodes } = description;
  if (state === 'none') return process.stdout.write(`there is no Kafka in ${directory}\n`);
  const pids = nodes.filter(({ running }) => running).map(({ id, pid }) => `node ${id} is process ${pid}`);
  return process.stdout.write(
    [`Kafka ${version} in ${directory}: ${state}`, `brokers ${brokers}`, ...pids].join('\n') + '\n',
  );
};

/** Whatever ends the one who asked, in whatever way, ends standard input. */
const untilLeftAlone = () =>
  new Promise((resolve) => {
    process.stdin.resume();
    for (const event of ['end', 'close', 'error']) process.stdin.once(event, resolve);
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.once(signal, resolve);
  });

const attached = async (values) => {
  const leftAlone = untilLeftAlone();
  try {
    show(await start(values.dir, optionsOf(values), tell), values.json);
    await leftAlone;
  } finally {
    process.stdin.destroy(); // open, it would keep a launcher alive that could not start anything
    await stop(values.dir, { hard: true });
    rmSync(values.dir, { recursive: true, force: true });
  }
};

const run = async () => {
  const { values, positionals } = parse();
  switch (positionals.join(' ')) {
    case 'start':
      if (values.attached) return attached(values);
      return show(await start(values.dir, optionsOf(values), tell), values.json);
    case 'stop':
      await stop(values.dir, { hard: values.hard, ...(values.node ? { only: Number(values.node) } : {}) });
      return show(describe(values.dir), values.json);
    case 'status':
      show(describe(values.dir), values.json);
      process.exitCode = describe(values.dir).state === 'running' ? 0 : 3;
      return undefined;
    case 'class-path':
      return process.stdout.write(`${classPath(tell)}\n`);
    default:
      throw new Refused(USAGE);
  }
};

try {
  await run();
} catch (error) {
  if (!(error instanceof Refused) && error.code?.startsWith?.('ERR_PARSE_ARGS') !== true) throw error;
  tell(error.message);
  process.exitCode = 1;
}
