import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { startSandbox, type Sandbox } from '../../demo/sandbox/sandbox.js';
import { CARDS, RIGHT_CODE } from '../../demo/sandbox/scenarios.js';
import { CREDENTIALS } from '../../demo/sandbox/settings.js';
import { launchChromium } from '../support/chromium.js';
import { bankFrame, enterCode, openSheet } from '../support/shopper.js';

/** The reference server as a merchant runs it, and a shop on another origin that only has two tags. */
let sandbox: Sandbox;
let shop: Server;
let shopUrl: string;
let server: ChildProcess;
let serverUrl: string;
let dataDir: string;
let browser: Browser;

before(async () => {
  sandbox = await startSandbox({ port: 0 });
  dataDir = await mkdtemp(join(tmpdir(), 'pay-elements-'));
  shop = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="en"><title>Shop elsewhere</title>
      <script src="${sandbox.url}/google-pay/pay.js"></script>
      <script src="${serverUrl}/pay-elements.js"></script>
      <pay-button endpoint="${serverUrl}/pay" order-id="A-1001"></pay-button>`);
  }).listen(0, '127.0.0.1');
  await once(shop, 'listening');
  shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  server = spawn(process.execPath, ['--import', 'tsx', 'server-stub/main.ts'], {
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      ALLOWED_ORIGINS: shopUrl,
      DATA_DIR: dataDir,
      LOG_LEVEL: 'silent',
      PROCARD_API_URL: `${sandbox.url}/procard/api/`,
      PROCARD_MERCHANT_ID: CREDENTIALS.procardMerchantId,
      PROCARD_SECRET_KEY: CREDENTIALS.procardSecret,
      GOOGLE_PAY_ENVIRONMENT: 'TEST',
      GOOGLE_PAY_GATEWAY_MERCHANT_ID: CREDENTIALS.gatewayMerchantId,
      GOOGLE_PAY_MERCHANT_NAME: 'Shop elsewhere',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  assert.ok(server.stdout);
  for await (const line of createInterface(server.stdout)) {
    const url = /pay-elements server at (\S+)/.exec(line)?.[1];
    if (!url) continue;
    serverUrl = url;
    break;
  }
  browser = await launchChromium();
});

after(async () => {
  await browser.close();
  server.kill('SIGTERM');
  await once(server, 'exit');
  shop.close();
  await sandbox.close();
  await rm(dataDir, { recursive: true, force: true });
});

test('a page on another origin pays with 3-D Secure through a server that has only its environment', async () => {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));

  await page.goto(shopUrl);
  await openSheet(page);
  await page.locator(`[data-card="${CARDS.mastercard3ds2.id}"]`).click();
  await enterCode(await bankFrame(page), RIGHT_CODE);

  await page.locator('pay-button [part~="status"]', { hasText: /^Paid/ }).waitFor();
  assert.deepEqual(complaints, []);
});

test('an origin that is not allowed gets the script and nothing else', async () => {
  const script = await fetch(`${serverUrl}/pay-elements.js`, {
    headers: { origin: 'https://stranger.example' },
  });
  assert.equal(script.headers.get('access-control-allow-origin'), '*');
  const offer = await fetch(`${serverUrl}/pay/offers/A-1001`, {
    headers: { origin: 'https://stranger.example' },
  });
  assert.equal(offer.headers.get('access-control-allow-origin'), null);
});

test('a bad setting stops the start with one sentence that names it', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server-stub/main.ts'], {
    env: { PATH: process.env['PATH'], PORT: '80a', DATA_DIR: dataDir },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said] = await Promise.all([child.stderr.toArray(), once(child, 'exit')]);
  assert.equal(child.exitCode, 1);
  assert.match(said.join('').trim(), /^PORT must be .*\.$/);
});
