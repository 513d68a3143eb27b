/** A throw-away Kafka that ends with this process, however it ends. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { ROOT } from '../root.mjs';

const LAUNCHER = join(ROOT, 'tools/kafka/main.mjs');

const run = async (args) => {
  const child = spawn(process.execPath, [LAUNCHER, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (complaint += text));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`Kafka: ${complaint.trim()}`);
};

/** @param {string} directory a new one */
export const startBroker = async (directory) => {
  const child = spawn(
    process.execPath,
    [LAUNCHER, 'start', '--json', '--attached', '--port', '0', '--dir', directory],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const closed = once(child, 'close');
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line').then(([text]) => text),
    closed.then(() => Promise.reject(new Error('Kafka did not start'))),
  ]);
  const { brokers } = JSON.parse(line);
  return {
    brokers: brokers.split(','),
    /** `hard`: as by a power cut. */
    stop: ({ hard }) => run(['stop', '--dir', directory, ...(hard ? ['--hard'] : [])]),
    start: () => run(['start', '--dir', directory]),
    end: async () => {
      child.stdin.end();
      await closed;
    },
  };
};
