/** A thread that shares the work of a recount: a lane with connections of its own, told what to do by messages. */
import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase, postgresCellStore } from '@karnama/adapter-postgres';
import { laneHere, type Lane } from '@karnama/cells';
import { KarnamaError, messageOf } from '@karnama/kernel';
import { createLog, openLedger } from '@karnama/nest';
import { projectionsIn } from '@karnama/statistics';
import { configOf } from '../config.js';
import type { Answer, Order, ThreadData } from './message.js';

/** A lane stores one lot while it folds the next, and reads one page ahead. */
const connections = 4;

const port = parentPort;
if (port === null) throw new Error('this is the program of a thread');
const say = (answer: Answer): void => port.postMessage(answer);

const { databaseUrl, calendar } = workerData as ThreadData;
const database = await openDatabase(databaseUrl, {
  applicationName: 'karnama counting',
  poolSize: connections,
});
const log = createLog({ app: 'karnama', worker: 'counting', level: 'silent' });
const ledger = await openLedger(configOf(), database, log);
const lane = laneHere(postgresCellStore(database), ledger.port, projectionsIn(calendar));

const close = async (): Promise<void> => {
  await lane.close();
  await ledger.close();
  await database.close();
};

const carryOut = (order: Order): Promise<Awaited<ReturnType<Lane['sort' | 'count' | 'flush' | 'close']>>> => {
  switch (order.order) {
    case 'sort':
      return lane.sort(order.task, (position) => say({ position }));
    case 'count':
      return lane.count(order.task);
    case 'flush':
      return lane.flush();
    case 'close':
      return close();
  }
};

port.on('message', (order: Order) => {
  carryOut(order)
    .then(
      (outcome) => say({ outcome }),
      (error: unknown) => {
        const known = error instanceof KarnamaError ? error : undefined;
        say({ code: known?.code ?? 'internal-error', message: messageOf(error), mend: known?.mend });
      },
    )
    // nothing keeps the thread alive any more
    .finally(() => (order.order === 'close' ? port.close() : undefined));
});
