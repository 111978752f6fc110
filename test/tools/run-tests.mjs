// `npm test`: every check of the project, one after the other. Each step prints its own output; the last line of all is
// `N passed, N failed`. A check without tests of its own (types, lint, build, size) counts as one.
// `npm test -- node browser` runs only the steps named.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { startPostgres } from './postgres.mjs';

const BUDGET_GZIP_BYTES = 22_000;

const only = process.argv.slice(2);
const total = { passed: 0, failed: 0 };

const files = (folder, except) =>
  readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith('.test.ts') && !(except && path.startsWith(except)))
    .sort();

/** Their tests leave a process as they found it, so each folder needs one alone: to start one takes longer than a file. */
const together = [
  'test/server-stub/providers',
  'test/server-stub/payments',
  'test/server-stub/google-pay',
  'test/server-stub/http',
  'test/demo/sandbox/procard',
  'test/demo/sandbox/globalpay',
  'test/demo/sandbox/acs',
  'test/demo/sandbox/faults',
  'test/demo/faults',
  'test/src/contract',
];
const entries = mkdtempSync(join(tmpdir(), 'pay-elements-tests-'));

const nodeTests = [
  ...together.map(entryOf),
  ...[...files('test/server-stub'), ...files('test/demo')].filter(
    (path) => !together.some((folder) => path.startsWith(join(folder, '/'))),
  ),
  ...files('test/architecture'),
  ...files('test/attacks'),
  ...files('test/bench'),
  ...files('test/canary'),
  ...files('test/tools'),
  'test/engines/table.test.ts',
  'test/engines/webdriver.test.ts',
];

await Promise.all([
  step('types', () => command('npm', ['run', '--silent', 'typecheck'])),
  step('lint', () => command('npm', ['run', '--silent', 'lint'])),
]);
await step('build', () => command('npm', ['run', '--silent', 'build']));
await step('size', size);
await step('node', () => withPostgres(() => nodeTest(nodeTests, availableParallelism())));
await step('simulation', () => nodeTest(files('test/simulation'), 1));
await step('model', () => nodeTest(files('test/model'), 1));
await step('crash', () => withPostgres(() => nodeTest(files('test/crash'), 2)));
await step('browser', browserTests);
await step('journeys', () => nodeTest(files('test/journeys'), 2));
await step('engines', () => nodeTest(['test/engines/journeys.test.ts'], 1));

rmSync(entries, { recursive: true });
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** A test file that runs those of the folder one after the other, each as a suite of its name. */
function entryOf(folder) {
  const entry = join(entries, `${folder.replaceAll('/', '-')}.test.mjs`);
  const modules = files(folder).map((path) => [path, pathToFileURL(path).href]);
  writeFileSync(
    entry,
    `import { describe } from 'node:test';
for (const [path, url] of ${JSON.stringify(modules)}) await describe(path, async () => { await import(url); });`,
  );
  return entry;
}

async function step(name, run) {
  if (only.length > 0 && !only.includes(name)) return;
  const start = performance.now();
  console.log(`\n== ${name}`);
  const { passed, failed } = await run().catch((error) => {
    console.error(error);
    return { passed: 0, failed: 1 };
  });
  total.passed += passed;
  total.failed += failed;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`== ${name}: ${passed} passed, ${failed} failed (${seconds} s)`);
}

function execute(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** The tests that need PostgreSQL are skipped where it is missing, and that is a failure of its own. */
async function withPostgres(run) {
  const postgres = await startPostgres().catch((error) => {
    console.error(
      `\n!! PostgreSQL: ${error.message}\n!! Its tests are skipped, and counted as one failure.\n`,
    );
  });
  if (!postgres) {
    const { passed, failed } = await run();
    return { passed, failed: failed + 1 };
  }
  process.env.TEST_DATABASE_URL = postgres.url;
  const result = await run();
  await postgres.stop();
  return result;
}

async function command(program, args) {
  const { code } = await execute(program, args);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function nodeTest(paths, concurrency) {
  const tap = join(tmpdir(), `pay-elements-${process.pid}.tap`);
  const { code } = await execute(process.execPath, [
    ...['--import', 'tsx', '--test', `--test-concurrency=${concurrency}`],
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=tap', `--test-reporter-destination=${tap}`],
    ...paths,
  ]);
  const summary = readFileSync(tap, 'utf8');
  rmSync(tap);
  const read = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(summary)?.[1] ?? 0);
  const failed = read('fail') + read('cancelled');
  return { passed: read('pass'), failed: failed > 0 || code === 0 ? failed : 1 };
}

async function browserTests() {
  const { code, output } = await execute('npx', ['--no-install', 'wtr']);
  const [, passed = 0, failed = 0] = (/^browser tests: (\d+) passed, (\d+) failed/m.exec(output) ?? []).map(
    Number,
  );
  return { passed, failed: failed > 0 || code === 0 ? failed : 1 };
}

async function size() {
  const script = readFileSync('dist/pay-elements.js');
  const bytes = gzipSync(script, { level: 9 }).length;
  console.log(
    `pay-elements.js: ${script.length} bytes, ${bytes} gzipped; the budget is ${BUDGET_GZIP_BYTES}`,
  );
  return bytes <= BUDGET_GZIP_BYTES ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}
