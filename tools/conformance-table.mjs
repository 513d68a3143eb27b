/**
 * Which adapter kept which contract, in how many cases: read from jest's report of a run, never written by hand.
 * A contract suite is a `describe` whose title reads `<Port> contract: <adapter>`.
 */
const TITLE = /^(\S+) contract: (.+)$/;

const LEFT_OUT = new Set(['pending', 'todo', 'disabled']);

/** The suite that a test belongs to, and its name within the suite. */
const placeOf = ({ ancestorTitles, title }) => {
  const at = ancestorTitles.findIndex((ancestor) => TITLE.test(ancestor));
  if (at === -1) return undefined;
  const [, port, adapter] = TITLE.exec(ancestorTitles[at]);
  return { port, adapter, name: [...ancestorTitles.slice(at + 1), title].join(' › ') };
};

/** Every suite over every adapter, by port and then by adapter as they stand in the report. */
export const suitesIn = (testResults) => {
  const suites = new Map();
  for (const { assertionResults } of testResults)
    for (const result of assertionResults) {
      const place = placeOf(result);
      if (place === undefined) continue;
      const { port, adapter, name } = place;
      const key = JSON.stringify([port, adapter]);
      const suite = suites.get(key) ?? {
        ...{ port, adapter, names: new Set() },
        ...{ cases: 0, passed: 0, failed: 0, leftOut: 0 },
      };
      suite.names.add(name);
      suite.cases += 1;
      if (result.status === 'passed') suite.passed += 1;
      else if (LEFT_OUT.has(result.status)) suite.leftOut += 1;
      else suite.failed += 1;
      suites.set(key, suite);
    }
  const order = new Intl.Collator('en').compare;
  return [...suites.values()].sort((a, b) => order(a.port, b.port) || order(a.adapter, b.adapter));
};

/** What is wrong though every test passed: a contract that nobody was held to, or one that asked less of somebody. */
export const conformanceProblems = (suites, ports) => {
  const unproved = ports
    .filter((port) => !suites.some((suite) => suite.port === port))
    .map((port) => `no adapter was held to the contract ${port}`);
  const shorter = suites.flatMap(({ port, adapter, names }) => {
    const others = suites.filter((suite) => suite.port === port).flatMap((suite) => [...suite.names]);
    return [...new Set(others)]
      .filter((name) => !names.has(name))
      .map((name) => `${adapter} was not asked for: ${port} › ${name}`);
  });
  return [...unproved, ...shorter];
};

const COLUMNS = [
  ['suite', ({ port }) => port],
  ['adapter', ({ adapter }) => adapter],
  ['cases', ({ cases }) => cases],
  ['passed', ({ passed }) => passed],
  ['failed', ({ failed }) => failed],
  ['left out', ({ leftOut }) => leftOut],
];

/** Lines of text: adapter × suite × number of cases. */
export const conformanceTable = (suites) => {
  const rows = [
    COLUMNS.map(([title]) => title),
    ...suites.map((suite) => COLUMNS.map(([, of]) => of(suite))),
  ];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column < 2 ? String(cell).padEnd(widths[column]) : String(cell).padStart(widths[column]),
      )
      .join('  ')
      .trimEnd(),
  );
};
