export default {
  testEnvironment: 'node',
  testSequencer: '<rootDir>/tools/longest-first.mjs',
  testRegex: '\\.(unit|int|e2e)\\.spec\\.ts$',
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^@karnama/(simulator|api)$': '<rootDir>/apps/$1/src/index.ts',
    '^@karnama/app$': '<rootDir>/apps/karnama/src/index.ts',
    '^@karnama/(.+)-app$': '<rootDir>/apps/$1/src/index.ts',
    '^@karnama/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2022',
          keepClassNames: true,
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  // a real server starts in a hook; on a busy machine that takes longer than the five seconds of jest
  testTimeout: 30_000,
  watchman: false,
};
