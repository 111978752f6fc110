import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { CREDENTIALS, type SandboxOptions } from '../../../../demo/sandbox/settings.js';
import { browse, startMerchant, type Answer, type Fields, type Merchant, type Page } from '../merchant.js';

export const UZCARD = '8600 0000 0000 0007';
export const UZCARD_RECEIPT_LATE = '8600000000000015';
export const HUMO_NO_RECEIPT = '9860000000000018';
export const HUMO_NO_FUNDS = '9860000000000009';
export const VISA = '4000000000005001';

export const LOGIN = { username: CREDENTIALS.globalpayUsername, password: CREDENTIALS.globalpayPassword };
export const SUCCESS = 'https://shop.example/done?payment=1';
export const FAIL = 'https://shop.example/failed?payment=1';

/** The samples: documented names, assumed shapes. */
export const REPLIES = fixture('replies');
export const REQUESTS = fixture('requests');

function fixture(name: string): Record<string, Answer> {
  const url = new URL(`../../../fixtures/globalpay/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as Record<string, Answer>;
}

export interface Reply {
  status: number;
  body: Answer;
}

export interface Entry {
  from: string;
  to: string;
  operation: string;
  sent: Answer;
  status: number | null;
  answer: unknown;
  about: string[];
  checks?: { what: string; passed: boolean }[];
  fault?: string;
}

interface Asked {
  method?: string;
  token?: string;
  /** Sent as JSON; text is sent as it is. */
  body?: unknown;
}

export interface Shop {
  readonly merchant: Merchant;
  /** The sandbox's clock. */
  now(): number;
  pass(seconds: number): void;
  call(path: string, asked?: Asked): Promise<Reply>;
  logIn(): Promise<string>;
  /** Creates a token from a request that is right but for the changes. */
  create(changes?: object): Promise<Reply>;
  payment(changes?: object): Promise<Payment>;
  order(fault: object): Promise<void>;
  journal(): Promise<Entry[]>;
  close(): Promise<void>;
}

/** A created token: its status, its page, and what was charged. */
export interface Payment {
  readonly id: string;
  readonly url: string;
  readonly reference: string;
  status(): Promise<Answer>;
  giveCard(number: string, expiry?: string): Promise<Page>;
  giveCode(code: string): Promise<Page>;
  press(control: 'refuse' | 'expire'): Promise<Page>;
  /** From the card to the bank's page and back, with this code. */
  goToBank(code: string): Promise<Page>;
  captures(): Promise<number>;
}

let names = 0;

export function createBody(changes: object = {}) {
  const name = `shop-${++names}`;
  return {
    name,
    description: 'Order <1001>',
    externalId: `ext-${name}`,
    account: '1001',
    externalServiceId: 303,
    items: [],
    requestFields: [
      { name: 'amount', value: '100000' },
      { name: 'currency', value: 'UZS' },
    ],
    successRedirectUrl: SUCCESS,
    failRedirectUrl: FAIL,
    ...changes,
  };
}

export async function openShop(options: Partial<SandboxOptions> = {}): Promise<Shop> {
  let now = Date.parse('2026-11-22T12:00:00Z');
  const merchant = await startMerchant({ now: () => now, accessTokenSeconds: 120, ...options });

  async function call(path: string, { method, token, body }: Asked = {}): Promise<Reply> {
    const sent = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${merchant.sandbox.url}/globalpay/checkout${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      ...(sent !== undefined && { body: sent }),
      headers: {
        'Content-Type': 'application/json',
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      },
    });
    return { status: response.status, body: (await response.json()) as Answer };
  }

  async function logIn(): Promise<string> {
    const { body } = await call('/v1/merchant/auth', { body: LOGIN });
    return String(body['access_token']);
  }

  async function create(changes: object = {}): Promise<Reply> {
    return call('/v1/user-service-tokens', { token: await logIn(), body: createBody(changes) });
  }

  async function payment(changes: object = {}): Promise<Payment> {
    const { status, body } = await create(changes);
    assert.equal(status, 200);
    const id = String(body['id']);
    const url = String(body['userRedirectUrl']);
    const reference = String(body['externalId']);
    const giveCard = (number: string, expiry = '12/30') => browse(`${url}/card`, { number, expiry });
    return {
      id,
      url,
      reference,
      status: async () => (await call(`/v1/payment/servicetoken/${id}`, { token: await logIn() })).body,
      giveCard,
      giveCode: (code) => browse(`${url}/code`, { code }),
      press: (control) => browse(`${url}/controls`, { control }),
      goToBank: async (code) => {
        const hop = await giveCard(VISA);
        const challenge = await browse(new URL(hop.action, url).href, hop.hidden);
        const decided: Fields = { ...challenge.hidden, code, decision: 'confirm' };
        const back = await browse(new URL(challenge.action, url).href, decided);
        return browse(back.action, back.hidden);
      },
      captures: async () => {
        const { captures } = (await merchant.control('ledger')) as { captures: { reference: string }[] };
        return captures.filter((entry) => entry.reference === reference).length;
      },
    };
  }

  return {
    merchant,
    now: () => now,
    pass: (seconds) => void (now += seconds * 1000),
    call,
    logIn,
    create,
    payment,
    order: async (fault) => {
      const response = await fetch(`${merchant.sandbox.url}/control/faults`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(fault),
      });
      assert.equal(response.status, 200, await response.text());
    },
    journal: async () => (await merchant.control('journal')) as Entry[],
    close: () => merchant.close(),
  };
}
