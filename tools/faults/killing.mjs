/** Processes killed at moments of chance, and at named points of their work. */
import { listenTo } from './postgres.mjs';
import { eventually, pause } from './wait.mjs';

/** Projectors do the most, and intake has to wait for its group after each death: so many lots each. */
const LOTS = [
  'intake-1',
  'intake-2',
  'projector-1',
  'projector-1',
  'projector-2',
  'projector-2',
  'projector-2',
  'api-1',
];

/** `kill -9` of whatever is running, `count` times. */
export const killAtRandom = async ({ kill, random }, { count, every }) => {
  for (let killed = 0; killed < count;) {
    await pause(random.between(...every));
    if (kill(random.pick(LOTS))) killed++;
  }
};

/** Kills who is at the point, `count` times; `arm(onPoint)` tells the name of each process that comes by. */
const killThere = async (kill, count, what, arm) => {
  let [armed, killed] = [false, 0];
  const disarm = await arm((name) => {
    if (!armed || !kill(name)) return false;
    armed = false;
    killed++;
    return true;
  });
  try {
    for (let n = 1; n <= count; n++) {
      armed = true;
      await eventually(`${what} number ${n}`, async () => killed === n, 45_000);
    }
  } finally {
    armed = false;
    await disarm();
  }
};

/** Names of processes by the server's side of their connections, asked once for each. */
const namesOf = (database) => {
  const known = new Map();
  return async (processId) => {
    if (known.has(processId)) return known.get(processId);
    const { rows } = await database.withClient((client) =>
      client.query('SELECT application_name AS name FROM pg_stat_activity WHERE pid = $1', [processId]),
    );
    const name = rows[0]?.name.split(' ').at(-1) ?? '';
    known.set(processId, name);
    return name;
  };
};

/** Tells who has committed, as soon as the server says so. */
const afterCommit = (stack, channel) => async (onPoint) => {
  const { database } = await stack.stores();
  const nameOf = namesOf(database);
  return listenTo(database, channel, (processId) => void nameOf(processId).then(onPoint, () => undefined));
};

/** Tells who is about to send such a thing; `reaches`: whether it gets to the server although its sender dies. */
const onTheWay = (stack, app, text, reaches) => async (onPoint) => {
  stack.server.proxy.watch((application, chunk) => {
    if (!application.startsWith(`karnama ${app} `) || !chunk.includes(text)) return undefined;
    return onPoint(application.split(' ').at(-1)) && !reaches ? 'drop' : undefined;
  });
  return () => stack.server.proxy.watch(undefined);
};

const CHECKPOINTS = 'faults_checkpoint';

/** Lets the server tell when a checkpoint has moved. */
const tellOfCheckpoints = async (stack) => {
  const { database } = await stack.stores();
  await database.withClient((client) =>
    client.query(`
      CREATE OR REPLACE FUNCTION faults_moved() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_notify('${CHECKPOINTS}', ''); RETURN NULL; END $$;
      CREATE OR REPLACE TRIGGER faults_moved AFTER UPDATE OF position ON cells.generation
        FOR EACH ROW EXECUTE FUNCTION faults_moved()`),
  );
};

/** The points at which intake is killed: with its append unknown to the ledger, on its way, and in it. */
export const killAtAppend = async ({ stack, kill }, { count }) => {
  const points = [
    ['append that does not arrive', onTheWay(stack, 'intake', 'ledger_append', false)],
    ['append without an answer', onTheWay(stack, 'intake', 'ledger_append', true)],
    ['append that is visible', afterCommit(stack, 'karnama_ledger')],
  ];
  for (const [what, arm] of points) await killThere(kill, count, what, arm);
};

/** The same for projectors and their transactions of cells and checkpoint. */
export const killAtCheckpoint = async ({ stack, kill }, { count }) => {
  await tellOfCheckpoints(stack);
  const points = [
    ['commit that does not arrive', onTheWay(stack, 'projector', 'COMMIT\0', false)],
    ['commit without an answer', onTheWay(stack, 'projector', 'COMMIT\0', true)],
    ['checkpoint that has moved', afterCommit(stack, CHECKPOINTS)],
  ];
  for (const [what, arm] of points) await killThere(kill, count, what, arm);
};
