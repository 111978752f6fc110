import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { CreatePayment, Offer, PaymentView, Problem, ThreeDSAction } from '../../src/contract/index.js';
import { launchChromium } from '../support/chromium.js';
import { GUIDE, snippet } from '../support/readme.js';

// A server that knows the widget from INTEGRATION.md alone: what it answers are the guide's own examples.

const example = (holding: string): unknown => JSON.parse(snippet('json', holding, GUIDE));
const offer = Offer.parse(example('"methods"'));
const waiting = PaymentView.parse(example('"status": "requires_action"'));
const paid: PaymentView = { ...waiting, status: 'approved', action: null, version: waiting.version + 1 };

const PAGE = `<!doctype html><html lang="en"><title>Pay</title><script src="/pay-elements.js"></script>
<pay-button endpoint="/pay" order-id="${offer.orderId}" method="hosted-page"></pay-button>
<script>document.addEventListener('pay-result', (event) => (document.title = event.detail.payment.status));</script>`;

let server: Server;
let url: string;
let browser: Browser;
const created: CreatePayment[] = [];

before(async () => {
  server = createServer((request, response) => {
    void answer(request).then(({ type = 'application/json', body }) =>
      response.setHeader('Content-Type', type).end(body),
    );
  }).listen(0);
  await once(server, 'listening');
  url = `http://localhost:${(server.address() as AddressInfo).port}`;
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  server.close();
});

let isPaid = false;

async function answer(request: IncomingMessage): Promise<{ type?: string; body: string }> {
  const { pathname } = new URL(request.url ?? '', url);
  switch (`${request.method} ${pathname}`) {
    case `GET /pay/offers/${offer.orderId}`:
      return { body: JSON.stringify(offer) };
    case 'POST /pay/payments':
      created.push(CreatePayment.parse(JSON.parse(await text(request))));
      return { body: JSON.stringify({ ...waiting, action: { ...waiting.action, url: `${url}/provider` } }) };
    case `GET /pay/payments/${waiting.id}`:
      return { body: JSON.stringify(isPaid ? paid : waiting) };
    case 'GET /pay-elements.js':
      return { type: 'text/javascript', body: await readFile('dist/pay-elements.js', 'utf8') };
    case 'GET /provider':
      isPaid = true;
      return { type: 'text/html', body: `<a href="/?payment=${waiting.id}">Back to the shop</a>` };
    default:
      return { type: 'text/html', body: PAGE };
  }
}

test('every example of the guide is one of the contract', () => {
  CreatePayment.parse(example('"returnUrl"'));
  ThreeDSAction.parse(example('"type": "threeds"'));
  Problem.parse(example('"title"'));
});

test('the segment after the last slash of the guide’s frame is the id of its challenge', () => {
  const { id, frameUrl } = ThreeDSAction.parse(example('"type": "threeds"'));
  assert.equal(frameUrl.split('/').at(-1), id);
});

test('a server that answers as the guide says takes a payment', async () => {
  const page = await browser.newPage();
  await page.goto(url);
  await page.locator('pay-button button[part~="button"]').click();
  await page.getByText('Back to the shop').click();
  await page.waitForFunction(() => document.title === 'approved');
  assert.deepEqual(
    created.map(({ orderId, expected, method }) => [orderId, expected, method.type]),
    [[offer.orderId, offer.money, 'hosted-page']],
  );
  await page.close();
});
