/** The stand-in of EventStoreDB as a process of its own, which misbehaves when it is told to. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { ROOT } from '../root.mjs';

const MAIN = join(ROOT, 'libs/conformance/dist/eventstoredb/main.js');

export const startEventStore = async () => {
  const child = spawn(process.execPath, [MAIN], { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line').then(([text]) => text),
    closed.then(() => Promise.reject(new Error('the stand-in of EventStoreDB did not start'))),
  ]);
  return {
    url: JSON.parse(line).url,
    pid: child.pid,
    /** See Command in libs/conformance/src/eventstoredb/main.ts. */
    tell: (command) => void child.stdin.write(`${JSON.stringify(command)}\n`),
    close: async () => {
      child.stdin.end();
      await closed;
    },
  };
};
