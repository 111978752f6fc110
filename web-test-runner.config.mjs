import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { LAUNCHERS, mediaPlugin } from './test/engines/runner.mjs';
import { bankServerPlugin } from './test/support/bank-server.mjs';

/** One line at the very end that other programs can read. */
const countingReporter = () => ({
  onTestRunFinished({ sessions }) {
    const count = { passed: 0, failed: 0, skipped: 0 };
    const walk = (suite) => {
      for (const { skipped, passed } of suite.tests)
        count[skipped ? 'skipped' : passed ? 'passed' : 'failed'] += 1;
      suite.suites.forEach(walk);
    };
    for (const session of sessions) {
      if (session.testResults) walk(session.testResults);
      if (!session.passed && session.errors?.length) count.failed += 1;
    }
    process.on('exit', () =>
      console.log(`browser tests: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`),
    );
  },
});

export default {
  files: ['test/src/**/*.test.ts', '!test/src/contract/**'],
  nodeResolve: { exportConditions: ['development', 'browser'] },
  plugins: [
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)),
    }),
    bankServerPlugin(),
    mediaPlugin(),
  ],
  browsers: [await LAUNCHERS[process.env.ENGINE ?? 'chromium']()],
  filterBrowserLogs: ({ args }) => !String(args[0]).includes('Lit is in dev mode'),
  reporters: [defaultReporter({ reportTestProgress: false }), countingReporter()],
  // These end what hangs and measure nothing: Mocha's names the test, the others come after it. On a machine that is
  // fifteen times slower, axe takes two minutes for the whole of its longest file.
  testFramework: { config: { timeout: 60_000 } },
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  testsFinishTimeout: 900_000,
  concurrency: 1,
  concurrentBrowsers: 1,
};
