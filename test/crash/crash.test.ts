import { availableParallelism } from 'node:os';
import { describe, it } from 'node:test';
import { crash } from './crash.js';
import { BEHAVIOURS, POINTS } from './points.js';

const LIMIT = { timeout: 60_000 };

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
