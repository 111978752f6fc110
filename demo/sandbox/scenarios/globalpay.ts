import type { SandboxCard, Scenario } from './scenario.js';

/** GlobalPay Checkout: payments on GlobalPay's page. */
export const GLOBALPAY_CARDS = {
  uzcardApproved: {
    id: 'uzcard-approved',
    label: 'Uzcard, SMS code, approved',
    network: 'UZCARD',
    pan: '8600000000000007',
    authMethod: 'PAN_ONLY',
    behaviour: { kind: 'sms', then: { kind: 'approve' } },
  },
  humoNoFunds: {
    id: 'humo-no-funds',
    label: 'Humo, SMS code, insufficient funds',
    network: 'HUMO',
    pan: '9860000000000009',
    authMethod: 'PAN_ONLY',
    behaviour: { kind: 'sms', then: { kind: 'decline', reason: 'INSUFFICIENT_FUNDS' } },
  },
  visaBankPage: {
    id: 'visa-bank-page',
    label: "Visa, the bank's own page",
    network: 'VISA',
    pan: '4000000000005001',
    authMethod: 'PAN_ONLY',
    behaviour: { kind: 'bank_page' },
  },
} as const satisfies Record<string, SandboxCard>;

export const GLOBALPAY_SCENARIOS: readonly Scenario[] = [
  {
    id: 'uzcard-approved',
    title: 'Uzcard with SMS code, approved, with receipt',
    provider: 'globalpay',
    method: 'hosted-page',
    card: GLOBALPAY_CARDS.uzcardApproved,
    shopper: 'enters the right code',
    final: 'approved',
    callback: 'after the answer',
    receipt: true,
  },
  {
    id: 'humo-no-funds',
    title: 'Humo, insufficient funds',
    provider: 'globalpay',
    method: 'hosted-page',
    card: GLOBALPAY_CARDS.humoNoFunds,
    shopper: 'enters the right code',
    final: 'declined',
    declineReason: 'insufficient_funds',
    callback: 'after the answer',
  },
  {
    id: 'visa-bank-page',
    title: "Visa with the bank's page",
    provider: 'globalpay',
    method: 'hosted-page',
    card: GLOBALPAY_CARDS.visaBankPage,
    shopper: 'enters the right code',
    final: 'approved',
    callback: 'after the answer',
    receipt: true,
  },
  {
    id: 'token-expired',
    title: 'Payment token expired',
    provider: 'globalpay',
    method: 'hosted-page',
    card: GLOBALPAY_CARDS.uzcardApproved,
    shopper: 'lets the time run out',
    final: 'expired',
    callback: 'never',
  },
];
