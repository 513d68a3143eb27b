/**
 * The distributed footing on one machine: intake workers, projectors and the API, each as its own process,
 * over the embedded PostgreSQL of a data directory or the stores that the environment names.
 */
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildOrExit } from './build.mjs';
import { describe as describeKafka } from './kafka/cluster.mjs';
import { ROOT } from './root.mjs';
import { supervise } from './supervisor.mjs';

const HELP = `npm run start:distributed -- [options]

  --data-dir <directory>  data and keys (default: KARNAMA_DATA_DIR or ./.karnama)
  --port <n>              dashboard and API (default: 8420, or a free one)
  --intake <n>            intake workers (default: 2)
  --projectors <n>        projectors; each stands by for the others (default: 2)
  --channel <kind>        kafka or postgresql (default: kafka when there is one)

Environment: KARNAMA_DATABASE_URL or _FILE (a PostgreSQL of your own), KARNAMA_KAFKA_BROKERS (default: the broker of
\`npm run kafka -- start\` when it runs, else PostgreSQL), KARNAMA_EVENTSTOREDB_URL, KARNAMA_LOG_LEVEL (default here: warn).
Log lines of the processes are JSON on standard output; what this program itself says goes to standard error.`;

const say = (line) => process.stderr.write(`${line}\n`);

const wrongUsage = (line) => {
  say(`${line}\n\n${HELP}`);
  process.exit(2);
};

const OPTIONS = {
  'data-dir': { type: 'string' },
  port: { type: 'string' },
  intake: { type: 'string', default: '2' },
  projectors: { type: 'string', default: '2' },
  channel: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
};

const readOptions = () => {
  try {
    return parseArgs({ options: OPTIONS }).values;
  } catch (error) {
    return wrongUsage(error.message);
  }
};

const whole = (name, text, least, most) => {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  return number >= least && number <= most
    ? number
    : wrongUsage(`--${name} must be a whole number from ${least} to ${most}`);
};

const whichChannel = (text) =>
  text === undefined || text === 'kafka' || text === 'postgresql'
    ? text
    : wrongUsage('--channel is kafka or postgresql');

/** npm changes to the root of the project before it runs a script; paths are meant from where the user stands. */
const pathOf = (typed) =>
  typed.startsWith('~/')
    ? join(homedir(), typed.slice(2))
    : resolve(process.env.INIT_CWD ?? process.cwd(), typed);

const isFree = (port) =>
  new Promise((settle) => {
    const server = createServer();
    server.once('error', () => settle(false));
    server.listen(port, '127.0.0.1', () => server.close(() => settle(true)));
  });

/** The port when it is free, or else the next free one that was not given away before. */
const portsFrom = () => {
  const given = new Set();
  return async (wanted) => {
    for (let port = wanted; port < wanted + 500; port++) {
      if (given.has(port) || !(await isFree(port))) continue;
      given.add(port);
      return port;
    }
    throw new Error(`no free port from ${wanted} on`);
  };
};

/** Brokers of the environment, or of the broker that `npm run kafka` runs, or none: then PostgreSQL is the channel. */
const kafkaBrokers = (channel) => {
  if (channel === 'postgresql') return '';
  const named = process.env.KARNAMA_KAFKA_BROKERS;
  if (named !== undefined && named !== '') return named;
  const { state, brokers } = describeKafka(join(ROOT, '.karnama', 'kafka'));
  if (state === 'running') return brokers;
  return channel === 'kafka'
    ? wrongUsage('there is no Kafka: npm run kafka -- start, or set KARNAMA_KAFKA_BROKERS')
    : '';
};

const library = (name) => import(pathToFileURL(join(ROOT, 'libs', name, 'dist/index.js')).href);

/** The database: of the environment, or the embedded one of the data directory. */
const openServer = async (dataDir) => {
  const { ownDatabaseSettings, readConfig } = await library('nest');
  // the processes find it as it was found here, in the variable or in the file
  if (readConfig(ownDatabaseSettings, process.env).databaseUrl !== undefined)
    return { address: {}, lost: new Promise(() => undefined), release: async () => undefined };
  const { openDataDir } = await library('embedded-postgres');
  const opened = await openDataDir(dataDir, {
    role: 'start:distributed: the server',
    exclusive: true,
    log: say,
  });
  const lost = new Promise((settle) => opened.exited.then(({ asked }) => asked || settle(undefined)));
  return {
    address: { KARNAMA_DATABASE_URL: opened.url },
    lost,
    release: (hurry) => opened.release({ evenWithGuests: hurry }),
  };
};

/** The keys of the environment, or those that are kept in the data directory. */
const keysOf = async (dataDir) => {
  const { ensureKeyFile, keyRingInFile } = await library('nest');
  const keyOf = async (variable, name, ensure) => {
    if (process.env[variable] || process.env[`${variable}_FILE`]) return {};
    const file = join(dataDir, 'keys', name);
    await ensure(file);
    return { [`${variable}_FILE`]: file };
  };
  return {
    ...(await keyOf('KARNAMA_QUARANTINE_KEY', 'quarantine.key', ensureKeyFile)),
    ...(await keyOf('KARNAMA_PSEUDONYM_KEY', 'pseudonym.key', keyRingInFile)),
  };
};

const script = (app) => join(ROOT, 'apps', app, 'dist/main.js');

/** The projections in an order of its own for each projector, so that they share them from the start. */
const ordersOf = async () => {
  const { projections } = await library('statistics');
  const names = projections.map(({ name }) => name);
  return (n) => {
    const at = (n - 1) % names.length;
    return { KARNAMA_PROJECTIONS: [...names.slice(at), ...names.slice(0, at)].join(',') };
  };
};

const childrenOf = async (options, base) => {
  const next = portsFrom();
  const workers = async (app, count, from, own = () => ({})) => {
    const made = [];
    for (let n = 1; n <= count; n++) {
      const name = `${app}-${n}`;
      const port = String(await next(from + n - 1));
      made.push({
        name,
        script: script(app),
        env: { ...own(n), ...base, KARNAMA_WORKER_ID: name, KARNAMA_HTTP_PORT: port },
      });
    }
    return made;
  };
  const intake = await workers('intake', whole('intake', options.intake, 1, 50), 9401);
  const projectors = await workers(
    'projector',
    whole('projectors', options.projectors, 1, 50),
    9451,
    await ordersOf(),
  );
  const port = options.port === undefined ? await next(8420) : whole('port', options.port, 1, 65535);
  const metrics = String(await next(9400));
  const api = {
    ...base,
    KARNAMA_WORKER_ID: 'api-1',
    KARNAMA_HTTP_PORT: String(port),
    KARNAMA_METRICS_PORT: metrics,
  };
  return [...intake, ...projectors, { name: 'api-1', script: script('api'), env: api }];
};

const environmentOf = async (dataDir, address, brokers) => ({
  KARNAMA_LOG_LEVEL: 'warn',
  // the embedded server lets 50 connections in, and commands are to have some too
  KARNAMA_DATABASE_POOL: '4',
  ...process.env,
  ...address,
  KARNAMA_KAFKA_BROKERS: brokers,
  ...(await keysOf(dataDir)),
});

/** Tells where everything answers, once all of it does; afterwards each address that comes again. */
const announcer = (children, stores) => {
  const expected = children.length + 1; // the metrics of each, and the dashboard
  const known = new Map();
  return (name, what, url) => {
    const before = known.size;
    known.set(`${what} ${name}`, url);
    if (known.size === before) return say(`${name} is back at ${url}`);
    if (known.size < expected) return undefined;
    process.stdout.write(`\nKarnama is running at ${known.get('dashboard api-1')}\n`);
    for (const [key, at] of [...known].sort())
      if (key.startsWith('metrics')) say(`  ${key.slice(8).padEnd(12)} ${at}/metrics`);
    return say(`${stores}; stop with Ctrl-C`);
  };
};

const stopAsked = () => {
  let asked = 0;
  let tellFirst;
  const first = new Promise((settle) => (tellFirst = settle));
  const again = new Promise((settle) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
      process.on(signal, () => {
        asked += 1;
        tellFirst(undefined);
        if (asked > 1) settle(undefined);
      });
  });
  return { first, again };
};

const run = async (options) => {
  const dataDir = pathOf(options['data-dir'] ?? process.env.KARNAMA_DATA_DIR ?? '.karnama');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const brokers = kafkaBrokers(whichChannel(options.channel));
  const { first, again } = stopAsked();
  const server = await openServer(dataDir);
  void again.then(() => server.release(true));
  try {
    const children = await childrenOf(options, await environmentOf(dataDir, server.address, brokers));
    const supervisor = supervise(children, {
      say,
      answers: announcer(
        children,
        `data in ${dataDir}, channel ${brokers === '' ? 'PostgreSQL' : `Kafka ${brokers}`}`,
      ),
    });
    const status = await Promise.race([
      first.then(() => 0),
      supervisor.gaveUp.then(({ code }) => code || 1),
      server.lost.then(() => {
        say('the embedded PostgreSQL ended; see postgres.log in the data directory');
        return 1;
      }),
    ]);
    say('stopping');
    await supervisor.stop();
    return status;
  } finally {
    await server.release(false);
  }
};

const options = readOptions();
if (options.help) {
  process.stdout.write(`${HELP}\n`);
  process.exit(0);
}
await buildOrExit(['program', 'dashboard']);
try {
  process.exit(await run(options));
} catch (error) {
  say(
    `error: ${error.message}${error.code ? ` [${error.code}]` : ''}${error.mend ? `\n  what to do: ${error.mend}` : ''}`,
  );
  process.exit(1);
}
