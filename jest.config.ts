/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';

/** Each project runs its tests against the TypeScript sources: no build stands between an edit and its test. */
const project = (displayName: string, folder: string, moduleNameMapper: Record<string, string> = {}) => ({
  displayName,
  rootDir: `<rootDir>/${folder}`,
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

const config: Config = {
  // A limit for what hangs: how fast the machine is decides nothing.
  testTimeout: 60_000,
  // A Nest test file leaves some megabytes behind in its worker: start another before it spends its time on collecting.
  workerIdleMemoryLimit: '1GB',
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
    project('nestjs on Nest 11', 'packages/nestjs/test', nest11),
    project('passport', 'packages/passport/test'),
    project('postgres', 'packages/postgres/test'),
    project('authorization-server', 'packages/authorization-server/test'),
    {
      ...project('authorization-server on Nest 11', 'packages/authorization-server/test', nest11),
      testMatch: [
        '<rootDir>/oauth/{boot,client-credentials}.test.ts',
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
