/**
 * Proves that the lint rules of the project are on: plants violations in the place of a real file (in memory
 * only) and compares what ESLint finds, line by line, with the rule named at the end of each line.
 */
import process from 'node:process';
import { ESLint } from 'eslint';
import { ROOT } from './root.mjs';

/** Real file → text that stands in for it; `// ✗ rule` names what must be found on that line, and nothing else may be. */
const planted = {
  'libs/kernel/src/month.ts': `
export const now = (): Date => new Date(); // ✗ no-restricted-syntax
export const text = (): string => Date(); // ✗ no-restricted-syntax
export const stamp = (): number => Date.now(); // ✗ no-restricted-syntax
export const dice = (): number => Math.random(); // ✗ no-restricted-syntax
export const elapsed = (): number => performance.now(); // ✗ no-restricted-globals
export const given = (text: string): Date => new Date(text);
const frozen = (_: unknown): void => undefined;
@frozen // ✗ no-restricted-syntax
export class Decorated {}
`,
  'apps/api/src/index.ts': `
import { forwardRef, Module } from '@nestjs/common'; // ✗ no-restricted-imports
import { Buffer } from 'node:buffer'; // ✗ @typescript-eslint/consistent-type-imports
export const reference = [forwardRef, Module];
export const buffer = (bytes: Buffer): number => bytes.length;
export const home = process.env['HOME']; // ✗ no-restricted-properties
export const anything = (value: any): unknown => value; // ✗ @typescript-eslint/no-explicit-any
const later = async (): Promise<boolean> => true;
export const forgotten = (): void => {
  later(); // ✗ @typescript-eslint/no-floating-promises
  if (later()) console.log('always'); // ✗ @typescript-eslint/no-misused-promises no-console
};
export const sign = (direction: 'hire' | 'separation'): number => {
  switch (direction) { // ✗ @typescript-eslint/switch-exhaustiveness-check
    case 'hire':
      return 1;
  }
  return -1;
};
export const now = (): Date => new Date();
`,
  'libs/classifications/src/areas.unit.spec.ts': `
import { describe, it } from '@jest/globals';
describe.only('a rule', () => { // ✗ no-restricted-syntax
  it.skip('is left out', () => undefined); // ✗ no-restricted-syntax
  it('may use the clock and the environment', () => void [new Date(), process.env['HOME']]);
});
`,
  'apps/karnama/src/config.ts': `
export const home = process.env['HOME'];
`,
  'apps/dashboard/src/main.tsx': `
import { useState } from 'react';
export const Choice = ({ shown }: { shown: boolean }): number => {
  if (!shown) return 0;
  const [count] = useState(0); // ✗ react-hooks/rules-of-hooks
  return count;
};
`,
};

const eslint = new ESLint({
  cwd: ROOT,
  overrideConfig: {
    files: ['**/*.ts', '**/*.tsx'],
    // with CI=true the parser would read the files from the disk, once
    languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } },
  },
});

const expectedIn = (text) =>
  text
    .split('\n')
    .flatMap((line, at) => (line.split('// ✗ ')[1]?.split(' ') ?? []).map((rule) => `${at + 1} ${rule}`));

let passed = 0;
let failed = 0;
for (const [filePath, text] of Object.entries(planted)) {
  const [{ messages }] = await eslint.lintText(text, { filePath });
  const found = messages.map(({ line, ruleId, message }) => `${line} ${ruleId ?? message}`);
  const expected = expectedIn(text);
  const missing = expected.filter((violation) => !found.includes(violation));
  const unexpected = found.filter((violation) => !expected.includes(violation));
  passed += expected.length - missing.length;
  failed += missing.length + unexpected.length;
  for (const violation of missing) console.log(`✗ ${filePath}: not found: ${violation}`);
  for (const violation of unexpected) console.log(`✗ ${filePath}: not planted: ${violation}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
