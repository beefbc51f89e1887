// One run, several projects: unit (pure), integration (real MariaDB and clusters), api (a real server over HTTP),
// web (jsdom) and browser (Chromium). `cluster` needs a real API server and is run by test/cluster/run.mjs only, `bed` real Galera nodes (npm run test:bed).
const swc = (tsx) => [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'es6' },
    jsc: {
      parser: { syntax: 'typescript', tsx, decorators: !tsx },
      target: 'es2023',
      keepClassNames: true,
      transform: tsx
        ? { react: { runtime: 'automatic' } }
        : { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    },
  },
];

// `npm run soak` (test/soak/run.mjs): every property in many rounds, for so long, and one more may have just begun.
const soaks = process.env.JIYUN_SOAK !== undefined;
/** The longest properties, on a machine that has other work too. */
const ROUND_SECONDS = 180;
const testTimeout = (ROUND_SECONDS + (soaks ? Number(process.env.JIYUN_SOAK_SECONDS) : 0)) * 1_000;

const base = {
  rootDir: import.meta.dirname,
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: {
    // Packages' own files end in .js too, and are meant so.
    '^(\\.{1,2}/(?!.*node_modules/).*)\\.js$': '$1',
    ...(soaks ? { '^fast-check$': '<rootDir>/test/soak/fast-check.mjs' } : {}),
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/dist-web/', '<rootDir>/.jiyun/', '<rootDir>/.cache/'],
};

const alone = { ...base, testEnvironment: 'node', transform: { '^.+\\.ts$': swc(false) } };
/** What its suites load is kept for the next of the same worker (ADR 0076). */
const server = {
  ...alone,
  testEnvironment: '<rootDir>/test/support/one-context/environment.mjs',
  runtime: '<rootDir>/test/support/one-context/runtime.mjs',
};
const withDatabase = {
  ...server,
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

export default {
  // Two cores: with three workers suites of the database ended a sixth sooner, pages of the browser were late.
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  // Modules of each suite stay in a worker's heap (vm modules are not collected); past this it is begun anew, which costs
  // it a dozen seconds of loading them again.
  workerIdleMemoryLimit: '2500MB',
  // A worker with nothing open leaves within a millisecond, and the system takes it apart for half a second to a second
  // after (a gigabyte of modules): jest's own 500 ms called that a leak. What is left open still says so.
  workerGracefulExitTimeout: 10_000,
  testTimeout,
  projects: [
    {
      ...server,
      displayName: 'unit',
      testMatch: ['<rootDir>/server/src/**/*.spec.ts', '<rootDir>/test/architecture/**/*.spec.ts'],
    },
    { ...withDatabase, displayName: 'integration', testMatch: ['<rootDir>/test/integration/**/*.spec.ts'] },
    { ...withDatabase, displayName: 'api', testMatch: ['<rootDir>/test/api/**/*.spec.ts'] },
    {
      ...base,
      displayName: 'web',
      testEnvironment: 'jsdom',
      setupFiles: ['<rootDir>/web/test-setup.ts'],
      transform: { '^.+\\.tsx?$': swc(true) },
      testMatch: ['<rootDir>/web/src/**/*.spec.ts', '<rootDir>/web/src/**/*.spec.tsx'],
    },
    { ...withDatabase, displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.spec.ts'] },
    { ...alone, displayName: 'bed', testMatch: ['<rootDir>/test/bed/**/*.bed.ts'] },
    { ...alone, displayName: 'cluster', testMatch: ['<rootDir>/test/cluster/**/*.cluster.ts'] },
  ],
};
