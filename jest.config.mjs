import { availableParallelism } from 'node:os';

/** `npm run test:reports` alone: what they prove of documents, test/reports/parse-back reads back in every run. */
const LONG_ALONE = ['test/reports/(pdf|make-report-command|killed|spreadsheet)\\.spec\\.ts$'];

/** Nest 12 is ESM, so jest runs with --experimental-vm-modules (see the `test` script) and swc emits ES modules. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  globalSetup: '<rootDir>/test/support/test-run.mjs',
  globalTeardown: '<rootDir>/test/support/test-run-end.mjs',
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: process.env.SAMPLE_REPORTS === '1' ? [] : LONG_ALONE,
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        module: { type: 'es6' },
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
      },
    ],
  },
  testTimeout: 60_000,
  // Specs often wait, for a server or a clock: of three, two have work for two processors. Jest's own choice would be one.
  maxWorkers: Math.max(3, availableParallelism() - 1),
  // What a spec loaded is not all given back. Past this, collecting it costs a worker more than to begin anew does.
  workerIdleMemoryLimit: '600MB',
};
