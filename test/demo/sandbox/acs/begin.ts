import assert from 'node:assert/strict';
import { CARDS } from '../../../../demo/sandbox/scenarios.js';
import { CREDENTIALS } from '../../../../demo/sandbox/settings.js';
import {
  browse,
  COMPLETE,
  PURCHASE,
  type Answer,
  type Fields,
  type Merchant,
  type Page,
} from '../merchant.js';

/** Where the bank of these tests sends the shopper back to. */
export const RETURN = 'https://shop.example/pay/3ds/t/return';
const merchant_id = CREDENTIALS.procardMerchantId;

/** A purchase that waits for the shopper's bank. */
export interface Begun {
  order: string;
  answer: Answer;
  acsUrl: string;
  creq: string;
  PaReq: string;
  MD: string;
  transaction_key: string;
}

let orders = 0;

export async function begin(merchant: Merchant, card: keyof typeof CARDS): Promise<Begun> {
  const order = `3DS-${++orders}`;
  const answer = await merchant.procard(
    '',
    {
      operation: 'GooglePayPurchase',
      merchant_id,
      amount: '99.00',
      order_id: order,
      currency_iso: 'UAH',
      description: 'Cup <1>',
      callback_url: merchant.callbackUrl,
      gpApiVersionMinor: '0',
      gpApiVersion: '2',
      gpPMDescription: 'x',
      gpPMType: 'CARD',
      gpPMICardNetwork: CARDS[card].network,
      gpPMICardDetails: '',
      gpTokenType: 'PAYMENT_GATEWAY',
      gpToken: await merchant.token(CARDS[card].id),
      'add_params[AReqDetails.notificationUrl]': RETURN,
    },
    PURCHASE,
  );
  const text = (name: string) => String(answer[name]);
  return {
    order,
    answer,
    acsUrl: text('d3AcsUrl'),
    creq: text('d3Creq'),
    PaReq: text('d3Pareq'),
    MD: text('d3Md'),
    transaction_key: text('transaction_key'),
  };
}

/** Goes to the bank, in either version. */
export function visit({ acsUrl, creq, PaReq, MD }: Begun, further: Fields = {}): Promise<Page> {
  return browse(acsUrl, { ...(creq ? { creq } : { PaReq, MD, TermUrl: RETURN }), ...further });
}

/** Sends the bank's page with a code, or with another of its buttons. */
export function answerBank(
  merchant: Merchant,
  page: Page,
  code: string,
  decision = 'confirm',
): Promise<Page> {
  return browse(`${merchant.sandbox.url}${page.action}`, { ...page.hidden, code, decision });
}

/** From the bank's page to the CRes that it sends back. */
export async function cresFor(merchant: Merchant, begun: Begun, code = '123456', decision = 'confirm') {
  const last = await answerBank(merchant, await visit(begun), code, decision);
  assert.equal(last.action, RETURN);
  return last.hidden['cres'] ?? assert.fail();
}

export function complete(merchant: Merchant, transaction_key: string, result: Fields): Promise<Answer> {
  const empty = { d3ds_md: '', d3ds_pares: '' };
  const fields = { operation: 'Complete3DS', merchant_id, transaction_key, ...empty, ...result };
  return merchant.procard('', fields, COMPLETE);
}

export function decode(message = ''): Answer {
  assert.match(message, /^[A-Za-z0-9_-]+$/);
  return JSON.parse(Buffer.from(message, 'base64url').toString()) as Answer;
}

/** The CReq of that purchase with other members; `undefined` takes one away. */
export function changed({ creq }: Begun, changes: object): string {
  return Buffer.from(JSON.stringify({ ...decode(creq), ...changes })).toString('base64url');
}
