import { BANK_CERTAINTY } from './acs/certainty.js';
import { NETWORK_NAMES } from './cards.js';
import type { CertaintyRow } from './certainty.js';
import { FAULTS, type FaultName } from './faults/fault.js';
import { GLOBALPAY_CERTAINTY } from './globalpay/certainty.js';
import { GOOGLE_PAY_CERTAINTY } from './google-pay/certainty.js';
import { PROCARD_CERTAINTY } from './procard/certainty.js';
import { SCENARIOS } from './scenarios.js';
import type { Credentials } from './settings.js';

/** What the sandbox is not. Said in the terminal, on its index page and in SANDBOX.md. */
export const NOT_IMITATED = [
  'Money, cards, banks and tax receipts: everything is invented, and forgotten when the sandbox stops.',
  "Google's keys: tokens are truly sealed and opened, under keys made anew with every run. Google's own tokens are refused.",
  'The look of Google Pay and its logo, the shopper’s own cards and addresses, environment PRODUCTION.',
  "Google Pay on ProcardPay's own page, pre-authorisation, recurring and split payments, partial reversals.",
  'The 3DS method and decoupled authentication; a frictionless payment is simply approved.',
  'Time-outs, limits and anti-fraud checks of the real providers; the words of GlobalPay’s errors.',
] as const;

/** How sure the sandbox is of what it does, by party. */
export const CERTAINTY: readonly { party: string; rows: readonly CertaintyRow[] }[] = [
  { party: 'ProcardPay', rows: PROCARD_CERTAINTY },
  { party: 'GlobalPay', rows: GLOBALPAY_CERTAINTY },
  { party: 'Bank', rows: BANK_CERTAINTY },
  { party: 'Google Pay', rows: GOOGLE_PAY_CERTAINTY },
];

/** Addresses under the sandbox's own, for whoever wants to look inside. */
export const LOOK_INSIDE = [
  ['/inspector', 'each payment, drawn and explained as it happens'],
  ['/control/ledger', 'what was really charged and given back'],
  ['/control/journal', 'every message, with its answer and its signature check'],
  ['/control/faults', 'every fault there is, and those that wait to happen'],
  ['/control/scenarios', 'the table that the cards follow'],
  ['/control/certainty', 'what is documented and what is assumed'],
] as const;

/** The settings of a merchant's server that uses the sandbox, in the names of the reference server. */
export function merchantSettings(origin: string, credentials: Credentials): [name: string, value: string][] {
  return [
    ['PROCARD_API_URL', `${origin}/procard/api/`],
    ['PROCARD_MERCHANT_ID', credentials.procardMerchantId],
    ['PROCARD_SECRET_KEY', credentials.procardSecret],
    ['GOOGLE_PAY_GATEWAY_MERCHANT_ID', credentials.gatewayMerchantId],
    ['GLOBALPAY_API_URL', `${origin}/globalpay/checkout`],
    ['GLOBALPAY_USERNAME', credentials.globalpayUsername],
    ['GLOBALPAY_PASSWORD', credentials.globalpayPassword],
    ['GLOBALPAY_SERVICE_ID', credentials.globalpayServiceId],
  ];
}

/** Every card of the scenario table, by provider: network and number, and what happens to it. */
export function cardRows(provider: 'procard' | 'globalpay'): [card: string, label: string][] {
  const cards = new Set(SCENARIOS.filter((row) => row.provider === provider).map(({ card }) => card));
  return [...cards].map(({ network, pan, label }) => [`${NETWORK_NAMES[network]} ${pan}`, label]);
}

export const PROVIDER_NAMES = { procard: 'ProcardPay', globalpay: 'GlobalPay' } as const;

const EXAMPLE_DETAILS: { [name in FaultName]?: object } = {
  reject: { code: -4 },
  decline: { reason: 76 },
  pending: { status: 'NEEDS-CLARIFICATION' },
};

/** A body for `POST /control/faults` that orders this fault once. */
export function exampleOf(fault: FaultName): object {
  return { fault, operation: FAULTS[fault].operations[0], ...EXAMPLE_DETAILS[fault] };
}
