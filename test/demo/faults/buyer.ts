import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { CreatePayment, NextAction, Offer, PaymentView } from '../../../src/contract/index.js';
import { CARDS, RIGHT_CODE } from '../../../demo/sandbox/scenarios.js';
import { CREDENTIALS } from '../../../demo/sandbox/settings.js';
import type { Demo } from '../../../demo/start.js';
import { BROWSER, byGooglePay } from '../../support/create-payment.js';
import { browse } from '../sandbox/merchant.js';

/** How the shopper pays; every step of a provider's page or a bank's is taken as it should be. */
export type Way = 'Google Pay' | '3-D Secure' | 'ProcardPay’s page' | 'GlobalPay’s page';

const CARD = {
  'Google Pay': CARDS.visaApproved,
  '3-D Secure': CARDS.mastercard3ds2,
  'ProcardPay’s page': CARDS.visaApproved,
  'GlobalPay’s page': CARDS.uzcardApproved,
};

/** Orders something, and pays for it as far as a shopper can: what comes of it is for the server to say. */
export async function buy(demo: Demo, way: Way): Promise<PaymentView> {
  const product = way === 'GlobalPay’s page' ? 'U-2001' : 'A-1001';
  const { orderId } = (await post(`${demo.shop}/shop/orders`, { product })).body as { orderId: string };
  const offer = (await json(`${demo.shop}/pay/offers/${orderId}`)) as Offer;
  const request: CreatePayment = {
    orderId,
    expected: offer.money,
    returnUrl: `${demo.shop}/demo/checkout.html`,
    locale: 'en',
    browser: BROWSER,
    method: way.endsWith('page') ? { type: 'hosted-page' } : await googlePay(demo, way),
  };
  const { status, body } = await post(`${demo.shop}/pay/payments`, request, {
    'Idempotency-Key': randomUUID(),
  });
  assert.equal(status, 201, JSON.stringify(body));
  const view = body as PaymentView;
  if (view.action?.type === 'threeds') await passTheBank(view.action);
  if (view.action?.type === 'redirect') await payOnPage(view.action.url, way);
  return view;
}

async function googlePay(demo: Demo, way: Way): Promise<CreatePayment['method']> {
  const { body } = await post(`${demo.sandbox}/google-pay/token`, {
    cardId: CARD[way].id,
    gatewayMerchantId: CREDENTIALS.gatewayMerchantId,
  });
  return byGooglePay((body as { token: string }).token, CARD[way].network);
}

async function passTheBank({ acsUrl, fields }: Extract<NextAction, { type: 'threeds' }>): Promise<void> {
  const asking = await browse(acsUrl, fields);
  const decision = { code: RIGHT_CODE, decision: 'confirm' };
  const said = await browse(new URL(asking.action, acsUrl).href, { ...asking.hidden, ...decision });
  const back = await browse(said.action, said.hidden);
  assert.equal(back.status, 200);
}

async function payOnPage(url: string, way: Way): Promise<void> {
  const form = (await browse(url)).html.match(/<form id="card-form"[^>]*action="([^"]*)"/)?.[1];
  const card = { number: CARD[way].pan, expiry: '12/31', cvv: '123', action: 'pay' };
  const paid = await browse(new URL(form ?? assert.fail('no card form'), url).href, card);
  assert.equal(paid.status, 303);
  if (way !== 'GlobalPay’s page') return;
  const confirmed = await browse(`${url}/code`, { code: RIGHT_CODE });
  assert.equal(confirmed.status, 303);
}

export async function json(url: string): Promise<unknown> {
  const response = await fetch(url);
  assert.equal(response.status, 200, url);
  return response.json();
}

export async function post(
  url: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}
