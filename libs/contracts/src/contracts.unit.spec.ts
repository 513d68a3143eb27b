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
  it('are those of the registers, under the agency that delivers each by default', () => {
    const byAgency: Record<string, string[]> = {};
    for (const { agency, name, version } of contracts.all)
      (byAgency[agency] ??= []).push(version === 1 ? name : `${name} v${version}`);
    expect(byAgency).toEqual({
      'labour-ministry': ['movement-retractions', 'movement-totals', 'movements'],
      'social-insurance': [
        'employment-changes',
        'employment-ends',
        'employment-starts',
        'employment-withdrawals',
        'wage-lists',
        'wage-reports',
        'workshop-changes',
        'workshop-successions',
        'workshop-withdrawals',
        'workshops',
      ],
      'vocational-training': [
        'certificate-annulments',
        'certificates',
        'training-completions',
        'training-enrolments',
        'training-withdrawals',
      ],
      'employment-services': [
        'jobseeker-deregistrations',
        'jobseeker-registrations',
        'jobseeker-withdrawals',
        'placements',
        'vacancies',
        'vacancy-closures',
        'vacancy-fills',
        'vacancy-withdrawals',
      ],
      'business-registry': [
        'enterprise-activity',
        'enterprise-cessations',
        'enterprise-successions',
        'enterprise-withdrawals',
        'enterprises',
      ],
      'small-industries': [
        'capacities',
        'estates',
        'operating-licences',
        'operating-states',
        'permit-annulments',
        'permits',
        'production-reports',
        'progress-reports',
        'unit-closures',
        'unit-withdrawals',
      ],
    });
  });

  it('void only records of contracts that there are', () => {
    const voided = contracts.all
      .filter(({ name }) => name.endsWith('-withdrawals'))
      .flatMap(({ fields }) => fields.find(({ name }) => name === 'contract')?.codes ?? []);
    expect(voided).toHaveLength(31);
    for (const { code } of voided) expect(contracts.newest(code)?.name).toBe(code);
  });

  for (const contract of contracts.all) {
    const place = `${contract.agency}/${contract.name}/v${contract.version}`;
    describe(`${contract.name} v${contract.version}`, () => {
      it('shows at least two good records and four bad ones', () => {
        const [good, bad] = [examplesOf(place, 'good').length, examplesOf(place, 'bad').length];
        expect([good >= 2, bad >= 4]).toEqual([true, true]);
      });

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
