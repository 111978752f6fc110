import { randomUUID } from 'node:crypto';
import type { Check } from '../journal.js';
import type { World } from '../world.js';
import {
  challengeAnswer,
  completeAnswer,
  printedStatusAnswer,
  purchaseAnswer,
  statusAnswer,
  systemError,
} from './answers.js';
import type { CallbackAlgorithm } from './callback.js';
import { isSystemError, type SystemError } from './dictionaries.js';
import type { Fields } from './form-body.js';
import type { ProcardGateway } from './gateway.js';
import type { NewPayment, Ordered, PaymentPage, ProcardPayment } from './payment.js';
import {
  completionRules,
  googlePayRules,
  judge,
  minorOf,
  orderIdRule,
  pageRules,
  purchaseRules,
  redirectOf,
  type Rule,
} from './rules.js';
import { textOf, type Operation } from './signature.js';
import { cardOf } from './wallet.js';

export interface ProcardDesk {
  world: World;
  gateway: ProcardGateway;
  callbackAlgorithm: CallbackAlgorithm;
}

/** What an operation amounts to, what was looked at, and the payment that it changed, if any. */
export type Answer = { checks: Check[]; changed?: ProcardPayment } & (
  { kind: 'json'; body: object } | { kind: 'page'; url: string } | { kind: 'lost' }
);

/** Executes a request that is signed. `ordered`: what was ordered in place of what the card says. */
export function perform(
  desk: ProcardDesk,
  operation: Operation,
  fields: Fields,
  ordered: Ordered | undefined,
): Answer {
  switch (operation) {
    case 'GooglePayPurchase':
      return googlePayPurchase(desk, fields, ordered);
    case 'Purchase':
      return purchase(desk, fields, ordered);
    case 'Complete3DS':
      return complete3ds(desk, fields, ordered);
    case 'check':
      return check(desk, fields);
    case 'reverse':
      return reverse(desk, fields, ordered);
  }
}

/** The payment page's operation marks its errors with `result` (seen in public integrations). */
export function refuse(code: SystemError, checks: Check[], operation: Operation | undefined): Answer {
  const body = systemError(code);
  return { kind: 'json', checks, body: operation === 'Purchase' ? { result: 1, ...body } : body };
}

function googlePayPurchase({ world, gateway }: ProcardDesk, fields: Fields, ordered?: Ordered): Answer {
  const rules = [...purchaseRules(fields), ...googlePayRules(fields), newOrderRule(gateway, fields)];
  const { checks, broken } = judge(rules);
  if (broken) return refuse(broken, checks, 'GooglePayPurchase');
  // Only now: a token is good for one payment.
  const wallet = cardOf(world, fields);
  checks.push(...wallet.checks);
  if (wallet.kind === 'refused') return refuse(-12, checks, 'GooglePayPurchase');
  if (wallet.kind === 'card' && wallet.card.behaviour.kind === 'reject') {
    const { code } = wallet.card.behaviour;
    return refuse(isSystemError(code) ? code : -12, checks, 'GooglePayPurchase');
  }

  const changed = gateway.open(newPayment(fields, ordered));
  const result =
    wallet.kind === 'used before'
      ? gateway.decline(changed, 585)
      : gateway.charge(changed, wallet.card, notificationUrl(fields));
  switch (result.kind) {
    case 'settled':
      return { kind: 'json', checks, changed, body: purchaseAnswer(changed) };
    case 'challenge':
      return {
        kind: 'json',
        checks,
        body: challengeAnswer(world.origin, result.bank, result.transactionKey),
      };
    case 'answer_lost':
      return { kind: 'lost', checks, changed };
  }
}

function purchase({ world, gateway }: ProcardDesk, fields: Fields, ordered?: Ordered): Answer {
  const rules = [...purchaseRules(fields), ...pageRules(fields), newOrderRule(gateway, fields)];
  const { checks, broken } = judge(rules);
  if (broken) return refuse(broken, checks, 'Purchase');
  const page: PaymentPage = {
    id: randomUUID(),
    approveUrl: textOf(fields, 'approve_url'),
    declineUrl: textOf(fields, 'decline_url'),
    cancelUrl: textOf(fields, 'cancel_url'),
    language: textOf(fields, 'language'),
  };
  gateway.open({ ...newPayment(fields, ordered), page });
  const url = `${world.origin}/procard/pay/${page.id}`;
  return redirectOf(fields)
    ? { kind: 'page', checks, url }
    : { kind: 'json', checks, body: { result: 0, url } };
}

function complete3ds({ gateway }: ProcardDesk, fields: Fields, ordered?: Ordered): Answer {
  const payment = gateway.byTransactionKey(textOf(fields, 'transaction_key'));
  const rules = [
    ...completionRules(fields),
    [-10, 'transaction_key is known', payment !== undefined] as const,
  ];
  const { checks, broken } = judge(rules);
  if (broken || !payment?.challenge) return refuse(broken ?? -10, checks, 'Complete3DS');
  const isAwaited = payment.waitsFor === 'bank';
  const PaRes = textOf(fields, 'd3ds_pares');
  const cres = textOf(fields, 'd3ds_cres');
  if (payment.challenge.bank.version === 1) {
    checks.push(...gateway.complete(payment, { PaRes, MD: textOf(fields, 'd3ds_md') }, ordered));
  } else {
    // No document names the field for CRes, so both candidates are taken.
    const carrier = cres === '' ? 'd3ds_pares' : 'd3ds_cres';
    checks.push({ what: `cres in ${carrier}`, passed: (cres || PaRes) !== '' });
    checks.push(...gateway.complete(payment, { cres: cres || PaRes }, ordered));
  }
  return { kind: 'json', checks, body: completeAnswer(payment), ...(isAwaited && { changed: payment }) };
}

function check({ world, gateway, callbackAlgorithm }: ProcardDesk, fields: Fields): Answer {
  const { payment, checks, broken } = knownOrder(gateway, fields);
  if (!payment) return refuse(broken, checks, 'check');
  const { procardMerchantId } = world.credentials;
  const body =
    callbackAlgorithm === 'md5'
      ? printedStatusAnswer(payment, procardMerchantId, world.now())
      : statusAnswer(payment, procardMerchantId);
  return { kind: 'json', checks, body };
}

/** Success is seen as 0 and as 1. Assumed: 0 where the money is back, 1 where that takes time. */
function reverse({ gateway }: ProcardDesk, fields: Fields, ordered?: Ordered): Answer {
  const { payment, checks, broken } = knownOrder(gateway, fields);
  if (!payment) return refuse(broken, checks, 'reverse');
  const result = gateway.reverse(payment, ordered);
  checks.push({ what: 'the payment is approved', passed: result !== 'impossible' });
  if (result === 'impossible') return refuse(-12, checks, 'reverse');
  return {
    kind: 'json',
    checks,
    changed: payment,
    body: { code: result === 'done' ? 0 : 1, message: 'OK' },
  };
}

function knownOrder(gateway: ProcardGateway, fields: Fields) {
  const payment = gateway.byOrder(textOf(fields, 'order_id'));
  const isKnown: Rule = [-10, 'order_id is known', payment !== undefined];
  const { checks, broken } = judge([orderIdRule(fields), isKnown]);
  return { payment, checks, broken: broken ?? -10 } as const;
}

function newOrderRule(gateway: ProcardGateway, fields: Fields): Rule {
  return [-9, 'order_id is new', gateway.byOrder(textOf(fields, 'order_id')) === undefined];
}

function newPayment(fields: Fields, ordered: Ordered | undefined): NewPayment {
  const amount = textOf(fields, 'amount');
  return {
    orderId: textOf(fields, 'order_id'),
    amount,
    amountMinor: minorOf(amount) ?? 0,
    currency: textOf(fields, 'currency_iso'),
    description: textOf(fields, 'description'),
    callbackUrl: textOf(fields, 'callback_url'),
    phone: textOf(fields, 'phone'),
    addParams: fields['add_params'] ?? {},
    ordered,
  };
}

function notificationUrl(fields: Fields): string {
  const addParams = fields['add_params'];
  return typeof addParams === 'object' && addParams !== null && !Array.isArray(addParams)
    ? textOf(addParams, 'AReqDetails.notificationUrl')
    : '';
}
