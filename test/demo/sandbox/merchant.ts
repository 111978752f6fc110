import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { startSandbox, type Sandbox } from '../../../demo/sandbox/sandbox.js';
import { CREDENTIALS, type SandboxOptions } from '../../../demo/sandbox/settings.js';

/** A merchant of these tests: it signs with code of its own, and takes callbacks on a server of its own. */
export interface Merchant {
  readonly sandbox: Sandbox;
  readonly callbackUrl: string;
  /** Resolves with the next callback that has not been taken yet. */
  nextCallback(): Promise<Callback>;
  /** Statuses to answer the next callbacks with; afterwards 200. */
  answerCallbacksWith(...statuses: number[]): void;
  /** Sends fields to ProcardPay, signed over `signed`, as urlencoded form. */
  procard(path: string, fields: Fields, signed: readonly string[]): Promise<Answer>;
  control(path: string, init?: RequestInit): Promise<unknown>;
  /** A fresh token of the Google Pay stand-in. */
  token(cardId: string, gatewayMerchantId?: string): Promise<string>;
  close(): Promise<void>;
}

export type Fields = Record<string, string>;
export type Answer = Record<string, unknown>;

export interface Callback {
  headers: IncomingHttpHeaders;
  body: Answer;
}

export const PURCHASE = ['merchant_id', 'order_id', 'amount', 'currency_iso', 'description'] as const;
export const ORDER = ['merchant_id', 'order_id'] as const;
export const COMPLETE = ['merchant_id', 'transaction_key', 'd3ds_md', 'd3ds_pares'] as const;

export function sign(values: readonly string[], algorithm = 'sha512'): string {
  return createHmac(algorithm, CREDENTIALS.procardSecret)
    .update(Buffer.from(values.join(';')))
    .digest('hex');
}

export function signed(fields: Fields, names: readonly string[]): Fields {
  return { ...fields, signature: sign(names.map((name) => fields[name] ?? '')) };
}

export async function startMerchant(options: Partial<SandboxOptions> = {}): Promise<Merchant> {
  const callbacks: Callback[] = [];
  const waiting: ((callback: Callback) => void)[] = [];
  const statuses: number[] = [];
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(statuses.shift() ?? 200).end('OK');
      const callback = {
        headers: request.headers,
        body: JSON.parse(Buffer.concat(chunks).toString()) as Answer,
      };
      const next = waiting.shift();
      if (next) next(callback);
      else callbacks.push(callback);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert(typeof address === 'object' && address);
  const callbackUrl = `http://127.0.0.1:${address.port}/callback`;
  const sandbox = await startSandbox({
    port: 0,
    globalpayCallbackUrl: callbackUrl,
    callbackPauses: [0, 0],
    ...options,
  });

  return {
    sandbox,
    callbackUrl,
    nextCallback: () => {
      const callback = callbacks.shift();
      return callback ? Promise.resolve(callback) : new Promise((resolve) => waiting.push(resolve));
    },
    answerCallbacksWith: (...given) => void statuses.push(...given),
    procard: (path, fields, names) =>
      postJson(`${sandbox.url}/procard/api/${path}`, new URLSearchParams(signed(fields, names))),
    control: async (path, init) => {
      const response = await fetch(`${sandbox.url}/control/${path}`, init);
      return (await response.json()) as unknown;
    },
    token: async (cardId, gatewayMerchantId = CREDENTIALS.gatewayMerchantId) => {
      const body = JSON.stringify({ cardId, gatewayMerchantId });
      const headers = { 'Content-Type': 'application/json' };
      const answer = await fetch(`${sandbox.url}/google-pay/token`, { method: 'POST', headers, body });
      return ((await answer.json()) as { token: string }).token;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await sandbox.close();
    },
  };
}

export async function postJson(url: string, body: BodyInit, headers: HeadersInit = {}): Promise<Answer> {
  const response = await fetch(url, { method: 'POST', body, headers });
  assert.equal(response.status, 200);
  return (await response.json()) as Answer;
}

/** The members of `expected` are in `actual`, with these values. */
export function assertPart(actual: unknown, expected: Answer): void {
  assert(typeof actual === 'object' && actual !== null);
  const part = Object.entries(actual).filter(([name]) => name in expected);
  assert.deepEqual(Object.fromEntries(part), expected);
}

export interface Page {
  status: number;
  location: string | null;
  html: string;
  /** Of the page's first form: its address and its hidden fields. */
  action: string;
  hidden: Fields;
}

/** A browser without scripts: posts a form, and reads the form of the page that comes. */
export async function browse(url: string, form?: Fields): Promise<Page> {
  const response = await fetch(url, {
    redirect: 'manual',
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
  });
  const html = await response.text();
  const unescape = (text = '') => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  const inputs = html.matchAll(/<input\s+type="hidden"\s+name="([^"]*)"\s+value="([^"]*)"/g);
  return {
    status: response.status,
    location: response.headers.get('Location'),
    html,
    action: unescape(/<form[^>]*action="([^"]*)"/.exec(html)?.[1]),
    hidden: Object.fromEntries(Array.from(inputs, ([, name, value]) => [name ?? '', unescape(value)])),
  };
}
