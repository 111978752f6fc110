import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { test } from 'node:test';
import fc from 'fast-check';
import { AccessToken } from '../../server-stub/providers/globalpay/access-token.js';
import { parseJsonObject } from '../../server-stub/providers/json-object.js';
import type { PspClient, PspReply } from '../../server-stub/providers/psp-http.js';
import { SETTINGS } from '../server-stub/providers/globalpay/globalpay-settings.js';
import { replayed, runs } from './replay.js';

const SECOND = 1_000;

/** What must be true: one request for a token at a time, and nobody is given a token that the operator has ended. */
class Model {
  /** Tokens that the operator gave out, with the ends of their lives. */
  readonly lives = new Map<string, number>();
  inFlight = 0;
  waiting = 0;
  now = 0;
  mood: 'gives' | 'refuses' | 'is silent' = 'gives';
  lifeSeconds = 300;
}

/** The holder of the tokens under test, before an operator that answers when the scheduler lets it. */
function holder(model: Model, turns: fc.Scheduler): AccessToken {
  const answer = (): PspReply => {
    if (model.mood === 'is silent') return { kind: 'none', sent: true, why: 'no answer' };
    if (model.mood === 'refuses') return { kind: 'answer', status: 401, json: {} };
    const token = `access-${model.lives.size}`;
    model.lives.set(token, model.now + model.lifeSeconds * SECOND);
    const body = { access_token: token, expires_in: model.lifeSeconds, refresh_token: `refresh-${token}` };
    return { kind: 'answer', status: 200, json: parseJsonObject(JSON.stringify(body)) ?? {} };
  };
  const client: PspClient = {
    get: () => assert.fail('a token is never fetched by GET'),
    post: async () => {
      model.inFlight += 1;
      assert.equal(model.inFlight, 1, 'I10 two requests for a token at once');
      await turns.schedule(Promise.resolve(), 'the operator answers');
      model.inFlight -= 1;
      return answer();
    },
  };
  return new AccessToken(SETTINGS, client, () => model.now);
}

type Step = fc.AsyncCommand<Model, AccessToken>;

const step = (story: string, run: (model: Model, token: AccessToken) => void): Step => ({
  toString: () => story,
  check: () => true,
  run: async (model, token) => run(model, token),
});

/** Uses the token as the adapter does: one that the operator refuses is dropped. */
function use(model: Model, token: AccessToken): void {
  model.waiting += 1;
  void token.get().then((outcome) => {
    model.waiting -= 1;
    if (outcome.kind !== 'token') return;
    const end = model.lives.get(outcome.token) ?? assert.fail('a token that nobody gave');
    if (model.now >= end) token.drop(outcome.token);
  });
}

const anything: fc.Arbitrary<Step> = fc.oneof(
  fc.integer({ min: 1, max: 5 }).map((times) =>
    step(`${times} calls`, (model, token) => {
      for (let one = 0; one < times; one++) use(model, token);
    }),
  ),
  fc
    .constantFrom(1, 31, 200, 2_000)
    .map((seconds) => step(`${seconds} s pass`, (model) => void (model.now += seconds * SECOND))),
  fc
    .constantFrom('gives' as const, 'refuses' as const, 'is silent' as const)
    .map((mood) => step(`the operator ${mood}`, (model) => void (model.mood = mood))),
  fc
    .constantFrom(1, 40, 300)
    .map((seconds) => step(`tokens live ${seconds} s`, (model) => void (model.lifeSeconds = seconds))),
  fc.constant(null).map(() =>
    step('the operator ends every token', (model, token) => {
      for (const name of model.lives.keys()) {
        model.lives.set(name, 0);
        token.drop(name);
      }
    }),
  ),
);

const turns = fc.scheduler({ act: (run) => run().then(() => setImmediate()) });
const story = fc.commands([anything], { maxCommands: 30, size: 'max', ...replayed });

test('I10 however calls, answers and ends of tokens fall together, one request renews and everybody is answered', async () => {
  await fc.assert(
    fc.asyncProperty(story, turns, async (commands, scheduler) => {
      const model = new Model();
      const token = holder(model, scheduler);
      await fc.scheduledModelRun(scheduler, () => ({ model, real: token }), commands);
      await scheduler.waitIdle();
      assert.equal(model.waiting, 0);
      // What went wrong before keeps nobody from a token afterwards.
      model.mood = 'gives';
      model.now += 10_000 * SECOND;
      const outcome = await scheduler.waitFor(token.get());
      assert.equal(outcome.kind, 'token');
    }),
    runs(),
  );
});
