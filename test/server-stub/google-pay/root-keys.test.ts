import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { RootKeys } from '../../../server-stub/google-pay/root-keys.js';
import { PspHttp } from '../../../server-stub/providers/psp-http.js';
import { startWire } from '../providers/wire-server.js';
import { LATER, ROOT, spki } from './forge.js';

const KEYS_JSON = JSON.stringify({
  keys: [{ keyValue: spki(ROOT.publicKey), protocolVersion: 'ECv2', keyExpiration: String(LATER) }],
});

/** A `keys.json` that may be kept for 100 s, and a clock. `answer` is what comes next; `undefined` is an error. */
async function served(t: TestContext) {
  const stage: { now: number; answer: string | undefined; control: string } = {
    now: 0,
    answer: KEYS_JSON,
    control: 'max-age=120',
  };
  const { url, received } = await startWire(t, (_request, response) => {
    response.setHeader('cache-control', stage.control).setHeader('age', '20');
    if (stage.answer === undefined) response.statusCode = 500;
    return stage.answer ?? '{}';
  });
  const keys = new RootKeys(`${url}/keys.json`, new PspHttp(), () => stage.now);
  return { stage, keys, asked: () => received.length };
}

test('root keys are fetched when they are needed, and once however many need them', async (t) => {
  const { keys, asked } = await served(t);
  assert.equal(asked(), 0);
  const all = await Promise.all([keys.get(), keys.get(), keys.get()]);
  for (const each of all) assert.ok(each?.[0]?.key.equals(ROOT.publicKey));
  assert.equal(asked(), 1);
});

test('root keys are asked for again at half of the time for which they may be kept', async (t) => {
  const { stage, keys, asked } = await served(t);
  await keys.get();
  stage.now = 49_999;
  await keys.get();
  assert.equal(asked(), 1);
  stage.now = 50_000;
  await keys.get();
  assert.equal(asked(), 2);
  stage.now = 99_999; // Counted from the second answer.
  await keys.get();
  assert.equal(asked(), 2);
});

test('root keys outlive a failure until their time is over, and no longer', async (t) => {
  const { stage, keys } = await served(t);
  await keys.get();
  stage.answer = undefined;
  stage.now = 99_999;
  assert.equal((await keys.get())?.length, 1);
  stage.now = 100_000;
  assert.equal(await keys.get(), undefined);
});

test('a failure is forgotten as soon as there are keys again', async (t) => {
  const { stage, keys } = await served(t);
  for (const answer of [undefined, '{}', '<html>']) {
    stage.answer = answer;
    assert.equal(await keys.get(), undefined);
  }
  stage.answer = KEYS_JSON;
  assert.equal((await keys.get())?.length, 1);
});

test('root keys that may not be kept are asked for each time', async (t) => {
  const { stage, keys, asked } = await served(t);
  stage.control = 'no-store';
  assert.equal((await keys.get())?.length, 1);
  assert.equal((await keys.get())?.length, 1);
  assert.equal(asked(), 2);
});
