/**
 * Breaks the distributed footing in every way that is known to happen, and judges whether anything was
 * lost, doubled or miscounted: `npm run test:faults [-- --quick] [--seed N] [fault …]`. `--check-judge` plants
 * what is wrong, and passes when the judge sees it. See docs/faults.md.
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { buildOrExit } from '../build.mjs';
import { whyNoJava } from '../kafka/artifacts.mjs';
import { tableOf } from './table.mjs';

const say = (...lines) => {
  for (const line of lines) process.stdout.write(`${line}\n`);
};

const wrongUsage = (line) => {
  process.stderr.write(`${line}\nnpm run test:faults [-- --quick | --check-judge] [--seed N] [fault …]\n`);
  process.exit(2);
};

const readOptions = () => {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        quick: { type: 'boolean', default: false },
        seed: { type: 'string' },
        'check-judge': { type: 'boolean', default: false },
        'no-build': { type: 'boolean', default: false },
      },
    });
    const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
    if (!Number.isSafeInteger(seed) || seed < 0) wrongUsage('--seed is a whole number');
    return { ...values, seed, names: positionals };
  } catch (error) {
    return wrongUsage(error.message);
  }
};

const { quick, seed, names, 'no-build': noBuild, 'check-judge': checkJudge } = readOptions();
if (!noBuild) await buildOrExit(['program']);

// what follows is built by now
const { WRONGS, seenOf } = await import('./check-judge.mjs');
const FAULTS = checkJudge ? WRONGS : (await import('./plan.mjs')).FAULTS;
const { runFaults } = await import('./run.mjs');

const unknown = names.find((name) => !FAULTS.some((fault) => fault.name === name));
if (unknown !== undefined)
  wrongUsage(`there is no fault "${unknown}"; one of ${FAULTS.map(({ name }) => name).join(', ')}`);

const noJava = whyNoJava();
if (noJava !== undefined) {
  say(`the fault tests were left out: ${noJava}`, `0 passed, ${process.env.CI ? 1 : 0} failed`);
  process.exit(process.env.CI ? 1 : 0);
}

const replay = (fault) =>
  `npm run test:faults -- ${checkJudge ? '--check-judge ' : ''}${quick ? '--quick ' : ''}--seed ${seed}${fault === undefined ? '' : ` ${fault}`}`;

const began = performance.now();
say(`seed ${seed}; the same again: ${replay(names.length > 0 ? names.join(' ') : undefined)}`);
const chosen = FAULTS.filter(({ name }) => names.length === 0 || names.includes(name));
const judged = await runFaults(chosen, { quick, seed, tell: say });
const rows = checkJudge ? judged.map(seenOf) : judged;

say('', tableOf(rows), '');
const failures = rows.filter(({ verdict }) => verdict === 'FAILED');
for (const { title } of failures) {
  const { name } = FAULTS.find((fault) => fault.title === title);
  say(`${title} failed; the same again: ${replay(name)}`);
}
const passed = rows.filter(({ verdict }) => verdict === 'passed').length;
const kills = rows.reduce((sum, row) => sum + row.kills, 0);
say(`${kills} kills in ${Math.round((performance.now() - began) / 1000)} s`);
say(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
