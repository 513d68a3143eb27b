import { defineConfig } from 'eslint/config';
import { builtinRules } from 'eslint/use-at-your-own-risk';
import prettier from 'eslint-config-prettier/flat';
import reactHooks from 'eslint-plugin-react-hooks';
import { configs, parser } from 'typescript-eslint';

/** Functions on plain data; see the same list in .dependency-cruiser.mjs. */
const PURE = 'libs/{kernel,classifications,registers,cells,statistics,vintages}/src/**/*.ts';
const SPECS = ['**/*.spec.ts', '**/*.spec-kit.ts', '**/*.spec.tsx', '**/*.contract.ts', 'apps/*/test/**'];
const SCRIPTS = ['**/*.mjs', '**/*.cjs', '**/*.js'];

/** What ESLint itself recommends; the list ships with its rules. */
const recommended = Object.fromEntries(
  [...builtinRules]
    .filter(([, { meta }]) => meta.docs?.recommended && !meta.deprecated)
    .map(([name]) => [name, 'error']),
);

/** The names that Node itself provides, for scripts that no compiler checks. */
const nodeGlobals = Object.fromEntries(
  Object.getOwnPropertyNames(globalThis).map((name) => [name, 'readonly']),
);

const banned = (selector, message) => ({ selector, message });

const impure = [
  banned('NewExpression[callee.name="Date"][arguments.length=0]', 'The time comes in as an argument.'),
  banned('CallExpression[callee.name="Date"]', 'The time comes in as an argument.'),
  banned(
    'MemberExpression[object.name="Date"]:matches([property.name="now"], [property.value="now"])',
    'The time comes in as an argument.',
  ),
  banned(
    'MemberExpression[object.name="Math"]:matches([property.name="random"], [property.value="random"])',
    'Randomness comes in as an argument.',
  ),
  banned('Decorator', 'The domain is plain functions on plain data.'),
];

const focused = [
  banned('MemberExpression[object.name=/^(it|test|describe)$/][property.name="only"]', 'Every test runs.'),
  // `(onLinux ? it : it.skip)(…)` says why; a plain `it.skip(…)` only hides
  banned(
    'CallExpression[callee.object.name=/^(it|test|describe)$/][callee.property.name=/^(skip|todo)$/]',
    'Every test runs.',
  ),
  banned('CallExpression[callee.name=/^(fit|xit|xtest|fdescribe|xdescribe)$/]', 'Every test runs.'),
];

const WORLD = [
  'process',
  'performance',
  'crypto',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'console',
];

export default defineConfig(
  { ignores: ['**/dist/', '**/node_modules/', '**/coverage/', '**/artifacts/', '.karnama/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' }, rules: recommended },

  {
    name: 'karnama/typescript',
    files: ['**/*.ts', '**/*.tsx'],
    extends: [configs.recommendedTypeChecked],
    languageOptions: {
      parser,
      // one program over every source and spec, with the packages resolved to their sources: fast, needs no build
      parserOptions: { project: './tsconfig.spec.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // ports and adapters are plain objects of functions: there is no `this` to lose
      '@typescript-eslint/unbound-method': 'off',
      // an async function without await keeps the promise of a port: errors become rejections
      '@typescript-eslint/require-await': 'off',
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'The environment is read once, in config.ts.' },
      ],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@nestjs/common',
              importNames: ['forwardRef'],
              message: 'Modules point in one direction.',
            },
            {
              name: 'node:process',
              importNames: ['env'],
              message: 'The environment is read once, in config.ts.',
            },
            { name: 'process', importNames: ['env'], message: 'The environment is read once, in config.ts.' },
          ],
        },
      ],
      eqeqeq: ['error', 'always'],
      'prefer-const': 'error',
    },
  },
  {
    name: 'karnama/environment',
    files: ['**/config.ts', '**/*.config.ts', ...SPECS, 'bench/**'],
    rules: { 'no-restricted-properties': 'off', 'no-restricted-imports': 'off' },
  },
  {
    name: 'karnama/output',
    files: ['apps/karnama/src/output.ts', 'bench/**'],
    rules: { 'no-console': 'off' },
  },
  {
    name: 'karnama/pure',
    files: [PURE],
    ignores: SPECS,
    rules: {
      'no-restricted-syntax': ['error', ...impure],
      'no-restricted-globals': [
        'error',
        ...WORLD.map((name) => ({ name, message: 'The domain touches nothing outside.' })),
      ],
    },
  },
  { name: 'karnama/specs', files: SPECS, rules: { 'no-restricted-syntax': ['error', ...focused] } },

  {
    name: 'karnama/dashboard',
    files: ['apps/dashboard/**/*.ts', 'apps/dashboard/**/*.tsx'],
    extends: [reactHooks.configs.flat.recommended],
    languageOptions: { parserOptions: { project: './apps/dashboard/tsconfig.json' } },
  },

  {
    name: 'karnama/scripts',
    files: SCRIPTS,
    rules: {
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'prefer-const': 'error',
      eqeqeq: ['error', 'always'],
    },
    languageOptions: { globals: nodeGlobals },
  },
  prettier,
);
