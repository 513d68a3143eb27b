/** Tells the workers which specs reach a mutant, and how far the run has come. */
import { writeFileSync } from 'node:fs';
import { dirname, relative, sep } from 'node:path';
import process from 'node:process';
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

let specOfTest = new Map();
let planned = 0;
let tested = 0;

const inSandbox = (file) => file.slice(file.indexOf(`${sep}libs${sep}`) + 1);

const every = () => [...new Set([...specOfTest.values()].flat())];

/**
 * The specs that reach a mutant; all of them for what a module works out when it is loaded. Those beside the
 * source come first and mostly kill it; a survivor is tried again with the others.
 */
const specsOf = ({ mutant, runOptions }) => {
  const reaching = runOptions.testFilter
    ? [...new Set(runOptions.testFilter.flatMap((test) => specOfTest.get(test) ?? []))]
    : every();
  const place = dirname(relative(process.cwd(), mutant.fileName));
  const beside = reaching.filter((spec) => dirname(spec) === place);
  return beside.length === 0 || process.env.KARNAMA_MUTATION_ALL === '1' ? reaching : beside;
};

const reporter = {
  onDryRunCompleted({ result }) {
    specOfTest = new Map();
    for (const { id, fileName } of result.tests)
      specOfTest.set(id, [...(specOfTest.get(id) ?? []), inSandbox(fileName)]);
  },
  onMutationTestingPlanReady({ mutantPlans }) {
    const runs = mutantPlans.filter(({ plan }) => plan === 'Run');
    const entries = runs.map((plan) => [plan.mutant.id, specsOf(plan)]);
    writeFileSync(process.env.KARNAMA_MUTATION_SPECS, JSON.stringify(Object.fromEntries(entries)));
    [planned, tested] = [mutantPlans.length, 0];
  },
  onMutantTested({ status, fileName, location, mutatorName, replacement }) {
    tested += 1;
    const where = `${relative(process.cwd(), fileName)}:${location.start.line}`;
    const change = `${mutatorName} → ${replacement.replace(/\s+/g, ' ').slice(0, 60)}`;
    process.stdout.write(`${tested}/${planned} ${status.toLowerCase()} ${where} ${change}\n`);
  },
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Reporter, 'karnama', reporter)];
