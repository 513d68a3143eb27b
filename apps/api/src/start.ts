import { Unavailable } from '@karnama/kernel';
import {
  createMetrics,
  liveStandingOf,
  nestLog,
  openCells,
  openChannel,
  openLedger,
  openPostgres,
  standingOf,
  trailOf,
  startProbes,
  whenThere,
  type Life,
} from '@karnama/nest';
import {
  createIndicators,
  createLineage,
  createStatistics,
  createSupply,
  projectionsIn,
} from '@karnama/statistics';
import { readEpochs } from '@karnama/vintages';
import { startApi as startServer } from './api.js';
import { balanceGauges, balanceOf } from './balance-metrics.js';
import type { ApiConfig } from './config.js';
import { timedIndicators, timedStatistics } from './query-metrics.js';

/** The read side as a process. It begins to answer when its stores do, and stays when they go away. */
export const startApiProcess = async (config: ApiConfig, life: Life): Promise<void> => {
  const { log } = life;
  const metrics = createMetrics('api');
  let ready = async (): Promise<unknown> => Promise.reject(new Unavailable('still starting'));
  const probes = await startProbes({
    ready: () => ready(),
    metrics,
    log,
    host: config.metricsHost,
    port: config.metricsPort,
  });
  life.atEnd(() => probes.close());
  life.answers('metrics', probes.url);

  const database = await whenThere(life, 'database', () =>
    openPostgres(config, `karnama api ${config.workerId}`),
  );
  if (database === undefined) return;
  const opened = await whenThere(life, 'ledger', () => openLedger(config, database, log));
  const joined = await whenThere(life, 'channel', () => openChannel(config, database, { log }));
  if (opened === undefined || joined === undefined) return;
  const cells = await openCells(database);
  const { calendar } = config;
  const projections = projectionsIn(calendar);
  const ports = { channel: joined.port, ledger: opened.port, cells, projections };

  metrics.look(balanceGauges, balanceOf(ports, config.topicPrefix));
  const releases = async () => (await readEpochs(ports.ledger)).releases;
  const closings = async () => (await readEpochs(ports.ledger)).closings;
  const statistics = createStatistics({ store: cells, releases, closings, calendar });
  const head = () => ports.ledger.head();
  const indicators = createIndicators({ store: cells, releases, closings, calendar, head });
  const server = await startServer(
    {
      statistics: timedStatistics(statistics, metrics),
      indicators: timedIndicators(indicators, metrics),
      status: () => standingOf(ports, config.topicPrefix),
      standing: liveStandingOf(ports),
      lineage: createLineage({ store: cells, indicators, calendar, trail: trailOf(ports.ledger) }),
      supply: createSupply({ store: cells, releases, closings, calendar }),
      ...(config.auditToken === undefined ? {} : { audit: { token: config.auditToken } }),
      dashboardDir: config.dashboardDir,
      licence: config.dataLicence,
      logger: nestLog(log),
      closeGraceMilliseconds: 6_000,
    },
    { port: config.httpPort, host: config.httpHost },
  );
  life.atEnd(() => server.close());
  ready = () => ports.ledger.head();
  life.answers('dashboard', server.url);
};
