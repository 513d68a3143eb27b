/**
 * Jest loads only the specs whose tests reach the active mutant: Stryker itself leaves out the other tests,
 * but has their files loaded. Without an active mutant, all.
 */
const { readFileSync } = require('node:fs');
const { relative } = require('node:path');
const process = require('node:process');

let specsOf;

module.exports = (files) => {
  const mutant = process.env.__STRYKER_ACTIVE_MUTANT__;
  if (mutant === undefined) return { filtered: files };
  specsOf ??= JSON.parse(readFileSync(process.env.KARNAMA_MUTATION_SPECS, 'utf8'));
  const specs = specsOf[mutant];
  return { filtered: specs ? files.filter((file) => specs.includes(relative(process.cwd(), file))) : files };
};
