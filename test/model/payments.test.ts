import { setImmediate } from 'node:timers/promises';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { openDatabase } from '../simulation/database.js';
import { anything, type Step } from './commands.js';
import { Model } from './model.js';
import { replayed, runs } from './replay.js';
import { World } from './world.js';

const database = await openDatabase();
after(() => database.close());

const story = fc.commands([anything], { maxCommands: 50, size: 'max', ...replayed });
/** Everything that follows from a step has happened before the next one is chosen. */
const scheduler = fc.scheduler({ act: (run) => run().then(() => setImmediate()) });

test('whatever happens one after the other, nobody is charged twice and no approval is lost', async () => {
  await fc.assert(
    fc.asyncProperty(story, scheduler, async (commands, turns) => {
      const { model, world } = await begin(turns);
      await fc.asyncModelRun(() => ({ model, real: world }), settling(commands, turns));
      await world.quieten();
      model.assertHeld();
    }),
    runs(),
  );
});

test('whatever happens at the same time, nobody is charged twice and no approval is lost', async () => {
  await fc.assert(
    fc.asyncProperty(story, scheduler, async (commands, turns) => {
      const { model, world } = await begin(turns);
      await fc.scheduledModelRun(turns, () => ({ model, real: world }), commands);
      await world.quieten();
      model.assertHeld();
    }),
    runs(),
  );
});

async function begin(turns: fc.Scheduler): Promise<{ model: Model; world: World }> {
  await database.clear();
  const model = new Model();
  return { model, world: new World(model, database, turns) };
}

/** The same steps, each followed by all that it sets in motion. */
function* settling(commands: Iterable<Step>, turns: fc.Scheduler): Iterable<Step> {
  for (const command of commands)
    yield {
      toString: () => String(command),
      check: (model) => command.check(model),
      run: async (model, world) => {
        await command.run(model, world);
        await turns.waitIdle();
        model.assertHolds();
      },
    };
}
