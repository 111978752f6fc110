import type { SandboxCard, Scenario } from './scenario.js';

/** ProcardPay: purchases that the cardholder's bank wants confirmed. */
export const THREEDS_CARDS = {
  mastercard3ds2: {
    id: 'mastercard-3ds2',
    label: '3-D Secure 2',
    network: 'MASTERCARD',
    pan: '5200000000002003',
    authMethod: 'PAN_ONLY',
    behaviour: { kind: 'threeds', version: 2 },
  },
  visa3ds1: {
    id: 'visa-3ds1',
    label: '3-D Secure 1',
    network: 'VISA',
    pan: '4000000000002008',
    authMethod: 'PAN_ONLY',
    behaviour: { kind: 'threeds', version: 1 },
  },
} as const satisfies Record<string, SandboxCard>;

export const THREEDS_SCENARIOS: readonly Scenario[] = [
  {
    id: 'threeds2-passed',
    title: '3-D Secure 2, passed',
    provider: 'procard',
    method: 'google-pay',
    card: THREEDS_CARDS.mastercard3ds2,
    shopper: 'enters the right code',
    final: 'approved',
    callback: 'after the answer',
  },
  {
    id: 'threeds2-failed',
    title: '3-D Secure 2, wrong code',
    provider: 'procard',
    method: 'google-pay',
    card: THREEDS_CARDS.mastercard3ds2,
    shopper: 'enters a wrong code',
    final: 'declined',
    declineReason: 'authentication_failed',
    callback: 'after the answer',
  },
  {
    id: 'threeds2-closed',
    title: '3-D Secure 2, closed by the shopper',
    provider: 'procard',
    method: 'google-pay',
    card: THREEDS_CARDS.mastercard3ds2,
    shopper: 'closes the window',
    final: 'cancelled',
    callback: 'never',
  },
  {
    id: 'threeds1-passed',
    title: '3-D Secure 1, passed',
    provider: 'procard',
    method: 'google-pay',
    card: THREEDS_CARDS.visa3ds1,
    shopper: 'enters the right code',
    final: 'approved',
    callback: 'after the answer',
  },
];
