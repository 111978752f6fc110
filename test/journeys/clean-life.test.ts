import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { startSandbox, type Sandbox } from '../../demo/sandbox/sandbox.js';
import { launchChromium } from '../support/chromium.js';

/** How many stand in the page at a time; of those that wait for an answer fewer, since a browser opens six connections. */
const TOGETHER = 25;
const TOGETHER_ASKING = 5;
/** By what the heap may have grown afterwards: code that was compiled meanwhile. One element alone holds 5 kB. */
const HEAP_BYTES = 250_000;
const COUNTS = 10;
const BETWEEN_COUNTS_MS = 500;

const MONEY = { minor: 12_500, currency: 'UAH' };
const WAITING = {
  ...{ id: 'p', orderId: 'A-1', money: MONEY, status: 'requires_action', method: 'google-pay' },
  ...{ decline: null, receiptUrl: null, late: false, version: 1 },
  action: {
    ...{ type: 'threeds', id: 'c', version: 2, acsUrl: 'https://bank.example/', fields: { creq: 'e30' } },
    windowSize: '02',
  },
};

/** Answers that are being waited for. A page that goes away, or aborts, takes its own with it. */
const open = new Set<ServerResponse>();

/** A merchant API that never finishes anything, and the page. */
const server = createServer((request, response) => {
  const { method, url = '/' } = request;
  const json = (body: unknown) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body)); // prettier-ignore
  if (url === '/') response.setHeader('content-type', 'text/html').end(page());
  else if (url === '/pay-elements.js')
    void readFile('dist/pay-elements.js').then((file) => response.end(file));
  else if (url.startsWith('/bank/')) response.setHeader('content-type', 'text/html').end(bank(url));
  else if (url.startsWith('/pay/offers/'))
    json({ orderId: url.split('/').at(-1), description: '', money: MONEY, country: 'UA', methods: [{ type: 'hosted-page' }] }); // prettier-ignore
  else if (method === 'GET' && !url.includes('?')) {
    const id = url.split('/').at(-1) ?? '';
    json({ ...WAITING, id, action: { ...WAITING.action, id, frameUrl: `${origin}/bank/${id}` } });
  } else {
    open.add(response);
    response.on('close', () => open.delete(response));
  }
});

/** Says, as the host page does, that the bank's page is there. */
const bank = (url: string) =>
  `<!doctype html><script>parent.postMessage({ type: 'pay-elements:threeds', event: 'shown', id: '${url.split('/').at(-1)}' }, '*')</script>`;

let sandbox: Sandbox;
let browser: Browser;
let origin: string;
let tab: Page;
let devtools: CDPSession;

/** `timers`: those that were set and neither came nor were taken back. */
const page = () => `<!doctype html><html lang="en"><title>Shop</title>
  <script>
    const timers = new Set();
    const { setTimeout: set, clearTimeout: clear } = window;
    window.setTimeout = (run, ms) => {
      const timer = set(() => timers.delete(timer) && run(), ms);
      timers.add(timer);
      return timer;
    };
    window.clearTimeout = (timer) => timers.delete(timer) && clear(timer);
  </script>
  <script src="${sandbox.url}/google-pay/pay.js"></script>
  <script src="/pay-elements.js"></script><main></main>`;

before(async () => {
  sandbox = await startSandbox({ port: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchChromium();
  tab = await browser.newPage();
  await tab.goto(origin);
  devtools = await tab.context().newCDPSession(tab);
});
after(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
  await sandbox.close();
});

interface Life {
  times: number;
  tag: string;
  attributes: Record<string, string>;
  /** Called with the number of the element, once it is in the page. */
  first?: 'resume';
  /** The event until which it lives. Left out: the question that it asks. */
  until?: string;
  /** Called when that has come. */
  then?: 'pay';
  /** Whether it is to be waiting for an answer when it is removed. */
  asks?: true;
}

const OFFER = {
  ...{ endpoint: '/pay', 'order-id': 'A-1', amount: '125.00', currency: 'UAH', country: 'UA' },
  ...{ gateway: 'procard', 'gateway-merchant-id': 'm', 'merchant-name': 'Shop', environment: 'TEST' },
};

const LIVES: Record<string, Life> = {
  'pay-button with Google’s button ready': {
    times: 1_000,
    tag: 'pay-button',
    attributes: OFFER,
    until: 'pay-ready',
  },
  'pay-button in mid-payment': {
    times: 100,
    tag: 'pay-button',
    attributes: { endpoint: '/pay', 'order-id': 'A-1' },
    until: 'pay-ready',
    then: 'pay',
    asks: true,
  },
  'pay-button in mid-challenge': {
    times: 50,
    tag: 'pay-button',
    attributes: OFFER,
    first: 'resume',
    until: 'threeds-shown',
    asks: true,
  },
  'threeds-frame with the bank in it': {
    times: 50,
    tag: 'threeds-frame',
    attributes: { 'frame-url': '{origin}/bank/{n}', presentation: 'inline' },
    until: 'threeds-shown',
  },
  'pay-status that waits': {
    times: 50,
    tag: 'pay-status',
    attributes: { endpoint: '/pay', 'payment-id': '{n}' },
    asks: true,
  },
};

/** Lets so many elements live their life and removes them. */
async function live(life: Life, times: number): Promise<void> {
  const together = life.asks ? TOGETHER_ASKING : TOGETHER;
  for (let done = 0; done < times; done += together) {
    await tab.evaluate(mount, { ...life, from: done, count: together });
    while (life.asks && open.size < together) await once(server, 'request');
    await tab.evaluate(() => {
      document.querySelector('main')!.replaceChildren();
      sessionStorage.clear(); // each is to begin anew
    });
    while (open.size > 0) await Promise.all([...open].map((response) => once(response, 'close')));
  }
}

/** Runs in the page. */
async function mount({
  tag,
  attributes,
  first,
  until,
  then,
  from,
  count,
}: Life & { from: number; count: number }) {
  const lives = Array.from({ length: count }, async (_, index) => {
    const element = document.createElement(tag) as HTMLElement &
      Record<'resume' | 'pay', (id?: string) => void> & { updateComplete: Promise<unknown> };
    const number = String(from + index);
    for (const [name, value] of Object.entries(attributes))
      element.setAttribute(name, value.replace('{origin}', location.origin).replace('{n}', number));
    const reached =
      until && new Promise((resolve) => element.addEventListener(until, resolve, { once: true }));
    document.querySelector('main')!.append(element);
    await element.updateComplete;
    if (first) element[first](number);
    await reached;
    if (then) element[then]();
  });
  await Promise.all(lives);
}

interface Count {
  nodes: number;
  documents: number;
  listeners: number;
  timers: number;
  requests: number;
  heap: number;
}

/** What there is, once everything that nobody holds has been collected. */
async function count(): Promise<Count> {
  await tab.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  for (let time = 0; time < 3; time += 1) await devtools.send('HeapProfiler.collectGarbage');
  const { nodes, documents, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  const timers = await tab.evaluate<number>('timers.size');
  return { nodes, documents, listeners: jsEventListeners, timers, requests: open.size, heap: usedSize };
}

/**
 * By how much there is more than before, where there is. Counted again for a while: a browser lets go of some things
 * only when it comes to it, and what is really held stays.
 */
async function grownSince(before: Count): Promise<Partial<Count>> {
  for (let time = 1; ; time += 1) {
    const now = await count();
    const grown = Object.keys(before)
      .map((key) => [key, now[key as keyof Count] - before[key as keyof Count]] as const)
      .filter(([key, more]) => more > (key === 'heap' ? HEAP_BYTES : 0));
    if (grown.length === 0 || time === COUNTS) return Object.fromEntries(grown);
    await tab.waitForTimeout(BETWEEN_COUNTS_MS);
  }
}

for (const [name, life] of Object.entries(LIVES)) {
  test(`A16 ${life.times} times a ${name}, removed: nothing is left of them`, async () => {
    await live(life, 50); // whatever is made once has been made
    const before = await count();
    await live(life, life.times);
    assert.deepEqual(await grownSince(before), {});
  });
}
