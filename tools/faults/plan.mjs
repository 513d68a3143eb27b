/** Every fault, with what it is done with in the short and in the full set. */
import { killAtAppend, killAtCheckpoint, killAtRandom } from './killing.mjs';
import { brokerAway, cutNetwork, restartPostgres, silentNetwork, slowNetwork } from './outages.mjs';
import { troubleEventStore } from './event-store-faults.mjs';
import { fillDisk } from './full-disk.mjs';
import { publishPoison } from './poison.mjs';
import { killWhileSplit } from './splitting.mjs';

const MINUTE = 60_000;

const times = (count, run) => Array.from({ length: count }, () => run);
const softAndHard = (seconds) => [
  { hard: false, seconds },
  { hard: true, seconds },
];

/**
 * @typedef {object} Fault
 * @property {string} name as given on the command line
 * @property {string} title
 * @property {(context: object, run: object) => Promise<void>} bring
 * @property {object[]} quick what it is brought with, once for each
 * @property {object[]} full
 * @property {'postgresql' | 'event-store' | 'small-disk'} [on] default postgresql
 * @property {boolean} [idle] nothing is published meanwhile, except by the fault itself
 * @property {number} [settleMs]
 * @property {boolean} [mayEnd] processes may end by themselves, to be started again
 */

/** @type {readonly Fault[]} */
export const FAULTS = [
  {
    name: 'random-kills',
    title: 'kill -9 of any process at any moment',
    bring: killAtRandom,
    quick: [{ count: 20, every: [250, 900] }],
    full: times(4, { count: 30, every: [200, 1_200] }),
  },
  {
    name: 'append-kills',
    title: 'kill -9 of intake around its append',
    bring: killAtAppend,
    quick: [{ count: 1 }],
    full: times(2, { count: 4 }),
  },
  {
    name: 'checkpoint-kills',
    title: 'kill -9 of projectors around their commit',
    bring: killAtCheckpoint,
    quick: [{ count: 5 }],
    full: times(2, { count: 8 }),
  },
  {
    name: 'split-kills',
    title: 'kill -9 of projectors of a split projection',
    bring: killWhileSplit,
    quick: [{ rounds: 2 }],
    full: times(3, { rounds: 6 }),
  },
  {
    name: 'broker-1s',
    title: 'Kafka away for 1 s',
    bring: brokerAway,
    quick: [{ hard: true, seconds: 1 }],
    full: softAndHard(1),
  },
  {
    name: 'broker-30s',
    title: 'Kafka away for 30 s',
    bring: brokerAway,
    quick: [],
    full: softAndHard(30),
  },
  {
    name: 'broker-5min',
    title: 'Kafka away for 5 min',
    bring: brokerAway,
    quick: [],
    full: [{ hard: true, seconds: 300 }],
    mayEnd: true,
  },
  {
    name: 'slow-network',
    title: 'PostgreSQL 200 ms away',
    bring: slowNetwork,
    quick: [{ ms: 200, seconds: 4 }],
    full: times(2, { ms: 200, seconds: 15 }),
  },
  {
    name: 'cut-network',
    title: 'connections to PostgreSQL cut',
    bring: cutNetwork,
    quick: [{ times: 5 }],
    full: times(3, { times: 10 }),
  },
  {
    name: 'half-open',
    title: 'PostgreSQL silent for 20 s, then cut',
    bring: silentNetwork,
    quick: [],
    full: times(2, { seconds: 20 }),
  },
  {
    name: 'postgres-restart',
    title: 'PostgreSQL restarted',
    bring: restartPostgres,
    quick: [{ hard: false }],
    full: times(3, { hard: false }),
  },
  {
    name: 'postgres-kill',
    title: 'PostgreSQL killed',
    bring: restartPostgres,
    quick: [{ hard: true }],
    full: times(5, { hard: true }),
  },
  {
    name: 'poison',
    title: 'poison messages',
    bring: publishPoison,
    quick: [{ withHuge: true }],
    full: times(2, { withHuge: true }),
    idle: true,
  },
  {
    name: 'event-store',
    title: 'EventStoreDB (stand-in) in trouble',
    bring: troubleEventStore,
    on: 'event-store',
    quick: [{ kills: 4, pauses: [300, 1_000] }],
    full: times(2, { kills: 16, pauses: [500, 3_000] }),
    settleMs: 3 * MINUTE,
  },
  {
    name: 'full-disk',
    title: 'disk of PostgreSQL full',
    bring: fillDisk,
    on: 'small-disk',
    quick: [{ seconds: 4 }],
    full: times(2, { seconds: 20 }),
  },
];
