/**
 * Starts the program from a checkout: builds what is stale, then becomes apps/karnama. It runs in this very
 * process, so that signals, exit codes, stdin and stdout are the program's own.
 */
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { buildOrExit } from './build.mjs';
import { ROOT } from './root.mjs';

/** npm changes to the root of the project before it runs a script; paths are meant from where the user stands. */
const returnToCaller = () => {
  const isOurScript = ['start', 'karnama'].includes(process.env.npm_lifecycle_event ?? '');
  if (isOurScript && process.cwd() === ROOT && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
};

const args = process.argv.slice(2);
await buildOrExit(args[0] === 'start' ? ['program', 'dashboard'] : ['program']);

returnToCaller();
const main = join(ROOT, 'apps/karnama/dist/main.js');
process.argv = [process.execPath, main, ...args];
await import(pathToFileURL(main).href);
