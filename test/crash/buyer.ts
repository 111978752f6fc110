import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { CreatePayment, NextAction, PaymentView } from '../../src/contract/index.js';
import { CARDS, RIGHT_CODE } from '../../demo/sandbox/scenarios.js';
import { CREDENTIALS } from '../../demo/sandbox/settings.js';
import { post } from '../demo/faults/buyer.js';
import { browse } from '../demo/sandbox/merchant.js';
import { BROWSER, byGooglePay } from '../support/create-payment.js';
import type { Site } from './site.js';

export type Way = 'Google Pay' | '3-D Secure' | 'GlobalPay’s page';

/** What the reference server sells where it is told nothing else. */
const ORDERS = {
  UAH: { orderId: 'A-1001', expected: { minor: 12_500, currency: 'UAH' } },
  UZS: { orderId: 'U-2001', expected: { minor: 15_000_000, currency: 'UZS' } },
} as const;

export const MONEY: Record<Way, CreatePayment['expected']> = {
  'Google Pay': ORDERS.UAH.expected,
  '3-D Secure': ORDERS.UAH.expected,
  'GlobalPay’s page': ORDERS.UZS.expected,
};

/**
 * Somebody whose browser sends again what was not answered: the payment, with its key, the bank's form, and so on.
 * Resolves when there is nothing left that a shopper could do.
 */
export async function buy(site: Site, way: Way): Promise<void> {
  const key = randomUUID();
  const request: CreatePayment = {
    ...(way === 'GlobalPay’s page' ? ORDERS.UZS : ORDERS.UAH),
    returnUrl: `${site.url}/checkout`,
    locale: 'en',
    browser: BROWSER,
    method: way === 'GlobalPay’s page' ? { type: 'hosted-page' } : await googlePay(site, way),
  };
  const { status, body } = await site.persistently(() =>
    post(`${site.url}/pay/payments`, request, { 'Idempotency-Key': key }),
  );
  // While nobody knows what became of the first request, the second one is told so.
  if (status === 409) return assert.equal((body as { code: string }).code, 'in_progress');
  assert.equal(status, 201, JSON.stringify(body));
  const { action } = body as PaymentView;
  if (action?.type === 'threeds') await passTheBank(site, action);
  if (action?.type === 'redirect') await payOnPage(action.url);
}

async function googlePay(site: Site, way: Way): Promise<CreatePayment['method']> {
  const card = way === '3-D Secure' ? CARDS.mastercard3ds2 : CARDS.visaApproved;
  const wanted = { cardId: card.id, gatewayMerchantId: CREDENTIALS.gatewayMerchantId };
  const { body } = await post(`${site.sandbox.url}/google-pay/token`, wanted);
  return byGooglePay((body as { token: string }).token, card.network);
}

async function passTheBank(
  site: Site,
  { acsUrl, fields }: Extract<NextAction, { type: 'threeds' }>,
): Promise<void> {
  const asking = await browse(acsUrl, fields);
  const decision = { code: RIGHT_CODE, decision: 'confirm' };
  const said = await browse(new URL(asking.action, acsUrl).href, { ...asking.hidden, ...decision });
  // A shopper who sees nothing happen goes back and forth: the form comes twice.
  for (let time = 0; time < 2; time++) {
    const back = await site.persistently(() => browse(said.action, said.hidden));
    assert.equal(back.status, 200);
  }
}

async function payOnPage(url: string): Promise<void> {
  const form = (await browse(url)).html.match(/<form id="card-form"[^>]*action="([^"]*)"/)?.[1];
  const { pan } = CARDS.uzcardApproved;
  const card = { number: pan, expiry: '12/31', cvv: '123', action: 'pay' };
  const paid = await browse(new URL(form ?? assert.fail('no card form'), url).href, card);
  assert.equal(paid.status, 303);
  assert.equal((await browse(`${url}/code`, { code: RIGHT_CODE })).status, 303);
}
