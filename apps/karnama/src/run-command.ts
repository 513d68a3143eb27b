import type { Command } from 'commander';
import { messageOf } from '@karnama/kernel';
import { configOf } from './config.js';
import type { Footing, FootingOptions } from './footing.js';
import { exitCodes, reportError, say } from './output.js';

/** Options that every command has. */
export type CommonOptions = { readonly dataDir?: string; readonly json?: boolean };

export const withCommonOptions = (command: Command): Command =>
  command
    .option('--data-dir <directory>', 'where everything is kept (default: KARNAMA_DATA_DIR or ./.karnama)')
    .option('--json', 'answer in JSON, errors too');

/** What a command is given: everything it works with, and a signal that Ctrl-C aborts. */
export type Session = { readonly footing: Footing; readonly signal: AbortSignal };

/**
 * Opens the footing, runs the work and closes everything again, whatever happens. The first Ctrl-C (or
 * SIGTERM) lets the work end by itself, the second one stops waiting for others that use the database.
 */
export const runCommand = async (
  options: CommonOptions,
  role: string,
  work: (session: Session) => Promise<void>,
  { exclusive = false, kafkaBrokers }: Partial<Pick<FootingOptions, 'exclusive' | 'kafkaBrokers'>> = {},
): Promise<void> => {
  const stopping = new AbortController();
  let footing: Footing | undefined;
  let signals = 0;
  const onSignal = (): void => {
    stopping.abort();
    if (++signals > 1) void footing?.close({ hurry: true });
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  let debug = false;
  try {
    const config = configOf();
    debug = config.debug;
    // the stores are loaded when they are needed: help and usage errors come at once
    const { openFooting } = await import('./footing.js');
    footing = await openFooting({
      dataDir: options.dataDir,
      role,
      exclusive,
      ...(kafkaBrokers === undefined ? {} : { kafkaBrokers }),
      log: config.log ? say : () => undefined,
    });
    const lost = footing.lost.then((reason) => Promise.reject(new Error(reason)));
    await Promise.race([work({ footing, signal: stopping.signal }), lost]);
  } catch (error) {
    reportError(error, options.json === true, debug);
    process.exitCode = exitCodes.failed;
  } finally {
    await footing
      ?.close({ hurry: signals > 1 })
      .catch((error: unknown) => say(`while closing: ${messageOf(error)}`));
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
};
