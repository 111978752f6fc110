import type { PaymentRecord } from '../../../server-stub/store/payment-store.js';

/** A payment that was just written. */
export function newRecord(parts: Partial<PaymentRecord> = {}): PaymentRecord {
  return {
    id: 'payment-1',
    orderId: 'A-1001',
    key: 'key-of-1',
    requestHash: 'a'.repeat(64),
    answer: null,
    provider: 'scripted',
    reference: 'reference-1',
    method: 'google-pay',
    money: { minor: 12_500, currency: 'UAH' },
    returnUrl: 'https://shop.example/checkout?step=pay',
    createdAt: 1_000_000,
    status: 'processing',
    version: 1,
    providerId: null,
    action: null,
    decline: null,
    receiptUrl: null,
    late: false,
    attention: null,
    nextCheckAt: null,
    checks: 0,
    ...parts,
  };
}

export const CREQ = {
  threeDSServerTransID: '8a880dc0-d2d2-4067-bcb1-b08d1690b26e',
  acsTransID: 'd7c1ee99-9478-44a6-b1f2-391e29c6b340',
  challengeWindowSize: '03',
  messageType: 'CReq',
  messageVersion: '2.1.0',
};

export function encode(message: unknown): string {
  return Buffer.from(JSON.stringify(message)).toString('base64url');
}

/** The bank's answer to CREQ, with some of its members changed. */
export function cres(parts: Record<string, unknown> = {}): string {
  const { threeDSServerTransID, acsTransID, messageVersion } = CREQ;
  const message = { threeDSServerTransID, acsTransID, messageVersion };
  return encode({ ...message, messageType: 'CRes', transStatus: 'Y', ...parts });
}

export const CHALLENGE_2 = {
  version: 2,
  acsUrl: 'https://acs.bank.example/challenge',
  creq: encode(CREQ),
  windowSize: '03',
} as const;

export const CHALLENGE_1 = {
  version: 1,
  acsUrl: 'https://acs.bank.example/pareq',
  PaReq: 'eJxVUttygjAQ',
  MD: 'b7f0c1a2',
  windowSize: '05',
} as const;

export function openChallenge(token = 'token-1'): Partial<PaymentRecord> {
  const action = { type: 'threeds', token, challenge: CHALLENGE_2, returned: false } as const;
  return { status: 'requires_action', action, providerId: 'key-1' };
}
