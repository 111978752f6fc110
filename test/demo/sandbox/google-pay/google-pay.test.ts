import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { Script } from 'node:vm';
import { googlePay } from '../../../../demo/sandbox/google-pay/google-pay.js';
import { TokenDesk, tokenName } from '../../../../demo/sandbox/google-pay/token.js';
import { Journal } from '../../../../demo/sandbox/journal.js';
import { openToken, readRootKeys } from '../../../../server-stub/google-pay/ecv2.js';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const journal = new Journal(() => NOW);
const app = googlePay({
  origin: 'http://127.0.0.1:8090',
  tokenDesk: new TokenDesk(() => NOW),
  journal,
  now: () => NOW,
});

const post = (path: string, body: unknown) =>
  app.request(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: 'https://shop.example' },
    body: JSON.stringify(body),
  });

describe('pay.js', () => {
  it('is one classic script that any page may load', async () => {
    const response = await app.request('/pay.js');
    assert.equal(response.headers.get('Cross-Origin-Resource-Policy'), 'cross-origin');
    assert.match(response.headers.get('Content-Type') ?? '', /^text\/javascript/);
    const script = await response.text();
    assert.doesNotMatch(script, /^(import|export) /m);
    assert.ok(new Script(script), 'it can be read');
    assert.ok(script.endsWith('("http://127.0.0.1:8090", "");\n'));
  });

  it('is joined of files that name nothing twice', async () => {
    const script = await (await app.request('/pay.js')).text();
    const names = [...script.matchAll(/^(?:async )?(?:function|class|const|let) (\w+)/gm)].map(
      ([, name]) => name,
    );
    assert.ok(names.length > 50);
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
  });
});

describe('the cards of the sheet', () => {
  it('come from both networks with both kinds of proof, and in three groups', async () => {
    const cards = (await (await app.request('/cards')).json()) as Record<string, string>[];
    const kinds = new Set(cards.map((card) => `${card['network']} ${card['authMethod']}`));
    for (const kind of [
      ...['VISA PAN_ONLY', 'MASTERCARD PAN_ONLY', 'VISA CRYPTOGRAM_3DS', 'MASTERCARD CRYPTOGRAM_3DS'],
    ]) {
      assert.ok(kinds.has(kind), kind);
    }
    assert.deepEqual([...new Set(cards.map((card) => card['group']))].sort(), [
      'direct',
      'threeds',
      'trouble',
    ]);
    assert.ok(cards.every((card) => /^\d{4}$/.test(card['last4'] ?? '') && !('pan' in card)));
  });
});

describe('a token', () => {
  const tokenFor = async (recipient: object) => {
    const response = await post('/token', { cardId: 'visa-approved', ...recipient });
    assert.equal(response.headers.get('Access-Control-Allow-Origin'), '*');
    return ((await response.json()) as { token: string }).token;
  };

  it('is made for a gateway’s merchant', async () => {
    const token = JSON.parse(await tokenFor({ gatewayMerchantId: 'BO_gateway0000001' })) as {
      protocolVersion: string;
    };
    assert.equal(token.protocolVersion, 'ECv2');
  });

  it('is made for a merchant’s own key, who opens it with the keys that the sandbox publishes', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-65).toString('base64');
    const rootKeys = readRootKeys(await (await app.request('/keys.json')).json()) ?? [];
    const opening = openToken(await tokenFor({ publicKey: point }), {
      rootKeys,
      recipientId: 'merchant:12345678901234567890',
      privateKeys: [privateKey],
      now: NOW,
    });
    assert.equal(opening.kind, 'opened');
  });

  for (const [what, body, error] of [
    ['an unknown card', { cardId: 'gold', gatewayMerchantId: 'x' }, /no such card/],
    ['no recipient', { cardId: 'visa-approved' }, /no such card/],
    ['a key that is none', { cardId: 'visa-approved', publicKey: 'BAAA' }, /no point of P-256/],
  ] as const) {
    it(`is not made for ${what}`, async () => {
      const response = await post('/token', body);
      assert.equal(response.status, 400);
      assert.match(((await response.json()) as { error: string }).error, error);
    });
  }
});

describe('the journal', () => {
  const paymentData = { paymentMethodData: { type: 'CARD', tokenizationData: { token: 'SECRET-TOKEN' } } };
  const noted = async (message: object) => {
    journal.clear();
    assert.equal((await post('/messages', { startedAt: 0, tookMs: 1500, ...message })).status, 204);
    return journal.entries.map(({ id: _, ...entry }) => entry);
  };

  it('has what the page asked and Google answered, without the token but with its name', async () => {
    const sent = { transactionInfo: { totalPrice: '125.00' } };
    const entries = await noted({ operation: 'loadPaymentData', sent, answer: paymentData });
    assert.deepEqual(entries, [
      {
        at: '2026-11-22T11:59:58.500Z',
        tookMs: 1500,
        from: 'widget',
        to: 'google',
        operation: 'loadPaymentData',
        sent,
        answer: { paymentMethodData: { type: 'CARD', tokenizationData: { token: '[12 characters]' } } },
        status: null,
        about: [tokenName('SECRET-TOKEN')],
      },
    ]);
  });

  it('has what Google asked and the page answered', async () => {
    const answer = { transactionState: 'SUCCESS' };
    const [entry] = await noted({ operation: 'onPaymentAuthorized', sent: paymentData, answer });
    assert.deepEqual(
      [entry?.from, entry?.to, entry?.about, entry?.answer],
      ['google', 'widget', [tokenName('SECRET-TOKEN')], answer],
    );
    assert.doesNotMatch(JSON.stringify(entry), /SECRET/);
  });

  it('has a call without payment, and one without anything', async () => {
    const [closed] = await noted({
      operation: 'loadPaymentData',
      answer: { statusCode: 'CANCELED' },
      tookMs: 1,
    });
    assert.deepEqual([closed?.sent, closed?.about], [null, []]);
    const [ready] = await noted({ operation: 'isReadyToPay', sent: {}, answer: { result: true } });
    assert.deepEqual([ready?.from, ready?.to, ready?.about], ['widget', 'google', []]);
  });

  it('takes no other messages', async () => {
    assert.equal((await post('/messages', { operation: 'purchase', startedAt: 0, tookMs: 1 })).status, 400);
    assert.equal((await post('/messages', 'text')).status, 400);
  });
});
