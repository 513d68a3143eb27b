/**
 * The benchmarks: `npm run bench -- [--smoke] [append|intake|projection|split|queries|indicators|labour …]`.
 *
 * Every figure stands beside a ratio to a raw limit that was measured in the same run on the same
 * machine: believe the ratios. `--smoke` runs everything small, to see that it runs.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import v8 from 'node:v8';

v8.setFlagsFromString('--max-semi-space-size=64');

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const args = process.argv.slice(2);
const smoke = args.includes('--smoke');
const known = ['append', 'intake', 'projection', 'split', 'queries', 'indicators', 'labour'];
const asked = args.filter((arg) => !arg.startsWith('-'));
const unknown = asked.find((name) => !known.includes(name));
if (unknown !== undefined) {
  console.error(`there is no benchmark "${unknown}"; one of ${known.join(', ')}`);
  process.exit(2);
}

const built = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b'], {
  cwd: root,
  stdio: 'inherit',
});
if (built.status !== 0) process.exit(1);

const { startPostgres } = await import('@karnama/embedded-postgres');

/** Each benchmark gets a fresh durable server, so that none warms or fills it for the next. */
const withServer = async (work) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'karnama-bench-'));
  const server = await startPostgres({ dataDir });
  try {
    await work(server.url);
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
};

console.log(
  `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'})${smoke ? ', smoke run: the figures mean nothing' : ''}`,
);
let passed = 0;
for (const name of asked.length > 0 ? asked : known) {
  const { run } = await import(`./${name}.mjs`);
  await withServer((url) => run({ url, root, smoke }));
  passed++;
}
console.log(`\n${passed} passed, 0 failed`);
