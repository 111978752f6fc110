import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes, randomUUID, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { startSandbox, type Sandbox } from '../../demo/sandbox/sandbox.js';
import { CARDS, RIGHT_CODE } from '../../demo/sandbox/scenarios.js';
import { PaymentView, type CreatePayment } from '../../src/contract/index.js';
import { browse } from '../demo/sandbox/merchant.js';
import { BODY } from '../server-stub/support/stage.js';
import type { Output } from './search.js';

const mark = (name: string) => `canary-${name}-${randomBytes(12).toString('hex')}`;

/** What a shopper's requests carry and nobody asked for. */
const HEADERS = { Cookie: `session=${mark('cookie')}`, Authorization: `Bearer ${mark('authorization')}` };

/** Providers, bank, shoppers and the merchant's webhook; every secret that passes is noted, and every answer kept. */
export class Shop {
  readonly secrets = new Map<string, string>();
  readonly outputs: Output[] = [];
  readonly sandbox: Sandbox;
  readonly env: Record<string, string>;
  readonly #key: KeyObject;
  readonly #close: () => void;
  url = '';
  #orders = 0;

  private constructor(
    sandbox: Sandbox,
    env: Record<string, string>,
    key: KeyObject,
    outputs: Output[],
    close: () => void,
  ) {
    this.sandbox = sandbox;
    this.env = env;
    this.#key = key;
    this.outputs = outputs;
    this.#close = close;
    for (const name of ['Cookie', 'Authorization'] as const)
      this.secrets.set(name, HEADERS[name].replace(/^\S+[ =]/, ''));
  }

  /** `port`: where the server will be. `now`: the clock of all. */
  static async open(port: number, now: () => number): Promise<Shop> {
    const outputs: Output[] = [];
    const credentials = { procardSecret: mark('merchant-key'), globalpayPassword: mark('password') };
    const callback = `http://localhost:${port}/pay/callbacks/globalpay`;
    const sandbox = await startSandbox({
      port: 0,
      now,
      credentials,
      accessTokenSeconds: 2,
      globalpayCallbackUrl: callback,
    });
    const hook = createServer({ keepAliveTimeout: 0 }, (request, response) => {
      void buffer(request).then((body) => {
        const head = Buffer.from(JSON.stringify(request.headers));
        outputs.push({ where: 'a webhook', bytes: Buffer.concat([head, body]) });
        response.writeHead(204).end();
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => hook.once('listening', resolve));
    const direct = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const der = direct.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
    const webhookKey = randomBytes(32).toString('base64');
    const shop = new Shop(
      sandbox,
      {
        PORT: String(port),
        PUBLIC_URL: `http://localhost:${port}`,
        ALLOWED_ORIGINS: 'https://shop.example',
        PROCARD_API_URL: `${sandbox.url}/procard/api/`,
        PROCARD_MERCHANT_ID: 'BO_sandbox0000001',
        PROCARD_SECRET_KEY: credentials.procardSecret,
        GOOGLE_PAY_GATEWAY_MERCHANT_ID: 'BO_gateway0000001',
        GOOGLE_PAY_DIRECT_PRIVATE_KEY: der,
        GOOGLE_PAY_DIRECT_ACKNOWLEDGE_PCI: 'yes',
        GOOGLE_PAY_SANDBOX_KEYS_URL: `${sandbox.url}/google-pay/keys.json`,
        GLOBALPAY_API_URL: `${sandbox.url}/globalpay/checkout`,
        GLOBALPAY_USERNAME: 'sandbox-merchant',
        GLOBALPAY_PASSWORD: credentials.globalpayPassword,
        GLOBALPAY_SERVICE_ID: '303',
        MERCHANT_WEBHOOK_URL: `http://127.0.0.1:${(hook.address() as AddressInfo).port}/hook`,
        MERCHANT_WEBHOOK_SECRET: `whsec_${webhookKey}`,
        METRICS_TOKEN: mark('metrics-token'),
      },
      direct.publicKey,
      outputs,
      () => {
        hook.close();
        hook.closeAllConnections();
      },
    );
    const { env } = shop;
    shop.#note('merchant key', env['PROCARD_SECRET_KEY']);
    shop.#note('password', env['GLOBALPAY_PASSWORD']);
    shop.#note('webhook secret', webhookKey);
    shop.#note('metrics token', env['METRICS_TOKEN']);
    shop.#note('private key', der);
    const { d = '' } = direct.privateKey.export({ format: 'jwk' });
    shop.#note('private scalar', Buffer.from(d, 'base64url').toString('base64'));
    shop.#note('card number', CARDS.visaApproved.pan);
    return shop;
  }

  /** A request to the server, as a shopper's browser sends it. `carries`: what the answer is there to carry. */
  async ask(path: string, init: RequestInit = {}, carries: readonly string[] = []): Promise<Response> {
    const response = await fetch(new URL(path, this.url), {
      redirect: 'manual',
      ...init,
      headers: { ...HEADERS, ...(init.headers as Record<string, string>) },
    });
    const copy = response.clone();
    const bytes = Buffer.concat([
      Buffer.from(JSON.stringify([response.status, ...response.headers])),
      Buffer.from(await copy.arrayBuffer()),
    ]);
    this.outputs.push({ where: `the answer ${response.status} to ${path.split('?')[0]}`, bytes, carries });
    return response;
  }

  /** Starts a payment of a new order; whatever is secret about it is noted. */
  async pay(method: CreatePayment['method'], money = BODY.expected): Promise<PaymentView> {
    const orderId = `${money.currency}-${this.#orders++}`;
    const token =
      method.type === 'google-pay' ? method.paymentData.paymentMethodData.tokenizationData.token : undefined;
    if (token) this.#note('Google token', token);
    const response = await this.ask(
      '/pay/payments',
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() },
        body: JSON.stringify({ ...BODY, orderId, expected: money, method }),
      },
      ['creq', 'PaReq', 'MD', 'payment token'],
    );
    assert.equal(response.status, 201, await response.clone().text());
    const view = PaymentView.parse(await response.json());
    if (view.action?.type === 'threeds')
      for (const [name, value] of Object.entries(view.action.fields))
        if (name !== 'TermUrl') this.#note(name, String(value));
    return view;
  }

  async wallet(cardId: string, type: 'PAYMENT_GATEWAY' | 'DIRECT' = 'PAYMENT_GATEWAY') {
    const spki = this.#key.export({ type: 'spki', format: 'der' });
    const sealedFor =
      type === 'DIRECT'
        ? { publicKey: spki.subarray(-65).toString('base64') }
        : { gatewayMerchantId: 'BO_gateway0000001' };
    const answer = await fetch(`${this.sandbox.url}/google-pay/token`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ cardId, ...sealedFor }),
    });
    const { token } = (await answer.json()) as { token: string };
    const method = structuredClone(BODY.method);
    assert.ok(method.type === 'google-pay');
    method.paymentData.paymentMethodData.tokenizationData = { type, token };
    return method;
  }

  /** The shopper at the bank, as far as the form that brings the answer back. */
  async bank({ action }: PaymentView): Promise<{ path: string; form: Record<string, string> }> {
    assert.ok(action?.type === 'threeds');
    await this.ask(`/pay/3ds/${action.id}`, {}, ['creq', 'PaReq', 'MD']);
    const asking = await browse(action.acsUrl, action.fields);
    const decision = { code: RIGHT_CODE, decision: 'confirm' };
    const said = await browse(new URL(asking.action, action.acsUrl).href, { ...asking.hidden, ...decision });
    const form = { ...said.hidden, threeDSSessionData: mark('session-data') };
    for (const [name, value] of Object.entries(form)) this.#note(name, value);
    return { path: `/pay/3ds/${action.id}/return`, form };
  }

  post(path: string, form: Record<string, string>): Promise<Response> {
    return this.ask(path, { method: 'POST', body: new URLSearchParams(form) });
  }

  /** The card form of a provider's own page, filled in. */
  async payOnPage({ action }: PaymentView, card: { pan: string }, code?: string): Promise<void> {
    assert.ok(action?.type === 'redirect');
    const form = /<form id="card-form"[^>]*action="([^"]*)"/.exec((await browse(action.url)).html)?.[1];
    const fields = { number: card.pan, expiry: '12/31', cvv: '123', action: 'pay' };
    await browse(new URL(form ?? assert.fail('no card form'), action.url).href, fields);
    if (code) await browse(`${action.url}/code`, { code });
  }

  async ending(id: string): Promise<string> {
    for (let tries = 0; tries < 30; tries += 1) {
      const carries = ['payment token'];
      const view = PaymentView.parse(
        await (await this.ask(`/pay/payments/${id}?wait=5`, {}, carries)).json(),
      );
      if (!['created', 'processing', 'requires_action'].includes(view.status)) return view.status;
    }
    return 'none';
  }

  async fault(order: object): Promise<void> {
    const body = JSON.stringify(order);
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(`${this.sandbox.url}/control/faults`, { method: 'POST', headers, body });
    assert.equal(answer.status, 200, await answer.text());
  }

  /** Notes what the server has told the providers: tokens, keys, signatures, and what was signed. */
  noteSent(): void {
    for (const { path, headers, body } of this.sandbox.received) {
      const text = body.toString();
      this.#note('access token', headers.get('authorization')?.replace('Bearer ', ''));
      this.#note('refresh token', /"refresh_token":"([^"]+)"/.exec(text)?.[1]);
      this.#note('payment token', /servicetoken\/([^/]+)$/.exec(path)?.[1]);
      const parts = [...text.matchAll(/name="([^"]+)"\r\n\r\n([^\r]*)\r\n/g)];
      const field = Object.fromEntries(parts.map(([, name = '', value = '']) => [name, value]));
      for (const name of ['signature', 'transaction_key', 'gpToken', 'gpTokenDecrypted'])
        this.#note(name, field[name]);
      const signed = ['merchant_id', 'order_id', 'amount', 'currency_iso', 'description'];
      if (field['order_id']) this.#note('signed text', signed.flatMap((name) => field[name] ?? []).join(';'));
    }
  }

  async close(): Promise<void> {
    this.#close();
    await this.sandbox.close();
  }

  #note(name: string, text: string | undefined): void {
    if (!text) return;
    assert.ok(text.length >= 12, `${name} is too short to be looked for`);
    if (![...this.secrets.values()].includes(text)) this.secrets.set(`${name} ${this.secrets.size}`, text);
  }
}
