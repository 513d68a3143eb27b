import { loadContracts } from '@karnama/contracts';
import { newestPseudonyms, runIntake, type Channel } from '@karnama/intake';
import { KarnamaError, Unavailable } from '@karnama/kernel';
import type { Ledger } from '@karnama/ledger';
import {
  createMetrics,
  openChannel,
  openLedger,
  openPostgres,
  openQuarantine,
  persistently,
  startProbes,
  tellUnavailable,
  whenThere,
  type Life,
} from '@karnama/nest';
import type { IntakeConfig } from './config.js';
import { intakeMetrics } from './intake-metrics.js';

const codeOf = (error: unknown): string => (error instanceof KarnamaError ? error.code : 'internal-error');

/** Another worker was faster: that is how workers find out who holds a partition, and no fault. */
const isRivalry = (error: unknown): boolean => codeOf(error) === 'partition-taken';

/**
 * An intake worker: takes the records of whatever partitions it is given into the ledger, and shares them
 * with the other workers of the same channel. It waits for stores that are away, from its start on.
 */
export const startIntake = async (config: IntakeConfig, life: Life): Promise<void> => {
  const { log, signal } = life;
  const contracts = await loadContracts(config.contractsDir);
  const metrics = createMetrics('intake');
  const numbers = intakeMetrics(metrics);
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
    openPostgres(config, `karnama intake ${config.workerId}`),
  );
  if (database === undefined) return;
  const opened = await whenThere(life, 'ledger', () => openLedger(config, database, log));
  const onGivenUp = (topic: string, partition: number, error: unknown): void => {
    numbers.onGivenUp(topic, partition, codeOf(error));
    log[isRivalry(error) ? 'warn' : 'error']('a partition was given up', {
      topic,
      partition,
      code: codeOf(error),
      error,
    });
  };
  const joined = await whenThere(life, 'channel', () =>
    openChannel(config, database, { log, onGivenUp, onDead: life.fail }),
  );
  if (opened === undefined || joined === undefined) return;
  const [ledger, channel]: [Ledger, Channel] = [numbers.timed(opened.port), joined.port];
  const quarantine = await openQuarantine(config, database);
  const pseudonymOf = newestPseudonyms(config.pseudonymKeys);

  numbers.watchLag(channel, ledger, config.topicPrefix);
  ready = () => ledger.head();
  log.info('taking in', { ledger: opened.kind, channel: joined.kind });
  const work = (): Promise<void> =>
    runIntake({
      channel,
      ledger,
      contracts,
      pseudonymOf,
      quarantine,
      topicPrefix: config.topicPrefix,
      signal,
      onBatch: (report) => {
        numbers.onBatch(report);
        log.debug('taken in', {
          ...report,
          correlation: `${report.topic}/${report.partition}@${report.next}`,
        });
      },
    });
  life.keep(
    persistently(signal, work, tellUnavailable(log, 'a store is away, taking in again when it is back')),
  );
};
