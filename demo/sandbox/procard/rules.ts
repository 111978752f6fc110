import type { Check } from '../journal.js';
import { isWebAddress } from '../world.js';
import type { SystemError } from './dictionaries.js';
import type { Fields } from './form-body.js';
import { textOf } from './signature.js';

/** What a request has to be, and the system error that it gets otherwise. */
export type Rule = readonly [code: SystemError, what: string, kept: boolean];

/** Everything that was looked at, up to the first rule that is broken. */
export function judge(rules: readonly Rule[]): { checks: Check[]; broken: SystemError | undefined } {
  const first = rules.findIndex(([, , kept]) => !kept);
  const seen = first < 0 ? rules : rules.slice(0, first + 1);
  return { checks: seen.map(([, what, passed]) => ({ what, passed })), broken: rules[first]?.[0] };
}

/** What both purchases need (order of the rules: assumed). */
export function purchaseRules(fields: Fields): Rule[] {
  return [
    orderIdRule(fields),
    [-7, 'currency_iso is UAH', textOf(fields, 'currency_iso') === 'UAH'],
    [-12, 'amount is like 1.00, and more than 0', Boolean(minorOf(textOf(fields, 'amount')))],
    [-12, 'description is there', textOf(fields, 'description') !== ''],
    webAddressRule(fields, 'callback_url'),
    [-12, 'secure_type, if any, is an integer', isEmptyOr(fields, 'secure_type', /^\d+$/)],
    [-12, 'add_params, if any, has named values', typeof (fields['add_params'] ?? {}) === 'object'],
  ];
}

/** What a GooglePayPurchase needs beside its token (ProcardPay, Google Pay page). */
export function googlePayRules(fields: Fields): Rule[] {
  const integers = ['gpApiVersionMinor', 'gpApiVersion'];
  const texts = ['gpPMDescription', 'gpPMType', 'gpPMICardNetwork', 'gpPMICardDetails'];
  return [
    ...integers.map((name): Rule => [-12, `${name} is an integer`, /^\d+$/.test(textOf(fields, name))]),
    ...texts.map((name): Rule => [-12, `${name} is there`, typeof fields[name] === 'string']),
    [-12, 'gpTokenType is PAYMENT_GATEWAY', textOf(fields, 'gpTokenType') === 'PAYMENT_GATEWAY'],
  ];
}

/**
 * What a Purchase needs to get a page (ProcardPay, dispatcher page). What the sandbox does not imitate it refuses, so
 * that nobody takes a charge for a pre-authorisation.
 */
export function pageRules(fields: Fields): Rule[] {
  return [
    ...['approve_url', 'decline_url', 'cancel_url'].map((name) => webAddressRule(fields, name)),
    [-12, 'redirect, if any, is 1 or 0', redirectOf(fields) !== undefined],
    [
      -12,
      'auth_type, if any, is 1 (the sandbox has no pre-authorisation)',
      isEmptyOr(fields, 'auth_type', /^1$/),
    ],
    [-12, 'split, if any, is 0 (the sandbox has no split payments)', isEmptyOr(fields, 'split', /^0$/)],
  ];
}

export function orderIdRule(fields: Fields): Rule {
  return [-8, 'order_id is there', textOf(fields, 'order_id') !== ''];
}

/** An empty `d3ds_md` or `d3ds_pares` is right in 3-D Secure 2, a missing one is not (older edition). */
export function completionRules(fields: Fields): Rule[] {
  return [
    [-12, 'transaction_key is there', textOf(fields, 'transaction_key') !== ''],
    ...['d3ds_md', 'd3ds_pares'].map((name): Rule => [
      -12,
      `${name} is there, if only empty`,
      typeof fields[name] === 'string',
    ]),
  ];
}

/**
 * Whether the browser is sent to the page, or the page's address is answered. The documents have 1 and 0; `true` and
 * `false`, as of the edition of 2020, are seen in public integrations.
 */
export function redirectOf({ redirect = '1' }: Fields): boolean | undefined {
  if (redirect === '1' || redirect === 'true' || redirect === true) return true;
  return redirect === '0' || redirect === 'false' || redirect === false ? false : undefined;
}

/** `1250.50`, `1250.5` or `1250` → 125050. */
export function minorOf(amount: string): number | undefined {
  const match = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(amount);
  return match ? Number(`${match[1]}${(match[2] ?? '').padEnd(2, '0')}`) : undefined;
}

function webAddressRule(fields: Fields, name: string): Rule {
  return [-12, `${name} is a web address`, isWebAddress(textOf(fields, name))];
}

function isEmptyOr(fields: Fields, name: string, form: RegExp): boolean {
  const text = textOf(fields, name);
  return text === '' || form.test(text);
}
