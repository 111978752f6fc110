import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { CreatePayment } from '../../../src/contract/index.js';
import type { DirectOpening } from '../../../server-stub/payments/direct-tokens.js';
import { Secret } from '../../../server-stub/secret.js';
import { BODY, refused, Stage } from '../support/stage.js';

const CARD = '{"paymentMethodDetails":{"pan":"canary4111"}}';
const opened = (digest = 'a'.repeat(64)): DirectOpening => ({
  kind: 'opened',
  card: new Secret(CARD),
  digest,
});

/** A server whose tokens for the merchant open to this. */
async function stageWith(opening: DirectOpening) {
  const opens: [token: string, now: number][] = [];
  const stage = await Stage.open({
    direct: {
      open: async (token, now) => {
        opens.push([token, now]);
        return opening;
      },
    },
  });
  return { stage, opens };
}

function direct(type = 'DIRECT'): CreatePayment {
  const body = structuredClone(BODY);
  assert.ok(body.method.type === 'google-pay');
  body.method.paymentData.paymentMethodData.tokenizationData = { type, token: 'sealed' };
  return body;
}

describe('a token for the merchant itself', () => {
  test('is refused where the server opens none, and nothing is stored or sent', async () => {
    const stage = await Stage.open();
    await assert.rejects(stage.create(direct()), refused('method_unavailable', /DIRECT/));
    assert.deepEqual(await stage.store.findByOrder('A-1001'), []);
    assert.equal(stage.provider.begun.length, 0);
  });

  test('goes to the provider as the card that was in it', async () => {
    const { stage, opens } = await stageWith(opened());
    const view = await stage.create(direct());
    assert.equal(view.status, 'approved');
    assert.deepEqual(opens, [['sealed', stage.ports.now()]]);
    assert.equal(stage.provider.begun[0]?.card?.reveal(), CARD);
  });

  test('leaves no card in the store’s files, in the log, or with the shopper', async () => {
    const { stage } = await stageWith(opened());
    const view = await stage.create(direct());
    await stage.store.close();
    const files = readdirSync(stage.directory).map((name) => readFileSync(join(stage.directory, name)));
    assert.ok(files.some((file) => file.includes('A-1001')));
    for (const trace of ['canary', Buffer.from(CARD).toString('base64').slice(0, 40)]) {
      for (const file of files) assert.equal(file.includes(trace), false);
      assert.equal(JSON.stringify([view, stage.logged]).includes(trace), false);
    }
  });

  test('is refused for what is wrong with it, before anything is stored', async () => {
    const { stage } = await stageWith({ kind: 'refused', why: 'it has expired' });
    await assert.rejects(stage.create(direct()), refused('invalid_request', /^it has expired$/));
    assert.deepEqual(await stage.store.findByOrder('A-1001'), []);
  });

  test('may be tried again where nobody could say whom to trust', async () => {
    const { stage } = await stageWith({ kind: 'unavailable', why: 'no root keys' });
    await assert.rejects(stage.create(direct()), refused('unavailable', /^no root keys$/));
    assert.deepEqual(await stage.store.findByOrder('A-1001'), []);
  });

  test('pays once, for whatever order', async () => {
    const { stage } = await stageWith(opened());
    await stage.create(direct());
    stage.orders.set('A-2', { ...stage.orders.get('A-1001')!, id: 'A-2' });
    const again = { ...direct(), orderId: 'A-2' };
    await assert.rejects(stage.create(again), refused('invalid_request', /used before/));
    assert.deepEqual(await stage.store.findByOrder('A-2'), []);
    assert.equal(stage.provider.begun.length, 1);
  });

  test('comes again with its own request, which is answered as before', async () => {
    const { stage } = await stageWith(opened());
    const key = stage.nextKey();
    const first = await stage.create(direct(), key);
    assert.deepEqual(await stage.create(direct(), key), first);
    assert.equal(stage.provider.begun.length, 1);
  });

  test('of two requests at once, one pays', async () => {
    const { stage } = await stageWith(opened());
    stage.orders.set('A-2', { ...stage.orders.get('A-1001')!, id: 'A-2' });
    const results = await Promise.allSettled([
      stage.create(direct()),
      stage.create({ ...direct(), orderId: 'A-2' }),
    ]);
    assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    assert.equal(stage.provider.begun.length, 1);
  });

  test('is not opened for an order that is paid already', async () => {
    const { stage, opens } = await stageWith(opened());
    await stage.create(direct('PAYMENT_GATEWAY'));
    await assert.rejects(stage.create(direct()), refused('already_paid'));
    assert.deepEqual(opens, []);
  });
});

test('a token for the gateway is opened by nobody here', async () => {
  const { stage, opens } = await stageWith(opened());
  await stage.create(direct('PAYMENT_GATEWAY'));
  assert.deepEqual(opens, []);
  assert.equal(stage.provider.begun[0]?.card, undefined);
});
