import { randomUUID } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { NodeContext } from '../faults/suffer.js';
import { tokenName } from '../google-pay/token.js';
import type { Check } from '../journal.js';
import { readBody, type Fields } from './form-body.js';
import {
  callbackBody,
  challengeAnswer,
  completeAnswer,
  purchaseAnswer,
  rejection,
  statusAnswer,
  type Rejection,
} from './answers.js';
import type { ProcardGateway, ProcardPayment } from './gateway.js';
import { isSigned, SIGNED_FIELDS, textOf, type Operation } from './signature.js';
import { cardOf, type CardReading } from './wallet.js';
import { afterAnswer, exchange, isWebAddress, type World } from '../world.js';

const BASE_OPERATIONS = ['GooglePayPurchase', 'Purchase', 'Complete3DS'] as const;

/**
 * What an operation amounts to, the payment that it may have decided, and what was verified besides the signature.
 * ProcardPay answers with HTTP 200.
 */
type Answer = { checks?: readonly Check[] } & (
  | { kind: 'json'; body: object; about?: ProcardPayment }
  | { kind: 'page'; url: string }
  | { kind: 'lost'; about: ProcardPayment }
);

export interface ProcardDesk {
  world: World;
  gateway: ProcardGateway;
  callbackAlgorithm: 'sha512' | 'md5';
}

/** ProcardPay's API: POST to the base with `operation`, to `/check` and to `/reverse`. */
export function procardApi(desk: ProcardDesk): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.post('/', (c) => serve(desk, c));
  app.post('/check', (c) => serve(desk, c, 'check'));
  app.post('/reverse', (c) => serve(desk, c, 'reverse'));
  return app;
}

async function serve(desk: ProcardDesk, c: NodeContext, path?: 'check' | 'reverse'): Promise<Response> {
  const reading = readBody(c.req.header('Content-Type') ?? '', Buffer.from(await c.req.arrayBuffer()));
  const { fields, parts } = reading.kind === 'fields' ? reading : { fields: {}, parts: [] };
  const operation = path ?? BASE_OPERATIONS.find((name) => name === textOf(fields, 'operation'));
  const sent = reading.kind === 'fields' ? fields : reading;
  const checks = signatureCheck(desk, operation, fields);
  const describe = () => ({ about: namesOf(desk.gateway, fields), checks });
  return exchange(desk.world, c, { provider: 'procard', operation, sent, parts, describe }, () => {
    const answer = answerTo(desk, operation, fields);
    checks.push(...(answer.checks ?? []));
    if (answer.kind === 'page') return c.redirect(answer.url, 303);
    const { about } = answer;
    if (about) afterAnswer(c, () => callBack(desk, about));
    return answer.kind === 'lost' ? 'lost' : c.json(answer.body);
  });
}

/** Tells the merchant how a payment ended, where this payment's card says that ProcardPay does. */
export function callBack({ world, gateway, callbackAlgorithm }: ProcardDesk, payment: ProcardPayment): void {
  if (!gateway.callsBack(payment)) return;
  const { procardMerchantId: merchantAccount, procardSecret: secret } = world.credentials;
  const signer = { merchantAccount, secret, algorithm: callbackAlgorithm };
  void world.callbacks.deliver({
    provider: 'procard',
    url: payment.callbackUrl,
    compose: () => ({ body: callbackBody(payment, signer) }),
    about: gateway.namesOf(payment),
  });
}

/** What a request shares with other messages of its payment. */
function namesOf(gateway: ProcardGateway, fields: Fields): string[] {
  const payment =
    gateway.byOrder(textOf(fields, 'order_id')) ??
    gateway.byTransactionKey(textOf(fields, 'transaction_key'));
  const token = textOf(fields, 'gpToken');
  return [...(payment ? gateway.namesOf(payment) : []), ...(token ? [tokenName(token)] : [])];
}

function signatureCheck({ world }: ProcardDesk, operation: Operation | undefined, fields: Fields): Check[] {
  if (!operation) return [];
  const passed = isSigned(operation, fields, world.credentials.procardSecret);
  return [{ what: `signature: HMAC-SHA512 over ${SIGNED_FIELDS[operation].join(';')}`, passed }];
}

/** The checks that every operation shares, in this order (assumed). */
function answerTo(desk: ProcardDesk, operation: Operation | undefined, fields: Fields): Answer {
  const { procardMerchantId, procardSecret } = desk.world.credentials;
  const merchantId = textOf(fields, 'merchant_id');
  if (merchantId === '') return refuse(-2, operation);
  if (merchantId !== procardMerchantId) return refuse(-3, operation);
  if (!operation) return refuse(-11, operation);
  if (!isSigned(operation, fields, procardSecret)) return refuse(-4, operation);
  switch (operation) {
    case 'GooglePayPurchase':
      return googlePayPurchase(desk, fields);
    case 'Purchase':
      return purchase(desk, fields);
    case 'Complete3DS':
      return complete3ds(desk, fields);
    case 'check':
      return check(desk, fields);
    case 'reverse':
      return reverse(desk, fields);
  }
}

/** The payment page's operation marks its errors with `result` (seen in public integrations). */
function refuse(code: Rejection, operation?: Operation): Answer {
  const body = rejection(code);
  return { kind: 'json', body: operation === 'Purchase' ? { result: 1, ...body } : body };
}

/** What both purchases need, or the code of the first thing that is wrong. */
function orderOf(gateway: ProcardGateway, fields: Fields) {
  const orderId = textOf(fields, 'order_id');
  if (orderId === '') return -8;
  if (textOf(fields, 'currency_iso') !== 'UAH') return -7;
  const amount = textOf(fields, 'amount');
  const amountMinor = minorOf(amount);
  const callbackUrl = textOf(fields, 'callback_url');
  const description = textOf(fields, 'description');
  if (!amountMinor || description === '' || !isWebAddress(callbackUrl)) return -12;
  if (gateway.has(orderId)) return -9;
  const addParams = fields['add_params'] ?? {};
  return { orderId, amount, amountMinor, currency: 'UAH', description, callbackUrl, addParams };
}

/** `1250.50`, `1250.5` or `1250` → 125050. */
function minorOf(amount: string): number | undefined {
  const match = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(amount);
  return match ? Number(`${match[1]}${(match[2] ?? '').padEnd(2, '0')}`) : undefined;
}

const REQUIRED_OF_GOOGLE = [
  'gpApiVersionMinor',
  'gpApiVersion',
  'gpPMDescription',
  'gpPMType',
  'gpPMICardNetwork',
  'gpPMICardDetails',
];

function googlePayPurchase(desk: ProcardDesk, fields: Fields): Answer {
  const order = orderOf(desk.gateway, fields);
  if (typeof order === 'number') return refuse(order);
  const isComplete =
    REQUIRED_OF_GOOGLE.every((name) => typeof fields[name] === 'string') &&
    textOf(fields, 'gpTokenType') === 'PAYMENT_GATEWAY';
  if (!isComplete) return refuse(-12);
  const reading = cardOf(desk.world, fields);
  return { ...charge(desk, order, reading, notificationUrl(fields)), checks: reading.checks };
}

function charge(
  { world, gateway }: ProcardDesk,
  order: Parameters<ProcardGateway['open']>[0],
  reading: CardReading,
  returnUrl: string,
): Answer {
  if (reading.kind === 'refused') return refuse(-12);
  const payment = gateway.open(order);
  if (reading.kind === 'used before') {
    gateway.decline(payment, 585);
    return { kind: 'json', body: purchaseAnswer(payment), about: payment };
  }
  const result = gateway.charge(payment, reading.card, returnUrl);
  switch (result.kind) {
    case 'settled':
      return { kind: 'json', body: purchaseAnswer(payment), about: payment };
    case 'challenge':
      return { kind: 'json', body: challengeAnswer(world.origin, result.bank, result.transactionKey) };
    case 'rejected':
      return refuse(result.code as Rejection);
    case 'answer_lost':
      return { kind: 'lost', about: payment };
  }
}

function notificationUrl(fields: Fields): string {
  const addParams = fields['add_params'];
  return typeof addParams === 'object' && addParams !== null && !Array.isArray(addParams)
    ? textOf(addParams, 'AReqDetails.notificationUrl')
    : '';
}

function purchase({ world, gateway }: ProcardDesk, fields: Fields): Answer {
  const order = orderOf(gateway, fields);
  if (typeof order === 'number') return refuse(order, 'Purchase');
  const page = {
    id: randomUUID(),
    approveUrl: textOf(fields, 'approve_url'),
    declineUrl: textOf(fields, 'decline_url'),
    cancelUrl: textOf(fields, 'cancel_url'),
    language: textOf(fields, 'language'),
  };
  if (![page.approveUrl, page.declineUrl, page.cancelUrl].every(isWebAddress)) return refuse(-12, 'Purchase');
  gateway.open({ ...order, page });
  const url = `${world.origin}/procard/pay/${page.id}`;
  return textOf(fields, 'redirect') === '0'
    ? { kind: 'json', body: { result: 0, url } }
    : { kind: 'page', url };
}

function complete3ds({ gateway }: ProcardDesk, fields: Fields): Answer {
  const payment = gateway.byTransactionKey(textOf(fields, 'transaction_key'));
  if (!payment) return refuse(-10);
  const wasOpen = payment.outcome.status === 'WAITING-AUTH';
  const PaRes = textOf(fields, 'd3ds_pares');
  gateway.complete(
    payment,
    payment.challenge?.bank.version === 1
      ? { PaRes, MD: textOf(fields, 'd3ds_md') }
      : // No document names the field for CRes, so both candidates are taken.
        { cres: textOf(fields, 'd3ds_cres') || PaRes },
  );
  return { kind: 'json', body: completeAnswer(payment), ...(wasOpen && { about: payment }) };
}

function check({ world, gateway }: ProcardDesk, fields: Fields): Answer {
  const payment = gateway.byOrder(textOf(fields, 'order_id'));
  if (!payment) return refuse(textOf(fields, 'order_id') === '' ? -8 : -10);
  return { kind: 'json', body: statusAnswer(payment, world.credentials.procardMerchantId) };
}

function reverse({ gateway }: ProcardDesk, fields: Fields): Answer {
  const payment = gateway.byOrder(textOf(fields, 'order_id'));
  if (!payment) return refuse(textOf(fields, 'order_id') === '' ? -8 : -10);
  return gateway.reverse(payment) ? { kind: 'json', body: { code: 0, message: 'OK' } } : refuse(-12);
}
