import { join } from 'node:path';
import type { Command } from 'commander';
import type { RunningApi } from '@karnama/api';
import { KarnamaError, messageOf } from '@karnama/kernel';
import { liveStandingOf, persistently, standingOf } from '@karnama/nest';
import { configOf, installation } from '../config.js';
import type { Footing } from '../footing.js';
import { count, print, say } from '../output.js';
import { runCommand, withCommonOptions, type CommonOptions, type Session } from '../run-command.js';
import { playSimulation, sampleOptions } from '../sample.js';
import { settle } from '../settle.js';
import { startWorkers, type Workers } from '../workers.js';

type StartOptions = CommonOptions & {
  readonly port?: string;
  readonly host: string;
  readonly sample: boolean;
};

const usualPort = 8420;

const isTaken = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EADDRINUSE';

/** Listens on the port that was asked for, or on the usual one, or on any free one when that is taken. */
const listen = async (footing: Footing, { port, host }: StartOptions): Promise<RunningApi> => {
  const { startApi } = await import('@karnama/api');
  const options = {
    statistics: footing.statistics,
    indicators: footing.indicators,
    status: () => standingOf(footing),
    standing: liveStandingOf(footing),
    lineage: footing.lineage,
    supply: footing.supply,
    audit: { token: await footing.auditToken.read(), note: say },
    licence: configOf().dataLicence,
    dashboardDir: join(installation, 'apps', 'dashboard', 'dist'),
  };
  if (port !== undefined) {
    const asked = Number(port);
    if (!Number.isInteger(asked) || asked < 0 || asked > 65535)
      throw new KarnamaError('bad-request', `"${port}" is no port`);
    return startApi(options, { port: asked, host }).catch((error: unknown) => {
      throw isTaken(error)
        ? new KarnamaError('port-taken', `port ${port} is taken`, 'choose another one with --port', {
            cause: error,
          })
        : error;
    });
  }
  try {
    return await startApi(options, { port: usualPort, host });
  } catch (error) {
    if (!isTaken(error)) throw error;
    say(`port ${usualPort} is taken, using a free one`);
    return startApi(options, { port: 0, host });
  }
};

const isEmpty = async (footing: Footing): Promise<boolean> =>
  (await footing.ledger.head()) === 0n && (await footing.channel.topics('')).length === 0;

const takeInSample = async (footing: Footing, workers: Workers, signal: AbortSignal): Promise<void> => {
  say('the data directory is empty: taking in two years of a small simulated country');
  let records = 0;
  await playSimulation(
    footing,
    () => settle(footing, workers, signal),
    sampleOptions,
    signal,
    (_month, added) => (records += added),
  );
  if (!signal.aborted) say(`the sample is in: ${count(records)} records, one release a month`);
};

/** Taken up again after a kill in the middle of the sample: its own topics and names tell that it began. */
const isHalfSampled = async (footing: Footing): Promise<boolean> => {
  const began = await footing.channel.published(
    'karnama.labour-ministry.movement-totals',
    `simulated-${sampleOptions.seed}-opening/movement-totals`,
  );
  if (began === 0) return false;
  const { releases } = await standingOf(footing);
  return releases < sampleOptions.months;
};

/** Tells webhooks of releases until the signal aborts; whatever happens to it, the server goes on. */
const tellOthers = async ({ webhooks: store, indicators }: Footing, signal: AbortSignal): Promise<void> => {
  const { tellWebhooks } = await import('../webhooks/tell.js');
  const telling = { store, indicators, now: () => new Date(), log: say };
  await persistently(signal, () => tellWebhooks(telling, signal)).catch((error: unknown) =>
    say(`webhooks are not told any more: ${messageOf(error)}`),
  );
};

const serve = async ({ footing, signal }: Session, options: StartOptions): Promise<void> => {
  for (const projection of footing.projections) await footing.cells.open(projection);
  const workers = startWorkers(footing);
  const telling = new AbortController();
  let told: Promise<void> | undefined;
  let api: RunningApi | undefined;
  try {
    api = await listen(footing, options);
    await print(`\nKarnama is running at ${api.url}\n`);
    say(`data in ${footing.dataDir}; stop with Ctrl-C`);
    say(`auditors follow figures to their records with the token ${footing.auditToken.where}`);
    const stopped = new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    if (options.sample && ((await isEmpty(footing)) || (await isHalfSampled(footing))))
      await Promise.race([takeInSample(footing, workers, signal), workers.failed]);
    told = tellOthers(footing, telling.signal);
    await Promise.race([stopped, workers.failed]);
    say('stopping');
  } finally {
    telling.abort();
    await api?.close();
    await told;
    await workers.stop().catch((error: unknown) => say(`a worker had failed: ${messageOf(error)}`));
  }
};

export const addStart = (program: Command): void => {
  withCommonOptions(program.command('start'))
    .summary('run everything: database, intake, projections, API and dashboard')
    .description(
      'Runs Karnama in one process with an embedded PostgreSQL. An empty data directory gets a small sample first.',
    )
    .option('--port <n>', `port of the dashboard and the API (default: ${usualPort}, or a free one)`)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--no-sample', 'leave an empty data directory empty')
    .addHelpText(
      'after',
      '\nExamples:\n  karnama start\n  karnama start --data-dir /var/lib/karnama --port 80 --host 0.0.0.0 --no-sample',
    )
    .action((options: StartOptions) =>
      runCommand(options, 'start: the server', (session) => serve(session, options), { exclusive: true }),
    );
};
