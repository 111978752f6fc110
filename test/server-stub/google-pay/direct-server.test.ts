import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Problem, PaymentView, type CreatePayment } from '../../../src/contract/index.js';
import { startSandbox, type Sandbox } from '../../../demo/sandbox/sandbox.js';
import { CREDENTIALS } from '../../../demo/sandbox/settings.js';
import { startServer, type RunningServer } from '../../../server-stub/server.js';
import { BODY, ORDER } from '../support/stage.js';
import { temporaryDirectory } from '../support/temporary.js';
import { p256 } from './forge.js';

/** A merchant with a key of its own, from Google's sheet to the provider: server and sandbox as they run. */

const TEST_PAN = '4111111111111111';
const { publicKey, privateKey } = p256();
const dataDir = temporaryDirectory();
let sandbox: Sandbox;
let server: RunningServer;
let key = 0;

before(async () => {
  sandbox = await startSandbox({ port: 0 });
  server = await startServer({
    env: {
      PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'silent',
      ALLOWED_ORIGINS: 'https://shop.example',
      PROCARD_API_URL: `${sandbox.url}/procard/api/`,
      PROCARD_MERCHANT_ID: CREDENTIALS.procardMerchantId,
      PROCARD_SECRET_KEY: CREDENTIALS.procardSecret,
      GOOGLE_PAY_GATEWAY_MERCHANT_ID: CREDENTIALS.gatewayMerchantId,
      GOOGLE_PAY_DIRECT_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      GOOGLE_PAY_DIRECT_ACKNOWLEDGE_PCI: 'yes',
      GOOGLE_PAY_SANDBOX_KEYS_URL: `${sandbox.url}/google-pay/keys.json`,
    },
    orders: { find: async (id) => ({ ...ORDER, id }) },
  });
});
after(async () => {
  await server.close();
  await sandbox.close();
});

/** What Google's sheet gives a page whose tokenization type is DIRECT. */
async function directToken(): Promise<string> {
  const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-65).toString('base64');
  const response = await fetch(`${sandbox.url}/google-pay/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ cardId: 'visa-approved', publicKey: point }),
  });
  return ((await response.json()) as { token: string }).token;
}

function pay(orderId: string, token: string): Promise<Response> {
  const body: CreatePayment = structuredClone({ ...BODY, orderId });
  assert.ok(body.method.type === 'google-pay');
  body.method.paymentData.paymentMethodData.tokenizationData = { type: 'DIRECT', token };
  return fetch(`${server.url}/pay/payments`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `idempotency-key-${++key}` },
    body: JSON.stringify(body),
  });
}

const refusals = async (response: Response) => {
  const { code, detail } = Problem.parse(await response.json());
  return [code, detail];
};

async function captured(): Promise<number> {
  const ledger = (await (await fetch(`${sandbox.url}/control/ledger`)).json()) as { captures: unknown[] };
  return ledger.captures.length;
}

describe('a merchant that opens its tokens', () => {
  test('is paid once with each, and ProcardPay is sent what was in it', async () => {
    const token = await directToken();
    const view = PaymentView.parse(await (await pay('D-1', token)).json());
    assert.equal(view.status, 'approved');
    assert.equal(await captured(), 1);

    const sent = sandbox.received.at(-1)?.body.toString() ?? '';
    assert.match(sent, /name="gpTokenType"\r\n\r\nPAYMENT_GATEWAY\r\n/);
    assert.doesNotMatch(sent, /name="gpToken"/);
    const decrypted = /name="gpTokenDecrypted"\r\n\r\n(\S+)\r\n/.exec(sent)?.[1] ?? '';
    const card = JSON.parse(Buffer.from(decrypted, 'base64').toString()) as Record<string, unknown>;
    assert.equal(card['gatewayMerchantId'], CREDENTIALS.gatewayMerchantId);
    assert.deepEqual(card['paymentMethodDetails'], {
      pan: TEST_PAN,
      expirationMonth: 12,
      expirationYear: new Date().getUTCFullYear() + 5,
      authMethod: 'PAN_ONLY',
    });

    assert.deepEqual(await refusals(await pay('D-2', token)), [
      'invalid_request',
      'the Google Pay token was used before',
    ]);
    assert.equal(await captured(), 1);
  });

  test('is paid nothing with a token that was touched', async () => {
    const token = await directToken();
    const before = await captured();
    assert.deepEqual(await refusals(await pay('D-3', token.replace('ECv2', 'ECv1'))), [
      'invalid_request',
      'the Google Pay token was refused: unsupported protocol version',
    ]);
    assert.equal(await captured(), before);
  });

  test('keeps no card number in its files', async () => {
    await pay('D-4', await directToken());
    const traces = [TEST_PAN, ...[0, 1, 2].map((blanks) => base64Inside(TEST_PAN, blanks))];
    const names = readdirSync(dataDir);
    assert.ok(names.length > 0);
    for (const name of names)
      for (const trace of traces)
        assert.equal(readFileSync(join(dataDir, name)).includes(trace), false, name);
  });
});

/** How a text looks in base64 where it begins at this offset of three, without what its neighbours decide. */
function base64Inside(text: string, offset: number): string {
  const encoded = Buffer.from(' '.repeat(offset) + text).toString('base64');
  return encoded.slice(offset === 0 ? 0 : offset + 1, -4);
}
