/** What the checks of deploy/ work with: files, counting, and programs that may not be installed. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { ROOT } from '../root.mjs';

// declared by the library of contracts, which reads the same formats
export const { parse, parseAllDocuments } = createRequire(join(ROOT, 'libs/contracts/package.json'))('yaml');
export const { Ajv } = createRequire(join(ROOT, 'libs/contracts/package.json'))('ajv');

export const text = (path) => readFileSync(join(ROOT, path), 'utf8');
export const yaml = (path) => parse(text(path), { merge: true });
export const found = (pattern) => files.filter((path) => pattern.test(path));
export const all = (source, pattern) => [...source.matchAll(pattern)].map(([whole, first]) => first ?? whole);
export const unique = (values) => [...new Set(values)].sort();
export const without = (some, others) => unique(some).filter((value) => !new Set(others).has(value));

/** Files of the repository below a directory, without what is built or installed. */
export const walk = (directory) =>
  readdirSync(join(ROOT, directory), { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && name !== 'dist')
    .flatMap((entry) =>
      entry.isDirectory() ? walk(`${directory}/${entry.name}`) : [`${directory}/${entry.name}`],
    )
    .sort();
export const files = walk('deploy');

export const tally = { passed: 0, failed: 0, skipped: 0 };
export const say = (line) => process.stdout.write(`${line}\n`);

/** A check passes when it finds no faults. */
export const check = (name, faultsOf) => {
  let faults;
  try {
    faults = faultsOf();
  } catch (error) {
    faults = [error.message];
  }
  tally[faults.length === 0 ? 'passed' : 'failed'] += 1;
  say(`${faults.length === 0 ? 'ok  ' : 'FAIL'} ${name}`);
  for (const fault of faults.slice(0, 20)) say(`       ${fault}`);
};

const env = {
  ...process.env,
  PATH: [process.env.KARNAMA_DEPLOY_TOOLS, process.env.PATH].filter(Boolean).join(delimiter),
};
export const run = (program, args) =>
  spawnSync(program, args, { cwd: ROOT, env, encoding: 'utf8', maxBuffer: 1e8 });
const isThere = (program) => run(program, ['--help']).error === undefined;

/** Runs checks that need a program, or tells that they were left out. */
export const withProgram = (program, what, work) => {
  if (isThere(program)) return work();
  tally.skipped += 1;
  return say(`skip ${what}: ${program} is not installed`);
};
export const faultsOfRun = (program, args) => {
  const { status, stdout, stderr } = run(program, args);
  return status === 0 ? [] : `${stdout}${stderr}`.trim().split('\n');
};
