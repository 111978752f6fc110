// `npm run test:pg`: the tests that need PostgreSQL, against one of their own. Further arguments are test files instead.
import { spawnSync } from 'node:child_process';
import { startPostgres } from './postgres.mjs';

const given = process.argv.slice(2);
const files = given.length > 0 ? given : ['test/server-stub/store/postgres.test.ts'];
const postgres = await startPostgres();
const { status } = spawnSync(process.execPath, ['--import', 'tsx', '--test', ...files], {
  stdio: 'inherit',
  env: { ...process.env, TEST_DATABASE_URL: postgres.url },
});
await postgres.stop();
process.exitCode = status ?? 1;
