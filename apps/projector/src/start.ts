import { bringUpInTurn, runProjector, type Part, type Projection } from '@karnama/cells';
import { Unavailable } from '@karnama/kernel';
import {
  createMetrics,
  openCells,
  openLedger,
  openPostgres,
  pause,
  persistently,
  startProbes,
  tellUnavailable,
  whenThere,
  type Life,
} from '@karnama/nest';
import { projectionsIn } from '@karnama/statistics';
import type { ProjectorConfig } from './config.js';
import { lagGauges, lagOf } from './projection-lag.js';
import { watchedStore } from './projector-metrics.js';

/**
 * Each further projection of the list is sought so much later than the one before: processes that are
 * given the list in different orders share the projections from the start.
 */
const headStartMs = 2_000;

/** So long one process keeps up several parts of a projection before others have the chance to take some. */
const termMs = 5 * 60_000;

/** A part as logs name it; nothing where there is but one. */
const inLog = ({ part, parts }: Part): { part?: string } => (parts === 1 ? {} : { part: `${part}/${parts}` });

/**
 * A projector: keeps projections up with the ledger, or parts of them, each as long as no other process does,
 * and takes over when that one ends. It waits for stores that are away, from its start on.
 */
export const startProjector = async (config: ProjectorConfig, life: Life): Promise<void> => {
  const { log, signal } = life;
  const metrics = createMetrics('projector');
  let ready = async (): Promise<unknown> => Promise.reject(new Unavailable('still starting'));
  const probes = await startProbes({
    ready: () => ready(),
    metrics,
    log,
    host: config.httpHost,
    port: config.httpPort,
  });
  life.atEnd(() => probes.close());
  life.answers('metrics', probes.url);

  const database = await whenThere(life, 'database', () =>
    openPostgres(config, `karnama projector ${config.workerId}`),
  );
  if (database === undefined) return;
  const opened = await whenThere(life, 'ledger', () => openLedger(config, database, log));
  if (opened === undefined) return;
  const ledger = opened.port;
  const cells = await openCells(database);
  const projections = projectionsIn(config.calendar);
  const store = watchedStore(cells, metrics, (projection, part) =>
    log.info('keeping the projection up', { projection, ...inLog(part) }),
  );

  metrics.look(lagGauges, lagOf(cells, ledger, projections));
  ready = () => ledger.head();
  log.info('projecting', { ledger: opened.kind });
  const bringUp = bringUpInTurn(store, ledger);
  const keepUp = (projection: Projection): Promise<void | undefined> =>
    persistently(
      signal,
      () =>
        runProjector({
          store,
          ledger,
          projection,
          signal,
          batch: config.batch,
          bringUp,
          headStart: (ended) => pause(headStartMs, ended),
          term: (ended) => pause(termMs, ended),
          onProgress: ({ position, epoch, events }, caughtUp, part) =>
            log.debug('counted', {
              projection: projection.name,
              ...inLog(part),
              position,
              epoch,
              events,
              correlation: `${projection.name}@${position}`,
              code: caughtUp ? 'caught-up' : 'behind',
            }),
        }),
      tellUnavailable(log, 'a store is away, counting again when it is back'),
    );
  for (const [place, name] of config.projections.entries()) {
    const projection = projections.find((candidate) => candidate.name === name);
    if (projection !== undefined)
      life.keep(pause(place * headStartMs, signal).then(() => keepUp(projection)));
  }
};
