import { availableParallelism } from 'node:os';
import { describe, it } from 'node:test';
import { newDatabase, POSTGRES_MISSING } from '../server-stub/support/postgres.js';
import { crash } from './crash.js';
import { BEHAVIOURS, POINTS } from './points.js';

const LIMIT = { timeout: 300_000 };

describe('a server that is killed', { concurrency: availableParallelism() }, () => {
  POINTS.forEach((point, index) => {
    const behaviour = BEHAVIOURS[index % BEHAVIOURS.length] ?? 'captured';
    it(
      `at ${point.id} (${point.way}), ${behaviour}, loses nothing and repeats nothing`,
      LIMIT,
      ({ signal }) => crash({ point, behaviour, signal }),
    );
  });
});

/** Where PostgreSQL can be in another state than the embedded store; `npm run test:crash` goes through all points. */
const ON_POSTGRES = ['K2', 'K8', 'K13 told', 'K14 K7'];

describe('a server that is killed beside PostgreSQL', { concurrency: true, skip: POSTGRES_MISSING }, () => {
  POINTS.filter(({ id }) => ON_POSTGRES.includes(id)).forEach((point, index) => {
    const behaviour = BEHAVIOURS[index % BEHAVIOURS.length] ?? 'captured';
    it(
      `at ${point.id} (${point.way}), ${behaviour}, loses nothing and repeats nothing`,
      LIMIT,
      async ({ signal }) => crash({ point, behaviour, signal, databaseUrl: await newDatabase() }),
    );
  });
});
