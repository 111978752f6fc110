import { FormData } from 'undici';
import { UnrepresentableError, type Attempt, type AttemptRef, type ChallengeReturn } from '../provider.js';
import { amountText } from './amount.js';
import { browserParams } from './browser-params.js';
import type { ProcardSettings } from './settings.js';
import { sign } from './signature.js';
import { isSignable, signedDescription, signedReference } from './signed-text.js';

/** A request's fields, in the documented order. In a form everything is text and objects become bracketed names. */
export type Fields = readonly (readonly [name: string, value: FieldValue])[];
type FieldValue = string | number | Readonly<Record<string, string>>;

export function encode(fields: Fields, encoding: ProcardSettings['encoding']): string | FormData {
  if (encoding === 'json') return JSON.stringify(Object.fromEntries(fields));
  const form = new FormData();
  for (const [name, value] of fields) {
    if (typeof value !== 'object') form.append(name, String(value));
    else for (const [key, text] of Object.entries(value)) form.append(`${name}[${key}]`, text);
  }
  return form;
}

/** The five fields that every purchase signs, in the order of the signature. */
function signedFive(attempt: Attempt, settings: ProcardSettings) {
  if (attempt.money.currency !== 'UAH')
    throw new UnrepresentableError('currency_iso', 'must be UAH for ProcardPay');
  return {
    merchant_id: settings.merchantId,
    order_id: signedReference(attempt.reference),
    amount: amountText(attempt.money, settings.amountFormat),
    currency_iso: attempt.money.currency,
    description: signedDescription(attempt.order.description),
  };
}

/** Operation GooglePayPurchase (ProcardPay, Google Pay page). The address: POST to the base itself. */
export function googlePayPurchase(attempt: Attempt, settings: ProcardSettings): Fields {
  if (attempt.payWith.type !== 'google-pay') throw new TypeError('not a Google Pay attempt');
  const { apiVersion, apiVersionMinor, paymentMethodData } = attempt.payWith.paymentData;
  const signed = signedFive(attempt, settings);
  return [
    ['operation', 'GooglePayPurchase'],
    ['merchant_id', signed.merchant_id],
    ['amount', signed.amount],
    ['order_id', signed.order_id],
    ['currency_iso', signed.currency_iso],
    ['description', signed.description],
    ['callback_url', attempt.urls.callback],
    ['gpApiVersionMinor', apiVersionMinor],
    ['gpApiVersion', apiVersion],
    ['gpPMDescription', unaltered('gpPMDescription', paymentMethodData.description)],
    ['gpPMType', unaltered('gpPMType', paymentMethodData.type)],
    ['gpPMICardNetwork', unaltered('gpPMICardNetwork', paymentMethodData.info.cardNetwork)],
    ['gpPMICardDetails', unaltered('gpPMICardDetails', paymentMethodData.info.cardDetails)],
    ...walletToken(attempt, paymentMethodData.tokenizationData, settings),
    ...secureType(settings),
    ['add_params', browserParams(attempt, settings.areqBrowser)],
    ['signature', sign(Object.values(signed), settings.secretKey)],
  ];
}

/** Google's token as it is, or the card that the merchant opened itself. */
function walletToken(
  { card }: Attempt,
  { type, token }: { type: string; token: string },
  { googlePay }: ProcardSettings,
): Fields {
  if (!card)
    return [
      ['gpTokenType', unaltered('gpTokenType', type)],
      ['gpToken', unaltered('gpToken', token)],
    ];
  // Google puts no gateway's name for the merchant into a token that no gateway opens.
  const decrypted = {
    gatewayMerchantId: googlePay?.gatewayMerchantId,
    ...(JSON.parse(card.reveal()) as object),
  };
  return [
    ['gpTokenType', 'PAYMENT_GATEWAY'],
    ['gpTokenDecrypted', Buffer.from(JSON.stringify(decrypted)).toString('base64')],
  ];
}

/** Operation Purchase with `redirect=0`: the reply holds the address of ProcardPay's own page (dispatcher page). */
export function hostedPurchase(attempt: Attempt, settings: ProcardSettings): Fields {
  const signed = signedFive(attempt, settings);
  const back = attempt.urls.shopReturn;
  return [
    ['operation', 'Purchase'],
    ['merchant_id', signed.merchant_id],
    ['amount', signed.amount],
    ['order_id', signed.order_id],
    ['currency_iso', signed.currency_iso],
    ['description', signed.description],
    // Marked as required, and an empty array cannot be written in a form.
    ['add_params', { attempt: signed.order_id }],
    // The three ways back look alike on purpose: an address proves nothing, the status query does.
    ['approve_url', back],
    ['decline_url', back],
    ['cancel_url', back],
    ['callback_url', attempt.urls.callback],
    ['redirect', 0],
    ['auth_type', 1],
    ...secureType(settings),
    ['language', attempt.locale === 'uk' || attempt.locale === 'ru' ? attempt.locale : 'en'],
    ['signature', sign(Object.values(signed), settings.secretKey)],
  ];
}

/**
 * Operation Complete3DS (dispatcher page, older edition; the fields for 3-D Secure 2 are assumed). Which field
 * carries the `cres` is a setting; the formula of the signature never changes. `undefined` where the bank's answer
 * holds something that a signature cannot carry.
 */
export function complete3ds(
  transactionKey: string,
  returned: ChallengeReturn,
  settings: ProcardSettings,
): Fields | undefined {
  const cres = returned.version === 2 ? repaired(returned.cres) : '';
  const inPaRes = settings.cresField === 'd3ds_pares';
  const signed = {
    merchant_id: settings.merchantId,
    transaction_key: transactionKey,
    d3ds_md: returned.version === 1 ? returned.MD : '',
    d3ds_pares: returned.version === 1 ? repaired(returned.PaRes) : inPaRes ? cres : '',
  };
  if (![...Object.values(signed), cres].every(isSignable)) return undefined;
  return [
    ['operation', 'Complete3DS'],
    ...Object.entries(signed),
    ...(returned.version === 2 && !inPaRes ? [['d3ds_cres', cres] as const] : []),
    ['signature', sign(Object.values(signed), settings.secretKey)],
  ];
}

/** `POST <base>check` (dispatcher page, older edition). */
export function check(attempt: AttemptRef, settings: ProcardSettings): Fields {
  return [
    ['merchant_id', settings.merchantId],
    ['order_id', attempt.reference],
    ['signature', sign([settings.merchantId, attempt.reference], settings.secretKey)],
  ];
}

function secureType({ secureType }: ProcardSettings): Fields {
  return secureType === undefined ? [] : [['secure_type', secureType]];
}

/** A text that arrives as it was given: forms rewrite line breaks and broken Unicode, so those are refused. */
function unaltered(field: string, value: string): string {
  if (/[\p{Cc}\p{Cs}]/u.test(value))
    throw new UnrepresentableError(field, 'holds a control character or broken Unicode');
  return value;
}

/** A bank's base64 that went through a careless form: its `+` became blanks, its lines were broken. */
function repaired(base64: string): string {
  return base64.replace(/[\r\n]/g, '').replaceAll(' ', '+');
}
