/** Brings one fault after another about, and judges after each. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { startBroker } from './broker.mjs';
import { mountSmall } from './full-disk.mjs';
import { judge } from './judge.mjs';
import { startServer } from './postgres.mjs';
import { randomOf, seedOf } from './random.mjs';
import { startStack } from './stack.mjs';

const RATE = 400;
const SETTLE_MS = 120_000;
const DISK_MEGABYTES = 350;

class LeftOut extends Error {}

/** Stacks by what they stand on: kept while all is well, since starting one takes longer than most faults. */
const footing = async (directory, tell) => {
  const broker = await startBroker(join(directory, 'kafka'));
  const server = await startServer(join(directory, 'postgres'));
  const open = new Map();

  const onSmallDisk = async () => {
    const disk = mountSmall(join(directory, `small-${Date.now()}`), DISK_MEGABYTES, (why) => {
      throw new LeftOut(`no file system can be mounted here (${why})`);
    });
    const own = await startServer(join(disk.directory, 'data'));
    const end = async () => {
      await own.close();
      disk.unmount();
    };
    const stack = await startStack({ broker, server: own, withEventStore: false, directory, end });
    return { stack, disk };
  };
  const start = async (on) =>
    on === 'small-disk'
      ? onSmallDisk()
      : { stack: await startStack({ broker, server, withEventStore: on === 'event-store', directory }) };

  const drop = async (on) => {
    const kept = open.get(on);
    open.delete(on);
    return (await kept?.stack.close()) ?? [];
  };
  return {
    on: async (what) => {
      // more than one at a time is more than a small machine carries
      for (const other of [...open.keys()]) if (other !== what) tell(...(await drop(other)));
      if (!open.has(what)) open.set(what, await start(what));
      return open.get(what);
    },
    drop,
    close: async () => {
      for (const what of [...open.keys()]) await drop(what);
      await server.close();
      await broker.end();
    },
  };
};

const totalsOf = ({ title }) => ({
  title,
  runs: 0,
  kills: 0,
  records: 0,
  lost: 0,
  doubled: 0,
  differing: 0,
  seconds: 0,
  problems: [],
  notes: [],
});

/** One run of a fault, and the verdict on it. */
const runOnce = async (fault, run, { stack, disk }, random, row) => {
  const note = (text) => void (row.notes.includes(text) || row.notes.push(text));
  const problem = (text) => void row.problems.push(text);
  const checks = [];
  const counted = () => void row.kills++;
  const context = {
    stack,
    disk,
    random,
    note,
    problem,
    counted,
    kill: (name) => {
      const killed = stack.apps.kill(name);
      if (killed) counted();
      return killed;
    },
    afterSettling: (check) => void checks.push(check),
  };
  const before = stack.published;
  stack.apps.ownEnds();
  const bring = (producer) => fault.bring({ ...context, producer }, run);
  try {
    await (fault.idle ? bring() : stack.whilePublishing(RATE, bring));
  } catch (error) {
    problem(error.message);
  }
  const verdict = await judge(stack, fault.settleMs ?? SETTLE_MS);
  for (const check of checks) await check();
  const ends = stack.apps.ownEnds();
  for (const { name, how, words } of ends)
    (fault.mayEnd ? note : problem)(`${name} ended by itself (${how}): ${words}`);
  row.runs++;
  row.records += stack.published - before;
  for (const field of ['lost', 'doubled', 'differing']) row[field] += verdict[field];
  row.problems.push(...verdict.problems);
};

const verdictOf = ({ lost, doubled, differing, problems }) =>
  lost + doubled + differing + problems.length === 0 ? 'passed' : 'FAILED';

const runFault = async (fault, runs, ground, seed) => {
  const row = totalsOf(fault);
  const random = randomOf(seedOf(seed, fault.name));
  const on = fault.on ?? 'postgresql';
  for (const run of runs) {
    const place = await ground.on(on);
    const began = performance.now();
    try {
      await runOnce(fault, run, place, random, row);
    } catch (error) {
      row.problems.push(error.stack);
    }
    row.seconds += (performance.now() - began) / 1000;
    // what is wrong now would be wrong in everything that follows
    if (verdictOf(row) === 'FAILED') await ground.drop(on);
    if (verdictOf(row) === 'FAILED') break;
  }
  return { ...row, verdict: verdictOf(row) };
};

/** In CI everything must have been tried; a fault may only be left out where the system does not permit it. */
const leftOut = (fault, why) => {
  const mustRun = Boolean(process.env.CI) && process.getuid?.() === 0;
  return {
    ...totalsOf(fault),
    problems: mustRun ? [why] : [],
    notes: mustRun ? [] : [`left out: ${why}`],
    verdict: mustRun ? 'FAILED' : 'left out',
  };
};

/**
 * @param {readonly import('./plan.mjs').Fault[]} faults
 * @param {{ quick: boolean, seed: number, tell: (...lines: string[]) => void }} options
 */
export const runFaults = async (faults, { quick, seed, tell }) => {
  const directory = mkdtempSync(join(tmpdir(), 'karnama-faults-'));
  const ground = await footing(directory, tell);
  const rows = [];
  try {
    for (const fault of faults) {
      const runs = quick ? fault.quick : fault.full;
      if (runs.length === 0) continue;
      tell(`${fault.name}: ${fault.title} …`);
      const row = await runFault(fault, runs, ground, seed).catch((error) => {
        if (!(error instanceof LeftOut)) throw error;
        return leftOut(fault, error.message);
      });
      tell(`  ${row.verdict} in ${Math.round(row.seconds)} s, ${row.kills} kills`);
      for (const line of [...row.problems, ...row.notes]) tell(`  ${line}`);
      rows.push(row);
    }
  } finally {
    await ground.close();
  }
  const failed = rows.some(({ verdict }) => verdict === 'FAILED');
  if (failed) tell(`logs of the processes are in ${directory}`);
  else rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  return rows;
};
