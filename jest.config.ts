/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';

const upFrom = (folder: string) => folder.replace(/[^/]+/g, '..');

/** Each project runs its tests against the TypeScript sources: no build stands between an edit and its test. */
const project = (displayName: string, folder: string, moduleNameMapper: Record<string, string> = {}) => ({
  displayName,
  rootDir: `<rootDir>/${folder}`,
  // Test files of a project share the modules that they import: loading Nest takes longer than running most of them.
  runner: `<rootDir>/${upFrom(folder)}/test/suite/grouping-runner.mjs`,
  testRunner: `<rootDir>/${upFrom(folder)}/test/suite/group-framework.mjs`,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@connect-auth/source', 'node', 'node-addons'] },
  testMatch: ['<rootDir>/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/fixtures/', '/\\.generated/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1', ...moduleNameMapper },
  // CommonJS that requires these ES modules: Jest cannot, before Node.js 24.9, and has to have them translated.
  transformIgnorePatterns: ['/node_modules/(?!\\.pnpm/(jose|cookie)@|(jose|cookie)/)'],
  transform: {
    '^.+\\.(ts|js)$': [
      '@swc/jest',
      {
        sourceMaps: 'inline',
        jsc: {
          target: 'es2022',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
        },
      },
    ] as [string, Record<string, unknown>],
  },
});

const nest11 = { '^@nestjs/(?!mapped-types)(.*)$': '<rootDir>/../../../test/nest11/node_modules/@nestjs/$1' };

/** What a plain `pnpm test` runs on Nest 11: a file or two of each folder. On Nest 12 the same run has all of them. */
export const smokeOnNest11 = [
  ...['access/precedence', 'answer/exception-filters', 'audit/audit', 'cache/org-cache', 'caller/parameters'],
  ...[
    'egress/modes',
    'frame/message-interceptors',
    'graphql/one-request',
    'guard/flawed-tokens',
    'guard/instrumentation',
  ],
  ...['health/connect-auth-health', 'rules/require-live', 'module/options', 'openapi/routes'],
  ...['organization/org-owned', 'passport/auth-guard', 'routes/idle-declarations', 'rpc/tcp'],
  ...['compatibility/versions', 'ws/refusals'],
];

/** Whoever names files or projects means all of them. */
const isNamedRun = process.argv.slice(2).some((argument) => !argument.startsWith('-'));
const isWhole = process.env.CI === 'true' || isNamedRun;

const leftOutOnNest11 =
  `tests of @connect-auth/nestjs on Nest 11, but for ${smokeOnNest11.length} files: all of them ran on Nest 12, and CI runs them on both; ` +
  'so does npx --yes pnpm@12 jest --selectProjects "nestjs on Nest 11"';

/** Where `.ci/run` looks up what hangs. */
const runningTests = process.env.RUNNING_TESTS_FILE;

const config: Config = {
  // A limit for what hangs: how fast the machine is decides nothing.
  testTimeout: 60_000,
  reporters: [
    'default',
    ['<rootDir>/test/suite/left-out-reporter.mjs', { leftOut: isWhole ? [] : [leftOutOnNest11] }],
    ...(runningTests === undefined
      ? []
      : [['<rootDir>/test/suite/running-tests-reporter.mjs', { file: runningTests }] as [string, { file: string }]]),
  ],
  coverageProvider: 'v8',
  collectCoverageFrom: ['packages/*/src/**/*.ts'],
  coverageDirectory: '<rootDir>/coverage',
  projects: [
    project('core', 'packages/core/test'),
    project('audit', 'packages/audit/test'),
    project('isolation', 'packages/isolation/test'),
    project('express', 'packages/express/test'),
    project('nestjs', 'packages/nestjs/test'),
    // The same tests once more: whatever imports from Nest, gets it from there.
    {
      ...project('nestjs on Nest 11', 'packages/nestjs/test', nest11),
      ...(isWhole ? {} : { testMatch: smokeOnNest11.map((name) => `<rootDir>/${name}.test.ts`) }),
    },
    project('passport', 'packages/passport/test'),
    project('postgres', 'packages/postgres/test'),
    project('authorization-server', 'packages/authorization-server/test'),
    {
      ...project('authorization-server on Nest 11', 'packages/authorization-server/test', nest11),
      testMatch: [
        '<rootDir>/oauth/{boot,boot-kinds,boot-options,client-credentials}.test.ts',
        '<rootDir>/management/{guards,applications}.test.ts',
      ],
    },
    project('testing', 'packages/testing/test'),
    project('authorization-server example', 'examples/authorization-server/test'),
    project('bullmq-worker', 'examples/bullmq-worker/test'),
    project('express-api', 'examples/express-api/test'),
    project('nest-api', 'examples/nest-api/test'),
    project('repository', 'test'),
  ],
};

export default config;
