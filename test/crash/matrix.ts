import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { describe, it } from 'node:test';
import { newDatabase, POSTGRES_MISSING } from '../server-stub/support/postgres.js';
import { Chance } from '../simulation/chance.js';
import { crash } from './crash.js';
import { BEHAVIOURS, POINTS, type Point } from './points.js';

/** `npm run test:crash`: every point with every behaviour on both stores, and commits that are hit at random. */

const LIMIT = { timeout: 300_000 };
const SHOTS = 20;
/** Longer than a commit takes. */
const LONGEST_US = 4_000;

const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31));
console.log(`SEED=${seed} npm run test:crash repeats the moments of the shots`);
const chance = new Chance(seed);

for (const store of ['embedded', 'PostgreSQL'] as const)
  describe(
    `${store}: a server that is killed`,
    {
      concurrency: availableParallelism(),
      skip: store === 'PostgreSQL' && POSTGRES_MISSING,
    },
    () => {
      const database = async () => (store === 'PostgreSQL' ? { databaseUrl: await newDatabase() } : {});
      for (const point of POINTS)
        for (const behaviour of BEHAVIOURS)
          it(`at ${point.id} (${point.way}), ${behaviour}`, LIMIT, async ({ signal }) =>
            crash({ point, behaviour, signal, ...(await database()) }),
          );

      const inCommit = POINTS.filter(({ id }) => id.endsWith('K8')) as [Point, ...Point[]];
      for (let shot = 1; shot <= SHOTS && store === 'embedded'; shot++) {
        const point = chance.pick(inCommit);
        const behaviour = chance.pick(BEHAVIOURS);
        const delay = chance.int(0, LONGEST_US);
        it(
          `shot ${shot}: at ${point.id}, ${delay} µs after its commit began, ${behaviour}`,
          LIMIT,
          ({ signal }) => crash({ point, behaviour, delay, signal }),
        );
      }
    },
  );
