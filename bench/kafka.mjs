/**
 * From Kafka to the ledger and to the published figures: `npm run bench:kafka [-- --smoke] [--minutes N]`;
 * `-- --memory [--minutes 10] [--ledger postgresql|eventstoredb]` follows the memory of each process instead.
 *
 * A real broker, the processes as they run in production (one of each), PostgreSQL, and the stand-in of
 * EventStoreDB as a process of its own. Every rate stands beside two raw limits that were measured in the
 * same rounds on the same machine: the driver reading the same topic and doing nothing, and the same
 * batches appended to the ledger by a program that does nothing else. Believe the ratios.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { buildOrExit } from '../tools/build.mjs';
import { whyNoJava } from '../tools/kafka/artifacts.mjs';

const { values } = parseArgs({
  options: {
    smoke: { type: 'boolean', default: false },
    memory: { type: 'boolean', default: false },
    minutes: { type: 'string' },
    ledger: { type: 'string' },
  },
});
const wrongUsage = (line) => {
  console.error(line);
  process.exit(2);
};
const minutes = Number(values.minutes ?? (values.memory ? 10 : 0));
if (!(minutes >= 0)) wrongUsage('--minutes is a number');
if (values.memory && minutes < 2) wrongUsage('--memory needs at least two minutes');
if (values.ledger !== undefined && !['postgresql', 'eventstoredb'].includes(values.ledger))
  wrongUsage('--ledger is postgresql or eventstoredb');
const noJava = whyNoJava();
if (noJava !== undefined) {
  console.log(`the benchmark was left out: ${noJava}\n0 passed, ${process.env.CI ? 1 : 0} failed`);
  process.exit(process.env.CI ? 1 : 0);
}
await buildOrExit(['program']);

// what follows is built by now
const { startBroker } = await import('../tools/faults/broker.mjs');
const { startServer } = await import('../tools/faults/postgres.mjs');
const { benchThroughput } = await import('./kafka-throughput.mjs');
const { benchDelay } = await import('./kafka-delay.mjs');
const { benchMemory } = await import('./kafka-memory-run.mjs');

const { smoke, memory, ledger } = values;
console.log(
  `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'})${smoke ? ', smoke run: the figures mean nothing' : ''}`,
);
const directory = mkdtempSync(join(tmpdir(), 'karnama-bench-kafka-'));
const broker = await startBroker(join(directory, 'kafka'));
const server = await startServer(join(directory, 'postgres'));
try {
  if (memory) await benchMemory({ broker, server, directory, minutes, ledger });
  else {
    await benchThroughput({ broker, server, directory, smoke });
    await benchDelay({ broker, server, directory, smoke, minutes });
  }
} finally {
  await server.close();
  await broker.end();
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
}
console.log(`\n${memory ? 1 : 2} passed, 0 failed`);
