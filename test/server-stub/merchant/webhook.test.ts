import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, beforeEach, test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { readWebhookSettings, webhook } from '../../../server-stub/merchant/webhook.js';
import { Secret } from '../../../server-stub/secret.js';
import { SettingError } from '../../../server-stub/setting-error.js';
import { selfSigned } from '../providers/self-signed.js';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const EVENT = {
  id: 'msg_1',
  paymentId: 'p-1',
  version: 3,
  attempts: 1,
  body: '{"type":"payment.approved","é":1}',
};

let server: Server;
let url: string;
let answer = { status: 204, headers: {} as Record<string, string> };
let requests: { message: IncomingMessage; body: string }[] = [];

before(async () => {
  server = createServer({ keepAliveTimeout: 0 }, (message, response) => {
    void text(message).then((body) => {
      requests.push({ message, body });
      response.writeHead(answer.status, answer.headers).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
after(() => {
  server.close();
  server.closeAllConnections();
});
beforeEach(() => {
  requests = [];
  answer = { status: 204, headers: {} };
});

test("the event arrives as it was kept, and the scheme's own library accepts its signature", async () => {
  assert.equal(await webhook({ url, secret: new Secret(SECRET) })(EVENT), true);
  const [request] = requests;
  assert.ok(request);
  assert.equal(request.body, EVENT.body);
  const headers = request.message.headers as Record<string, string>;
  assert.equal(headers['webhook-id'], EVENT.id);
  assert.deepEqual(new Webhook(SECRET).verify(request.body, headers), JSON.parse(EVENT.body));
  const another = new Webhook(`whsec_${Buffer.alloc(32, 8).toString('base64')}`);
  assert.throws(() => another.verify(request.body, headers));
});

for (const status of [302, 400, 410, 500])
  test(`an answer ${status} means that it has not arrived, and no redirect is followed`, async () => {
    answer = { status, headers: { location: url } };
    assert.equal(await webhook({ url, secret: new Secret(SECRET) })(EVENT), false);
    assert.equal(requests.length, 1);
  });

test('a shop whose certificate nobody vouches for is told nothing, also where Node was told not to mind', async (t) => {
  const usual = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  t.after(() => {
    if (usual === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = usual;
  });
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  let told = 0;
  const impostor = createTlsServer(selfSigned(), (_message, response) => {
    told += 1;
    response.end();
  }).listen(0);
  t.after(() => impostor.close());
  await once(impostor, 'listening');
  const { port } = impostor.address() as AddressInfo;
  const secret = new Secret(SECRET);
  await assert.rejects(webhook({ url: `https://localhost:${port}/`, secret })(EVENT), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }); // prettier-ignore
  assert.equal(told, 0);
});

test('settings: both or neither, and a secret of the right size', () => {
  assert.equal(readWebhookSettings({}), undefined);
  const set = { MERCHANT_WEBHOOK_URL: 'https://shop.example/hook', MERCHANT_WEBHOOK_SECRET: SECRET };
  const { url, secret } = readWebhookSettings(set) ?? {};
  assert.deepEqual([url, secret?.reveal()], ['https://shop.example/hook', SECRET]);
  const bad: [string, Record<string, string>][] = [
    ['MERCHANT_WEBHOOK_URL', { MERCHANT_WEBHOOK_SECRET: SECRET }],
    ['MERCHANT_WEBHOOK_URL', { ...set, MERCHANT_WEBHOOK_URL: 'http://shop.example/hook' }],
    ['MERCHANT_WEBHOOK_SECRET', { MERCHANT_WEBHOOK_URL: set.MERCHANT_WEBHOOK_URL }],
    ['MERCHANT_WEBHOOK_SECRET', { ...set, MERCHANT_WEBHOOK_SECRET: 'whsec_Y2FuYXJ5' }],
    ['MERCHANT_WEBHOOK_SECRET', { ...set, MERCHANT_WEBHOOK_SECRET: `whsec_canary ${'a'.repeat(40)}` }],
  ];
  for (const [setting, env] of bad)
    assert.throws(
      () => readWebhookSettings(env),
      (error) =>
        error instanceof SettingError && error.setting === setting && !error.message.includes('canary'),
    );
});
