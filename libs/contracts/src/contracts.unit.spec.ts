import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { FieldRecord } from './contract.js';
import { loadContracts } from './load-contracts.js';
import { problemCatalogue, type Problem } from './problem.js';

const root = new URL('../../../schemas/contracts/', import.meta.url);
const contracts = await loadContracts(root.pathname);

const examplesOf = (place: string, kind: 'good' | 'bad'): readonly (readonly [string, unknown])[] => {
  const folder = new URL(`${place}/examples/${kind}/`, root);
  return readdirSync(folder).map(
    (file) => [file, JSON.parse(readFileSync(new URL(file, folder), 'utf8'))] as const,
  );
};

const codesOf = (problems: readonly { code: string; field: string | null }[]): readonly string[] =>
  problems.map(({ code, field }) => `${code} ${field}`).sort();

describe('the contracts', () => {
  it('are those of the movements register', () => {
    expect(contracts.all.map(({ name, version }) => `${name} v${version}`)).toEqual([
      'movement-retractions v1',
      'movement-totals v1',
      'movements v1',
    ]);
  });

  for (const contract of contracts.all) {
    const place = `${contract.agency}/${contract.name}/v${contract.version}`;
    describe(`${contract.name} v${contract.version}`, () => {
      it.each(examplesOf(place, 'good'))('accepts %s', (_file, record) => {
        expect(contract.validate(record as FieldRecord)).toEqual([]);
      });

      it.each(examplesOf(place, 'bad'))('refuses %s for the reasons it names', (_file, example) => {
        const { problems, record } = example as { problems: Problem[]; record: FieldRecord };
        expect(codesOf(contract.validate(record))).toEqual(codesOf(problems));
        for (const { code } of problems) expect(Object.keys(problemCatalogue)).toContain(code);
      });

      it('explains every field in Persian and English', () => {
        for (const { title, description, mend } of contract.fields)
          for (const { fa, en } of [title, description, mend])
            expect([/[؀-ۿ]/.test(fa), en.length > 0]).toEqual([true, true]);
      });
    });
  }
});
