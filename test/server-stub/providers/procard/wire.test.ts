import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { test } from 'node:test';
import { Procard } from '../../../../server-stub/providers/procard/adapter.js';
import {
  check,
  complete3ds,
  encode,
  googlePayPurchase,
  hostedPurchase,
  type Fields,
} from '../../../../server-stub/providers/procard/wire.js';
import { PspHttp } from '../../../../server-stub/providers/psp-http.js';
import parts from '../../../fixtures/procard/google-pay-parts.json' with { type: 'json' };
import replies from '../../../fixtures/procard/replies.json' with { type: 'json' };
import requests from '../../../fixtures/procard/requests.json' with { type: 'json' };
import { GOOGLE_PAY, GP_TOKEN, HOSTED } from '../attempts.js';
import { startWire } from '../wire-server.js';
import { SETTINGS } from './procard-settings.js';

/** Reads a multipart body by RFC 7578, byte for byte, and refuses what a form without files cannot hold. */
function readMultipart(body: Buffer, contentType: string | undefined): [string, string][] {
  const boundary = /^multipart\/form-data; boundary="?([^"]+)"?$/.exec(contentType ?? '')?.[1];
  assert.ok(boundary);
  const pieces = `\r\n${body.toString('latin1')}`.split(`\r\n--${boundary}`);
  assert.equal(pieces.shift(), '');
  assert.match(pieces.pop() ?? '', /^--(\r\n)?$/);
  return pieces.map((piece) => {
    const [, name = '', value = ''] =
      /^\r\nContent-Disposition: form-data; name="([^"]+)"\r\n\r\n([^]*)$/i.exec(piece) ?? assert.fail(piece);
    const utf8 = (text: string) => Buffer.from(text, 'latin1').toString('utf8');
    return [utf8(name), utf8(value)];
  });
}

/** HMAC-SHA512 by Web Crypto, which shares nothing with the signer. */
async function hmacHex(key: string, text: string): Promise<string> {
  const bytes = new TextEncoder();
  const { subtle } = webcrypto;
  const imported = await subtle.importKey(
    'raw',
    bytes.encode(key),
    { name: 'HMAC', hash: 'SHA-512' },
    false,
    ['sign'],
  );
  return Buffer.from(await subtle.sign('HMAC', imported, bytes.encode(text))).toString('hex');
}

test('the exact multipart fields and the signature that ProcardPay’s endpoint received', async (t) => {
  const { url, received } = await startWire(t, () => JSON.stringify(replies.approved));
  await new Procard({ ...SETTINGS, apiUrl: `${url}/api/` }, new PspHttp()).begin(GOOGLE_PAY);

  const [request] = received;
  assert.ok(request);
  const fields = readMultipart(request.body, request.headers['content-type']);
  assert.deepEqual(fields, parts);
  const sent = Object.fromEntries(fields);
  assert.equal(sent['gpToken'], GP_TOKEN);
  assert.ok(request.body.includes(Buffer.from(GP_TOKEN, 'utf8')));
  const text = ['merchant_id', 'order_id', 'amount', 'currency_iso', 'description']
    .map((name) => sent[name])
    .join(';');
  assert.equal(sent['signature'], await hmacHex('sandbox-secret-0001', text));
});

test('as JSON, the amount is the signed text, the versions are numbers and add_params is an object', async (t) => {
  const { url, received } = await startWire(t, () => JSON.stringify(replies.approved));
  await new Procard({ ...SETTINGS, encoding: 'json', apiUrl: `${url}/api/` }, new PspHttp()).begin(
    GOOGLE_PAY,
  );
  assert.equal(received[0]?.headers['content-type'], 'application/json');
  const body = JSON.parse(received[0]?.body.toString() ?? '') as Record<string, unknown>;
  const { amount, gpApiVersion, gpApiVersionMinor, add_params, gpToken } = body;
  assert.deepEqual(
    { amount, gpApiVersion, gpApiVersionMinor, add_params, gpToken },
    {
      amount: '1250.50',
      gpApiVersion: 2,
      gpApiVersionMinor: 0,
      add_params: {
        BrowserIP: '10.1.2.3',
        'AReqDetails.notificationUrl': GOOGLE_PAY.urls.threedsReturn,
      },
      gpToken: GP_TOKEN,
    },
  );
});

const json = (fields: Fields): unknown => JSON.parse(encode(fields, 'json') as string);

test('Purchase has every documented field and the signature of vector S05', () => {
  assert.deepEqual(json(hostedPurchase(HOSTED, SETTINGS)), requests.hosted);
});

for (const [locale, language] of [
  ['uk', 'uk'],
  ['ru', 'ru'],
  ['uz', 'en'],
  ['en', 'en'],
] as const) {
  test(`the page speaks ${language} to a shopper who reads ${locale}`, () => {
    const fields = hostedPurchase({ ...HOSTED, locale }, SETTINGS);
    assert.equal(Object.fromEntries(fields)['language'], language);
  });
}

test('the status query has the signature of vector S08', () => {
  assert.deepEqual(json(check(GOOGLE_PAY, SETTINGS)), requests.check);
});

const { transaction_key: key1, d3ds_md: MD, d3ds_pares: PaRes } = requests.complete1;
const { transaction_key: key2, d3ds_cres: cres } = requests.complete2;

test('Complete3DS after 3-D Secure 1 has the signature of vector S09', () => {
  const fields = complete3ds(key1, { version: 1, MD, PaRes }, SETTINGS);
  assert.deepEqual(fields && json(fields), requests.complete1);
});

test('Complete3DS after 3-D Secure 2 has empty signed fields and the signature of vector S10', () => {
  const fields = complete3ds(key2, { version: 2, cres }, SETTINGS);
  assert.deepEqual(fields && json(fields), requests.complete2);
});

test('with PROCARD_CRES_FIELD=d3ds_pares the cres takes the place of the PaRes and is signed there', async () => {
  const fields = complete3ds(key2, { version: 2, cres }, { ...SETTINGS, cresField: 'd3ds_pares' });
  assert.deepEqual(Object.fromEntries(fields ?? []), {
    operation: 'Complete3DS',
    merchant_id: SETTINGS.merchantId,
    transaction_key: key2,
    d3ds_md: '',
    d3ds_pares: cres,
    signature: await hmacHex('sandbox-secret-0001', `${SETTINGS.merchantId};${key2};;${cres}`),
  });
});

test('a PaRes with blanks for plus signs and broken lines is repaired before it is signed and sent', () => {
  const fields = complete3ds(key1, { version: 1, MD, PaRes: 'ab cd\r\nef=\n' }, SETTINGS);
  assert.equal(Object.fromEntries(fields ?? [])['d3ds_pares'], 'ab+cdef=');
});

test('D17 the trimmed amount is both sent and signed', async () => {
  const sent = Object.fromEntries(googlePayPurchase(GOOGLE_PAY, { ...SETTINGS, amountFormat: 'trimmed' }));
  assert.equal(sent['amount'], '1250.5');
  const text = `BO_sandbox0000001;ORD-2026-000123-a1;1250.5;UAH;${GOOGLE_PAY.order.description}`;
  assert.equal(sent['signature'], await hmacHex('sandbox-secret-0001', text));
});

test('D18 a payment in another currency is refused', () => {
  const attempt = { ...GOOGLE_PAY, money: { minor: 100, currency: 'UZS' } as const };
  assert.throws(() => googlePayPurchase(attempt, SETTINGS), {
    name: 'UnrepresentableError',
    field: 'currency_iso',
  });
});

test('C25 a line break in any field of the shopper’s is refused, and a boundary cannot be smuggled in', () => {
  const { payWith } = GOOGLE_PAY;
  assert.ok(payWith.type === 'google-pay');
  const { paymentData } = payWith;
  const { paymentMethodData } = paymentData;
  const smuggled = 'x\r\n--boundary\r\nContent-Disposition: form-data; name="amount"\r\n\r\n0.01';
  for (const [field, data] of [
    ['gpPMDescription', { ...paymentMethodData, description: smuggled }],
    ['gpPMType', { ...paymentMethodData, type: smuggled }],
    ['gpPMICardNetwork', { ...paymentMethodData, info: { cardNetwork: smuggled, cardDetails: '1' } }],
    ['gpPMICardDetails', { ...paymentMethodData, info: { cardNetwork: 'VISA', cardDetails: smuggled } }],
    ['gpTokenType', { ...paymentMethodData, tokenizationData: { type: smuggled, token: 'x' } }],
    ['gpToken', { ...paymentMethodData, tokenizationData: { type: 'PAYMENT_GATEWAY', token: smuggled } }],
  ] as const) {
    const attempt = {
      ...GOOGLE_PAY,
      payWith: { type: 'google-pay', paymentData: { ...paymentData, paymentMethodData: data } },
    } as const;
    assert.throws(() => googlePayPurchase(attempt, SETTINGS), { name: 'UnrepresentableError', field });
  }
});

test('PROCARD_SECURE_TYPE is passed through after the token', () => {
  const names = googlePayPurchase(GOOGLE_PAY, { ...SETTINGS, secureType: 0 }).map(([name]) => name);
  assert.deepEqual(names.slice(-4), ['gpToken', 'secure_type', 'add_params', 'signature']);
});

function addParams(attempt = GOOGLE_PAY, areqBrowser = true): unknown {
  return Object.fromEntries(googlePayPurchase(attempt, { ...SETTINGS, areqBrowser }))['add_params'];
}

test('PROCARD_AREQ_BROWSER=on adds the browser’s facts, the colour depth rounded down to one that banks take', () => {
  assert.deepEqual(addParams(), {
    BrowserIP: '10.1.2.3',
    'AReqDetails.notificationUrl': GOOGLE_PAY.urls.threedsReturn,
    'AReqDetails.browserAcceptHeader': 'application/json',
    'AReqDetails.browserColorDepth': '24',
    'AReqDetails.browserIP': '10.1.2.3',
    'AReqDetails.browserLanguage': 'uk',
    'AReqDetails.browserScreenHeight': '1080',
    'AReqDetails.browserScreenWidth': '1920',
    'AReqDetails.browserTZ': '-120',
    'AReqDetails.browserUserAgent': 'Mozilla/5.0 (test)',
    'AReqDetails.browserJavaEnabled': 'false',
  });
});

test('facts of the browser that nobody knows are left out', () => {
  const browser = { ...GOOGLE_PAY.browser, ip: undefined, userAgent: undefined, accept: undefined };
  assert.deepEqual(addParams({ ...GOOGLE_PAY, browser }, false), {
    'AReqDetails.notificationUrl': GOOGLE_PAY.urls.threedsReturn,
  });
});
