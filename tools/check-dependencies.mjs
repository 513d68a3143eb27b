/**
 * Checks who imports whom (.dependency-cruiser.mjs): the repository must be clean, and each rule must fire
 * on the violation planted for it, so that no rule is switched off unnoticed.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import config from '../.dependency-cruiser.mjs';
import { allowed, planted, standing } from './planted-imports.mjs';
import { ROOT } from './root.mjs';

const PLACES = ['libs/*/src', 'apps/*/{src,test}', 'bench'];
const { options, ...ruleSet } = config;

/** Cruises the tree at `root` (which becomes the working directory) and answers with its violations. */
const violationsOf = async (root, places) => {
  process.chdir(root);
  const { output } = await cruise(places, { ...options, validate: true, ruleSet, baseDir: root }, undefined, {
    tsConfig: extractTSConfig(options.tsConfig.fileName),
  });
  return output.summary;
};

const inPlantedTree = async (files, check) => {
  const root = mkdtempSync(join(tmpdir(), 'karnama-imports-'));
  try {
    for (const name of ['tsconfig.base.json', 'tsconfig.spec.json'])
      cpSync(join(ROOT, name), join(root, name));
    for (const [path, text] of Object.entries({ ...standing, ...files })) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return await check(root);
  } finally {
    process.chdir(ROOT);
    rmSync(root, { recursive: true, force: true });
  }
};

const firedIn = (files) =>
  inPlantedTree(files, async (root) => {
    const { violations } = await violationsOf(root, Object.keys(files));
    return [...new Set(violations.map(({ rule }) => rule.name))].sort();
  });

const describe = ({ rule, from, to, cycle }) =>
  `${rule.name}: ${from} → ${cycle ? cycle.map(({ name }) => name).join(' → ') : to}`;

const checkRepository = async () => {
  const { violations, totalCruised } = await violationsOf(ROOT, PLACES);
  if (totalCruised === 0) return ['nothing was cruised'];
  console.log(`${totalCruised} modules cruised`);
  return violations.map(describe);
};

const checkAllowed = async () => {
  const fired = await firedIn(allowed);
  return fired.map((name) => `${name} fires on imports that the design allows`);
};

const checkRule = async (name) => {
  const trees = planted[name] ?? [];
  if (trees.length === 0) return [`no violation is planted for the rule ${name}`];
  const problems = [];
  for (const files of trees) {
    const fired = await firedIn(files);
    if (fired.join() !== name)
      problems.push(
        `${Object.keys(files)[0]} should fire ${name} alone; fired: ${fired.join(', ') || 'nothing'}`,
      );
  }
  return problems;
};

const rules = ruleSet.forbidden.map(({ name }) => name);
const checks = [
  ['the repository keeps every rule', checkRepository],
  ['what the design allows passes', checkAllowed],
  ...rules.map((name) => [`${name} fires on its planted violation`, () => checkRule(name)]),
  ...Object.keys(planted)
    .filter((name) => !rules.includes(name))
    .map((name) => [
      `${name} is a rule`,
      () => [`a violation is planted for ${name}, but there is no such rule`],
    ]),
];

let failed = 0;
for (const [title, check] of checks) {
  const problems = await check();
  if (problems.length === 0) continue;
  failed += 1;
  console.log(`✗ ${title}`);
  for (const problem of problems) console.log(`    ${problem}`);
}
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
