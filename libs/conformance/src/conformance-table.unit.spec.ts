import { describe, expect, it } from '@jest/globals';

type Test = { ancestorTitles: string[]; title: string; status: string };
type Suite = {
  port: string;
  adapter: string;
  cases: number;
  passed: number;
  failed: number;
  leftOut: number;
};
type Table = {
  suitesIn(results: readonly { assertionResults: readonly Test[] }[]): readonly Suite[];
  conformanceProblems(suites: readonly Suite[], ports: readonly string[]): readonly string[];
  conformanceTable(suites: readonly Suite[]): readonly string[];
};

// a script of the tools, which no compiler checks
const place = new URL('../../../tools/conformance-table.mjs', import.meta.url).href;
const { suitesIn, conformanceProblems, conformanceTable } = (await import(place)) as Table;

const test = (suite: string, title: string, status = 'passed'): Test => ({
  ancestorTitles: ['on a real server', suite, 'publishing'],
  title,
  status,
});

const report = (...tests: readonly Test[]) => [{ assertionResults: tests }];

describe('the table of adapters and contracts', () => {
  it('counts the cases of each suite over each adapter, wherever the suite stands', () => {
    const suites = suitesIn([
      ...report(test('Channel contract: Kafka', 'a'), test('Channel contract: Kafka', 'b', 'failed')),
      ...report(test('Channel contract: memory, one', 'a'), test('no suite at all', 'x')),
      ...report(test('Ledger contract: memory', 'a', 'pending'), test('Channel contract: memory, one', 'b')),
    ]);
    expect(conformanceTable(suites)).toEqual([
      'suite    adapter      cases  passed  failed  left out',
      'Channel  Kafka            2       1       1         0',
      'Channel  memory, one      2       2       0         0',
      'Ledger   memory           1       0       0         1',
    ]);
  });

  it('finds nothing wrong when every adapter is asked the same', () => {
    const suites = suitesIn(report(test('Ledger contract: a', '1'), test('Ledger contract: b', '1')));
    expect(conformanceProblems(suites, ['Ledger'])).toEqual([]);
  });

  it('finds a contract that nobody is held to', () => {
    const suites = suitesIn(report(test('Ledger contract: a', '1')));
    expect(conformanceProblems(suites, ['Ledger', 'Channel'])).toEqual([
      'no adapter was held to the contract Channel',
    ]);
  });

  it('finds an adapter of which less is asked than of another', () => {
    const suites = suitesIn(
      report(
        test('Ledger contract: a', '1'),
        test('Ledger contract: a', '2'),
        test('Ledger contract: b', '2'),
      ),
    );
    expect(conformanceProblems(suites, ['Ledger'])).toEqual(['b was not asked for: Ledger › publishing › 1']);
  });
});
