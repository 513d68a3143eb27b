/**
 * Runs the tests: `node tools/test.mjs [unit|int|e2e|conformance…] [part of a path…] [jest options…]`.
 *
 * Without arguments it builds first and runs every suite. It fails, besides for a failing test, for a spec
 * whose name tells no kind, for a listed suite that did not run or has no test, and, where CI=true, for a
 * skipped test. The last line reads `N passed, N failed`.
 *
 * `conformance` runs the specs that hold an adapter to the contract of a port, and lists adapter × suite ×
 * number of cases; a contract without an adapter, or one that asks less of one adapter than of another, fails.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import process from 'node:process';
import { buildOrExit } from './build.mjs';
import { conformanceProblems, conformanceTable, suitesIn } from './conformance-table.mjs';
import { ROOT } from './root.mjs';

const KINDS = ['unit', 'int', 'e2e'];
const kindOf = (file) => /\.(unit|int|e2e)\.spec\.ts$/.exec(file)?.[1];

const specs = () =>
  ['libs', 'apps'].flatMap((place) =>
    readdirSync(join(ROOT, place), { recursive: true })
      .map((name) => join(ROOT, place, name))
      .filter(
        (file) => /\.(spec|test)\.[cm]?[jt]sx?$/.test(file) && !/[/\\](node_modules|dist)[/\\]/.test(file),
      )
      .sort(),
  );

/** A spec that runs the contract suite of a port over an adapter. */
const isConformance = (file) =>
  /import\s*\{[^}]*Contract\b[^}]*\}\s*from\s*'@karnama\/conformance'/.test(readFileSync(file, 'utf8'));

/** The ports that have a contract suite, as its title names them. */
const contractPorts = () =>
  readdirSync(join(ROOT, 'libs/conformance/src'))
    .filter((name) => name.endsWith('.contract.ts'))
    .map((name) => readFileSync(join(ROOT, 'libs/conformance/src', name), 'utf8'))
    .flatMap((text) => [...text.matchAll(/describe\(`(\S+) contract: \$\{adapter\}`/g)])
    .map(([, port]) => port);

const parseArguments = (args) => {
  const at = args.findIndex((arg) => arg.startsWith('-'));
  const words = at === -1 ? args : args.slice(0, at);
  const jest = (at === -1 ? [] : args.slice(at)).filter((arg) => arg !== '--');
  return {
    kinds: words.filter((word) => KINDS.includes(word)),
    conformance: words.includes('conformance'),
    paths: words.filter((word) => !KINDS.includes(word) && word !== 'conformance'),
    jest,
  };
};

const isChosen = (choice) => (file) =>
  (choice.kinds.length === 0 || choice.kinds.includes(kindOf(file))) &&
  (!choice.conformance || isConformance(file)) &&
  (choice.paths.length === 0 || choice.paths.some((path) => relative(ROOT, file).includes(path)));

/** How jest finds the files of a round: by the pattern of whole kinds, or one by one. */
const selection = (files, listed) => {
  const kinds = [...new Set(files.map(kindOf))];
  const whole = listed.filter((file) => kinds.includes(kindOf(file)));
  return whole.length === files.length
    ? [`--testPathPatterns=\\.(${kinds.join('|')})\\.spec\\.ts$`]
    : ['--runTestsByPath', ...files.map((file) => relative(ROOT, file))];
};

const runJest = (options) =>
  new Promise((resolve, reject) => {
    const directory = mkdtempSync(join(tmpdir(), 'karnama-tests-'));
    const report = join(directory, 'report.json');
    const child = spawn(
      process.execPath,
      [
        ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', '--max-semi-space-size=64'],
        join(ROOT, 'node_modules/jest/bin/jest.js'),
        ...['--reporters=default', '--json', `--outputFile=${report}`, ...options],
      ],
      { cwd: ROOT, stdio: ['inherit', 'ignore', 1] },
    );
    child.once('error', reject);
    child.once('close', (code, signal) => {
      try {
        resolve({ code, signal, results: JSON.parse(readFileSync(report, 'utf8')).testResults });
      } catch {
        resolve({ code, signal, results: [] });
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    });
  });

const NONE = { passed: 0, failed: 0, skipped: 0, problems: [] };

const add = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
  problems: [...a.problems, ...b.problems],
});

/** What one suite counts for; a suite that broke outside its tests, or ran none, counts as one failure. */
const countSuite = (file, result, everyTestMustRun) => {
  const name = relative(ROOT, file);
  if (result === undefined) return { ...NONE, failed: 1, problems: [`${name} did not run`] };
  const count = (...states) => result.assertionResults.filter(({ status }) => states.includes(status)).length;
  const tally = {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('pending', 'todo', 'disabled'),
    problems: [],
  };
  if (result.status === 'failed' && tally.failed === 0)
    return { ...tally, failed: 1, problems: [`${name} broke outside its tests`] };
  if (everyTestMustRun && tally.passed + tally.failed + tally.skipped === 0)
    return { ...tally, failed: 1, problems: [`${name} has no test`] };
  return tally;
};

const sentence = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;

/** What is quick to fail comes first: whole programs and browsers only when units and integration have run. */
const roundsOf = (files) =>
  [files.filter((file) => kindOf(file) !== 'e2e'), files.filter((file) => kindOf(file) === 'e2e')]
    .map((round) => ({ files: round, options: ['--max-workers=2'] }))
    .filter((round) => round.files.length > 0);

const choice = parseArguments(process.argv.slice(2));
const all = specs();
const nameless = all.filter((file) => kindOf(file) === undefined);
const chosen = all.filter(isChosen(choice)).filter((file) => !nameless.includes(file));
const isNarrowed = choice.jest.some((option) =>
  /^(-t|--testNamePattern|--onlyChanged|-o|--onlyFailures|-f|--shard)\b/.test(option),
);

// suites of whole programs run what is built; all others run the sources
if (chosen.some((file) => kindOf(file) === 'e2e')) await buildOrExit(['program', 'dashboard']);

const totals = new Map();
const runs = [];
for (const round of roundsOf(chosen)) {
  const run = await runJest([...round.options, ...choice.jest, ...selection(round.files, all)]);
  runs.push(run);
  const results = new Map(run.results.map((result) => [result.name, result]));
  for (const file of round.files) {
    const kind = kindOf(file);
    const before = totals.get(kind) ?? { ...NONE, suites: 0 };
    totals.set(kind, {
      ...add(before, countSuite(file, results.get(file), !isNarrowed)),
      suites: before.suites + 1,
    });
  }
}

let total = [...totals.values()].reduce(add, NONE);
for (const file of nameless)
  total = add(total, {
    ...NONE,
    failed: 1,
    problems: [`${relative(ROOT, file)}: name it *.unit.spec.ts, *.int.spec.ts or *.e2e.spec.ts`],
  });
if (chosen.length === 0) total = add(total, { ...NONE, failed: 1, problems: ['no suite was chosen'] });
if (total.failed === 0 && runs.some(({ code }) => code !== 0))
  total = add(total, { ...NONE, failed: 1, problems: ['jest ended with an error'] });
if (process.env.CI === 'true' && total.skipped > 0)
  total = add(total, { ...NONE, failed: 1, problems: ['skipped tests are not allowed here'] });

if (choice.conformance) {
  const suites = suitesIn(runs.flatMap(({ results }) => results));
  const cases = suites.reduce((sum, suite) => sum + suite.cases, 0);
  const beside = total.passed + total.failed + total.skipped - cases;
  console.log(`\n${conformanceTable(suites).join('\n')}`);
  console.log(`\n${cases} cases of contracts, and ${beside} other tests in their specs`);
  const isWhole = !isNarrowed && choice.kinds.length === 0 && choice.paths.length === 0;
  const problems = isWhole ? conformanceProblems(suites, contractPorts()) : [];
  if (problems.length > 0) total = add(total, { ...NONE, failed: problems.length, problems });
}

console.log();
for (const kind of KINDS) {
  const tally = totals.get(kind);
  if (tally) console.log(`${kind.padEnd(5)} ${String(tally.suites).padStart(4)} suites   ${sentence(tally)}`);
}
for (const problem of total.problems) console.log(`✗ ${problem}`);
console.log(sentence(total));
process.exitCode = total.failed === 0 ? 0 : 1;
