import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { PaymentView } from '../../src/contract/index.js';
import { startArena, type Reply } from './support/arena.js';
import { Buyer, created, FRICTIONLESS, THREEDS_1, THREEDS_2, tokenOf } from './support/buyer.js';

const arena = await startArena();
const buyer = new Buyer(arena);
const { relay, store, ports } = arena;

/** The bank's own message, changed. */
function forged({ action }: PaymentView, parts: Record<string, unknown>): { cres: string } {
  assert.ok(action?.type === 'threeds' && 'creq' in action.fields);
  const creq = JSON.parse(Buffer.from(action.fields.creq, 'base64url').toString()) as object;
  const message = { ...creq, messageType: 'CRes', transStatus: 'Y', ...parts };
  return { cres: Buffer.from(JSON.stringify(message)).toString('base64url') };
}

/** The constant page: without the nonce and the addresses of the payment, every return gets the same text. */
function page({ status, text, headers }: Reply, view: PaymentView): string {
  assert.equal(headers.has('set-cookie'), false);
  const steady = text.replaceAll(/nonce="[^"]*"/g, '').replaceAll(tokenOf(view), 'TOKEN');
  return `${status} ${steady.replaceAll(view.id, 'ID')}`;
}

async function assertUntouched(view: PaymentView): Promise<void> {
  await ports.advance(0);
  const record = await store.find(view.id);
  assert.deepEqual([record?.status, record?.version], [view.status, view.version]);
  await assertSent(view, { completions: 0, questions: 0 });
}

/** What the provider has been sent about this payment since it wanted a challenge. */
async function assertSent(
  { id }: PaymentView,
  sent: { completions: number; questions: number },
): Promise<void> {
  const { reference, providerId } = (await store.find(id)) ?? assert.fail();
  const completions = relay.sent('complete', providerId ?? assert.fail());
  assert.deepEqual({ completions, questions: relay.sent('check', reference) }, sent);
}

const CONSTANT = await (async () => {
  const view = await buyer.pay(THREEDS_2);
  const text = page(await buyer.comeBack(tokenOf(view), ''), view);
  await arena.meanwhile(arena.send(`/pay/payments/${view.id}/cancel`, { method: 'POST' }));
  arena.relay.forget();
  return text;
})();

test('F1 a forged Y with the right ids under a wrong token changes nothing', async () => {
  const view = await buyer.pay(THREEDS_2);
  const answer = await buyer.comeBack('A'.repeat(22), forged(view, {}));
  assert.equal(answer.status, 200);
  assert.doesNotMatch(answer.text, /<script|<a /);
  await assertUntouched(view);
});

test('F3 the same CRes a hundred times finishes 3-D Secure once', async () => {
  const view = await buyer.pay(THREEDS_2);
  const form = await buyer.passBank(view);
  const answers = await Promise.all(Array.from({ length: 100 }, () => buyer.comeBack(tokenOf(view), form)));
  assert.deepEqual(new Set(answers.map((answer) => page(answer, view))), new Set([CONSTANT]));
  assert.equal((await arena.until(view.id)).status, 'approved');
  await buyer.comeBack(tokenOf(view), form);
  assert.equal(relay.sent('complete'), 1);
});

for (const transStatus of ['A', 'U', 'C', '', 'y', undefined]) {
  test(`F5 transStatus ${JSON.stringify(transStatus)} is no success: the provider is asked`, async () => {
    const view = await buyer.pay(THREEDS_2);
    assert.equal(page(await buyer.comeBack(tokenOf(view), forged(view, { transStatus })), view), CONSTANT);
    await ports.advance(1_000);
    assert.equal((await arena.look(view.id)).status, 'requires_action');
    await assertSent(view, { completions: 0, questions: 1 });
  });
}

for (const errorCode of ['402', '203']) {
  test(`F6 Erro ${errorCode}: the provider is asked, and the shopper may start again`, async () => {
    const order = buyer.order();
    const view = created(await buyer.post(await buyer.byGooglePay(order, THREEDS_2)));
    await buyer.comeBack(tokenOf(view), forged(view, { messageType: 'Erro', errorCode }));
    await ports.advance(1_000);
    await assertSent(view, { completions: 0, questions: 1 });
    const second = created(await arena.meanwhile(buyer.post(await buyer.byGooglePay(order, FRICTIONLESS))));
    assert.equal(second.status, 'approved');
    assert.equal((await arena.look(view.id)).status, 'cancelled');
  });
}

const text = (bytes: string | Uint8Array) => ({ cres: Buffer.from(bytes).toString('base64url') });
const NO_CRES: Record<string, (view: PaymentView) => Record<string, string> | BodyInit> = {
  'F8 bytes that are not UTF-8': () => text(new Uint8Array([0x7b, 0xff, 0x7d])),
  'F8 a byte order mark': (view) =>
    text(`\ufeff${Buffer.from(forged(view, {}).cres, 'base64url').toString()}`),
  'F8 a JSON array': (view) => text(`[${Buffer.from(forged(view, {}).cres, 'base64url').toString()}]`),
  'F8 a megabyte': () => `cres=${'A'.repeat(1_048_576)}`,
  'F8 deep nesting': () => text(`{"x":${'['.repeat(9_000)}${']'.repeat(9_000)}}`),
  'F19 a script in cres and in the session data': () =>
    'cres=%3Cscript%3Emark%3C%2Fscript%3E&threeDSSessionData=%3Cscript%3Emark%3C%2Fscript%3E',
  'F101 the right CRes twice in one form': (view) => {
    const { cres } = forged(view, {});
    return `cres=${cres}&cres=${cres}`;
  },
  'F102 the right CRes in an array': (view) => `cres[]=${forged(view, {}).cres}`,
  'F103 the right CRes beside a PaRes': (view) => `cres=${forged(view, {}).cres}&PaRes=eJz&MD=x`,
  'F104 the right CRes in the address': (view) => `x=${forged(view, {}).cres}`,
  'F105 the right CRes in a form with a file': (view) => {
    const form = new FormData();
    form.set('cres', forged(view, {}).cres);
    return form;
  },
};
for (const [name, form] of Object.entries(NO_CRES)) {
  test(`${name} changes nothing, and nothing of it comes back`, async () => {
    const view = await buyer.pay(THREEDS_2);
    const answer = await buyer.comeBack(tokenOf(view), form(view));
    assert.equal(page(answer, view), CONSTANT);
    assert.doesNotMatch(answer.text, /mark/);
    await assertUntouched(view);
  });
}

test('F10 a PaRes with no MD, an empty one or another changes nothing', async () => {
  const view = await buyer.pay(THREEDS_1);
  const { PaRes = '', MD = '' } = await buyer.passBank(view);
  for (const changed of [{ PaRes }, { PaRes, MD: '' }, { PaRes, MD: `${MD}x` }])
    assert.equal((await buyer.comeBack(tokenOf(view), changed)).status, 200);
  await assertUntouched(view);
  await buyer.comeBack(tokenOf(view), { PaRes, MD });
  assert.equal((await arena.until(view.id)).status, 'approved');
});

test('F11 a PaRes that unpacks to a gigabyte, or is XML, is passed on or dropped, and never read', async () => {
  const view = await buyer.pay(THREEDS_1);
  const { MD = '' } = await buyer.passBank(view);
  await buyer.comeBack(tokenOf(view), {
    PaRes: '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    MD,
  });
  await assertUntouched(view);
  const bomb = gzipSync(Buffer.alloc(40_000_000)).toString('base64');
  const began = process.memoryUsage().rss;
  await buyer.comeBack(tokenOf(view), { PaRes: bomb, MD });
  assert.notEqual((await arena.until(view.id)).status, 'approved');
  assert.ok(process.memoryUsage().rss - began < 40_000_000);
  assert.equal(relay.sent('complete'), 1);
});

test('F12 cookies, none or of somebody else, make no difference, and none is set', async () => {
  for (const headers of [{}, { Cookie: 'session=of-this-shopper; a=b' }, { Cookie: 'session=another' }]) {
    const view = await buyer.pay(THREEDS_2);
    const answer = await buyer.comeBack(tokenOf(view), await buyer.passBank(view), headers); // prettier-ignore
    assert.equal(page(answer, view), CONSTANT);
    assert.equal((await arena.until(view.id)).status, 'approved');
  }
});

test('F14 in the whole window the shopper goes on to the shop, with the payment’s id', async () => {
  const view = await buyer.pay(THREEDS_2);
  const form = await buyer.passBank(view);
  const answer = await buyer.comeBack(tokenOf(view), form, { 'Sec-Fetch-Dest': 'document' });
  const location = `${arena.url}/checkout?payment=${view.id}`;
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, location]);
  assert.equal((await arena.until(view.id)).status, 'approved');
});

test('F15 a return after the payment was approved, declined or given up changes nothing', async () => {
  const approved = await buyer.pay(THREEDS_2);
  const right = await buyer.passBank(approved);
  await buyer.comeBack(tokenOf(approved), right);
  await arena.until(approved.id, 'approved');
  const declined = await buyer.pay(THREEDS_2);
  await buyer.comeBack(tokenOf(declined), await buyer.passBank(declined, 'cancel'));
  await arena.until(declined.id, 'declined');
  const cancelled = await buyer.pay(THREEDS_2);
  await arena.meanwhile(arena.send(`/pay/payments/${cancelled.id}/cancel`, { method: 'POST' }));
  await ports.advance(1_000);
  const sent = relay.sent('complete');
  for (const view of [approved, declined, cancelled]) {
    const before = await store.find(view.id);
    for (const form of [forged(view, {}), forged(view, { messageType: 'Erro' })])
      assert.equal(page(await buyer.comeBack(tokenOf(view), form), view), CONSTANT);
    assert.deepEqual(await store.find(view.id), before);
  }
  assert.equal(relay.sent('complete'), sent);
});

test('F17 two tabs that wait for one payment are shown the same end', async () => {
  const view = await buyer.pay(THREEDS_2);
  const tabs = [1, 2].map(() => arena.send(`/pay/payments/${view.id}?wait=25&after=${view.version}`));
  const form = await buyer.passBank(view);
  await Promise.all([1, 2].map(() => buyer.comeBack(tokenOf(view), form)));
  const shown = (await Promise.all(tabs)).map((tab) => JSON.parse(tab.text) as PaymentView);
  const end = await arena.until(view.id);
  assert.equal(end.status, 'approved');
  assert.ok(shown.every(({ id }) => id === view.id));
  const looks = await Promise.all([1, 2].map(() => arena.send(`/pay/payments/${view.id}`)));
  assert.deepEqual(new Set(looks.map((look) => look.text)), new Set([JSON.stringify(end)]));
  assert.equal(relay.sent('complete'), 1);
});

test('F20 a Complete3DS without an answer is asked about before anything else, and never sent again', async () => {
  relay.spoil('complete', async ({ execute }) => {
    await execute();
    arena.tire();
  });
  relay.spoil('check', ({ socket }) => socket.resetAndDestroy());
  const view = await buyer.pay(THREEDS_2);
  const form = await buyer.passBank(view);
  await buyer.comeBack(tokenOf(view), form);
  assert.equal((await arena.look(view.id)).status, 'processing');
  await buyer.comeBack(tokenOf(view), form);
  assert.equal((await arena.until(view.id)).status, 'approved');
  assert.equal(relay.sent('complete'), 1);
  assert.ok(relay.sent('check') >= 2);
});

test('F106 the CRes of one payment under the token of another changes neither', async () => {
  const [mine, theirs] = [await buyer.pay(THREEDS_2), await buyer.pay(THREEDS_2)];
  await buyer.comeBack(tokenOf(theirs), await buyer.passBank(mine));
  await assertUntouched(mine);
  await assertUntouched(theirs);
});

test('F107 the PaRes of one payment with the MD of another finishes only the one of that MD, and pays nothing', async () => {
  const [mine, theirs] = [await buyer.pay(THREEDS_1), await buyer.pay(THREEDS_1)];
  const [{ PaRes = '' }, { MD = '' }] = [await buyer.passBank(mine), await buyer.passBank(theirs, 'cancel')];
  await buyer.comeBack(tokenOf(mine), { PaRes, MD });
  await assertUntouched(mine);
  await buyer.comeBack(tokenOf(theirs), { PaRes, MD });
  assert.equal((await arena.until(theirs.id)).status, 'declined');
  assert.equal((await arena.look(mine.id)).status, 'requires_action');
});

test('F108 a return and a callback at the same instant make one completion and one end', async () => {
  const view = await buyer.pay(THREEDS_2);
  const form = await buyer.passBank(view);
  await arena.fault({ operation: 'procard_callback', fault: 'callback_early' });
  await Promise.all([buyer.comeBack(tokenOf(view), form), buyer.comeBack(tokenOf(view), form)]);
  assert.equal((await arena.until(view.id)).status, 'approved');
  assert.equal(relay.sent('complete'), 1);
});

test('F109 giving up while the bank approves: whoever is first, ledger and payment agree', async () => {
  for (const isCancelFirst of [true, false]) {
    const view = await buyer.pay(THREEDS_2);
    const form = await buyer.passBank(view);
    const steps = [
      () => arena.send(`/pay/payments/${view.id}/cancel`, { method: 'POST' }),
      () => buyer.comeBack(tokenOf(view), form),
    ];
    await arena.meanwhile(Promise.all((isCancelFirst ? steps : steps.reverse()).map((step) => step())));
    const { status } = await arena.until(view.id);
    assert.ok(['approved', 'cancelled'].includes(status), status);
  }
});
