import { Command, InvalidArgumentError, Option } from 'commander';
import { startPostgres } from '../tools/postgres.mjs';
import { tableOf } from './soak-report.js';
import { soak } from './soak-run.js';
import { embeddedStore, postgresStore } from './soak-stores.js';

/** `npm run soak`: real servers, killed again and again, while shoppers pay. */

const { minutes, seed, store } = new Command('npm run soak --')
  .description('Has shoppers pay at real servers that are killed while everything around them goes wrong.')
  .option('--minutes <n>', 'how long', readMinutes, 5)
  .option('--seed <n>', 'what is chosen by chance; printed with the result', readSeed, Date.now() % 1_000_000)
  .addOption(
    new Option('--store <name>', 'two servers, or one').choices(['postgres', 'embedded']).default('postgres'),
  )
  .parse()
  .opts<{ minutes: number; seed: number; store: 'postgres' | 'embedded' }>();

const postgres = store === 'postgres' ? await startPostgres() : undefined;
const kept = postgres ? postgresStore(postgres.url, () => postgres.crash()) : await embeddedStore();
try {
  console.log(
    `seed ${seed}, ${minutes} min, ${kept.servers === 1 ? 'one server' : `${kept.servers} servers`}`,
  );
  const report = await soak({ seed, seconds: minutes * 60, store: kept });
  console.log(tableOf(report));
  if (report.violations.length > 0) process.exitCode = 1;
} finally {
  await kept.close();
  await postgres?.stop();
}

function readMinutes(text: string): number {
  const minutes = Number(text);
  if (!(minutes > 0 && minutes <= 1_440)) throw new InvalidArgumentError('It must be a number of minutes.');
  return minutes;
}

function readSeed(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}
