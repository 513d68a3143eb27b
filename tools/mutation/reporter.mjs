/** Tells the workers which specs reach a mutant, and how far the run has come. */
import { writeFileSync } from 'node:fs';
import { dirname, relative, sep } from 'node:path';
import process from 'node:process';
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

let specOfTest = new Map();
let planned = 0;
let tested = 0;

const inSandbox = (file) => file.slice(file.indexOf(`${sep}libs${sep}`) + 1);

/**
 * What a module works out when it is loaded is reached by whoever loads it, so Stryker would run every test.
 * The specs beside it come first; a survivor is tried again with all.
 */
const specsBeside = (file, specs) => {
  const beside = specs.filter((spec) => dirname(spec) === dirname(relative(process.cwd(), file)));
  return beside.length === 0 || process.env.KARNAMA_MUTATION_ALL === '1' ? undefined : beside;
};

const specsOf = ({ mutant, runOptions }, specs) =>
  runOptions.testFilter
    ? [...new Set(runOptions.testFilter.flatMap((test) => specOfTest.get(test) ?? []))]
    : specsBeside(mutant.fileName, specs);

const reporter = {
  onDryRunCompleted({ result }) {
    specOfTest = new Map();
    for (const { id, fileName } of result.tests)
      specOfTest.set(id, [...(specOfTest.get(id) ?? []), inSandbox(fileName)]);
  },
  onMutationTestingPlanReady({ mutantPlans }) {
    const runs = mutantPlans.filter(({ plan }) => plan === 'Run');
    const specs = [...new Set([...specOfTest.values()].flat())];
    const entries = runs.map((plan) => [plan.mutant.id, specsOf(plan, specs)]);
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
