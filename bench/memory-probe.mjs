/**
 * Loaded into a process (`--import`), it writes down from time to time how much memory the process has, and
 * what of its heap is left when everything that nobody needs has been collected.
 */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const directory = process.env.KARNAMA_BENCH_MEMORY;
const everyMs = Number(process.env.KARNAMA_BENCH_MEMORY_MS ?? 15_000);

if (directory !== undefined) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const file = join(directory, `${process.env.KARNAMA_WORKER_ID}.jsonl`);
  const look = () => {
    const { rss } = process.memoryUsage();
    collect();
    const { heapUsed, external } = process.memoryUsage();
    appendFileSync(file, `${JSON.stringify({ at: Date.now(), rss, heap: heapUsed, external })}\n`);
  };
  setInterval(look, everyMs).unref();
}
