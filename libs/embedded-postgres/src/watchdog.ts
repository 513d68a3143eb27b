import { spawn, type ChildProcess } from 'node:child_process';
import { KarnamaError } from '@karnama/kernel';
import type { Account } from './account.js';
import { waitUntil } from './pause.js';
import { isRunning, signal, startOf } from './process-identity.js';

/**
 * Runs a command and interrupts it as soon as standard input ends, that is when this process is gone,
 * in whatever way. SIGINT is repeated, because a command that has just started may not listen to it yet.
 * The broken pipe of a dead reader must not end the watchdog before it has done its work.
 */
const SCRIPT = `
trap '' PIPE
exec 5<&0 </dev/null
"$@" >&2 5<&- &
child=$!
trap 'kill -INT "$child" 2>/dev/null' TERM INT HUP
(
  trap - TERM
  exec >/dev/null 2>&1 3<&- 4<&-
  while read -r _ <&5; do :; done
  while kill -INT "$child"; do sleep 1; done
) &
watcher=$!
echo "$child"
exec >/dev/null
wait "$child"
status=$?
while kill -0 "$child" 2>/dev/null && [ "$status" -ne 127 ]; do
  wait "$child"
  status=$?
done
kill "$watcher" 2>/dev/null
wait "$watcher" 2>/dev/null
exit "$status"
`;

/** A command under watch. `exited` gives its exit status (128 + number of the signal that ended it). */
export type Watched = { readonly pid: number; readonly exited: Promise<number> };

export type WatchOptions = {
  readonly account: Account;
  /** Descriptor that gets everything the command writes. */
  readonly output: number;
  /** Passed to the command as descriptors 3 and 4. */
  readonly descriptors: readonly (number | null)[];
};

const firstLine = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = '';
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`the watchdog ended with ${code}`)));
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      if (text.includes('\n')) resolve(text.trim());
    });
  });

const exitOf = (child: ChildProcess): Promise<number> =>
  new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 137)));

/** When the watchdog itself was killed, the command is ended here. */
const endCommand = async (pid: number, start: string | null): Promise<void> => {
  const gone = (): boolean => !isRunning(pid, start);
  const interrupt = (): boolean => gone() || !signal(pid, 'SIGINT');
  if (await waitUntil(interrupt, 20_000, 100)) return;
  signal(pid, 'SIGKILL');
  await waitUntil(gone, 10_000);
};

/**
 * Starts a command in a session of its own (a Ctrl-C at the terminal does not reach it), watched by
 * a small shell script that ends it when this process dies, be it by SIGKILL.
 */
export const watch = async (command: readonly string[], options: WatchOptions): Promise<Watched> => {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'karnama-watchdog', ...command], {
    cwd: '/',
    detached: true,
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
    stdio: ['pipe', 'pipe', options.output, ...options.descriptors.map((fd) => fd ?? ('ignore' as const))],
    ...options.account,
  });
  child.stdin?.on('error', () => undefined); // closed when the watchdog ends
  const ended = exitOf(child);
  const pid = Number(
    await firstLine(child).catch((error: unknown) => {
      throw new KarnamaError('watchdog-failed', `cannot run ${command[0]}`, undefined, { cause: error });
    }),
  );
  const start = startOf(pid);
  const exited = ended.then(async (status) => {
    if (isRunning(pid, start)) await endCommand(pid, start);
    return status;
  });
  return { pid, exited };
};
