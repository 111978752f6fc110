import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { parseEnv } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { startSandbox, type Sandbox } from '../../demo/sandbox/sandbox.js';
import { CARDS, RIGHT_CODE } from '../../demo/sandbox/scenarios.js';
import { CREDENTIALS } from '../../demo/sandbox/settings.js';
import { readConfig } from '../../server-stub/config.js';
import { createProviders } from '../../server-stub/providers/registry.js';
import { startServer, type RunningServer } from '../../server-stub/server.js';
import { Offer } from '../../src/contract/index.js';
import { README, snippet, snippets } from '../support/readme.js';
import { bankFrame, enterCode, openSheet } from '../support/shopper.js';
import { launchChromium } from '../support/chromium.js';

let directory: string;
let sandbox: Sandbox;
let server: RunningServer;
let browser: Browser;
let elsewhere: Server;
before(async () => {
  elsewhere = createServer((_request, response) => {
    response
      .setHeader('Content-Type', 'text/html')
      .end(withServer(withSandbox(snippet('html', '<pay-button'))));
  }).listen(0);
  directory = await mkdtemp(join(tmpdir(), 'pay-elements-readme-'));
  sandbox = await startSandbox({ port: 0 });
  server = await startServer({
    env: {
      PORT: '0',
      DATA_DIR: directory,
      LOG_LEVEL: 'silent',
      ALLOWED_ORIGINS: originOf(elsewhere),
      PROCARD_API_URL: `${sandbox.url}/procard/api/`,
      PROCARD_MERCHANT_ID: CREDENTIALS.procardMerchantId,
      PROCARD_SECRET_KEY: CREDENTIALS.procardSecret,
      GOOGLE_PAY_GATEWAY_MERCHANT_ID: CREDENTIALS.gatewayMerchantId,
    },
    orders: {
      find: async (id) => ({
        id,
        description: 'Tea',
        money: { minor: 4_200, currency: 'UAH' },
        country: 'UA',
      }),
    },
    extra: (app) => {
      app.get('/ten-lines', (c) => c.html(snippet('html', '<pay-button')));
      app.get('/sandbox-line', (c) => c.html(withSandbox(snippet('html', '<pay-button'))));
    },
  });
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  elsewhere.close();
  await server.close();
  await sandbox.close();
  await rm(directory, { recursive: true, force: true });
});

/** The ten lines, and before the widget the line that brings the sandbox's Google Pay. */
function withSandbox(tenLines: string): string {
  const line = snippet('html', '/google-pay/pay.js').replace('http://127.0.0.1:8090', sandbox.url);
  return tenLines.replace('<script src="/pay-elements.js">', line + '$&');
}

/** The ten lines as they stand on another origin than the server's, for another order. */
function withServer(tenLines: string): string {
  return tenLines
    .replace('A-1001', 'A-1002')
    .replace('"/pay-elements.js"', `"${server.url}/pay-elements.js"`)
    .replace('"/pay"', `"${server.url}/pay"`);
}

function originOf(listening: Server): string {
  return `http://localhost:${(listening.address() as AddressInfo).port}`;
}

/** The ten lines as a page of the shop, with the sandbox answering where Google's script would. */
async function openTenLines(): Promise<Page> {
  const page = await browser.newPage();
  await page.route('https://pay.google.com/gp/p/js/pay.js', async (route) =>
    route.fulfill({ response: await route.fetch({ url: `${sandbox.url}/google-pay/pay.js` }) }),
  );
  await page.goto(`${server.url}/ten-lines`);
  return page;
}

test('the ten lines take a payment', async () => {
  const page = await openTenLines();
  await openSheet(page);
  await page.locator(`[data-card="${CARDS.visaApproved.id}"]`).click();
  await page.waitForFunction(() => document.title === 'approved');
  await page.close();
});

test('with the line of the sandbox, the ten lines need nothing of Google', async () => {
  const page = await browser.newPage();
  await page.route('https://**', (route) => route.abort());
  await page.goto(`${server.url}/sandbox-line`);
  await openSheet(page);
  await page.locator(`[data-card="${CARDS.visaApproved.id}"]`).waitFor();
  await page.close();
});

test('on another origin the ten lines take a payment through 3-D Secure, and the console stays empty', async () => {
  const page = await browser.newPage();
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await page.goto(originOf(elsewhere));
  await openSheet(page);
  await page.locator(`[data-card="${CARDS.mastercard3ds2.id}"]`).click();
  await enterCode(await bankFrame(page), RIGHT_CODE);
  await page.waitForFunction(() => document.title === 'approved');
  assert.deepEqual(said, []);
  await page.close();
});

test('the ten lines are not more than ten', () => {
  assert.ok(snippet('html', '<pay-button').trim().split('\n').length <= 10);
});

test('the colours and parts of the README are those of the element', async () => {
  const page = await openTenLines();
  await page.addStyleTag({ content: snippet('css', 'pay-button') });
  const background = await page
    .locator('pay-button [part~="button"]')
    .evaluate((button) => getComputedStyle(button).backgroundColor);
  const fontStyle = await page
    .locator('pay-button p[part~="message"]')
    .first()
    .evaluate((message) => getComputedStyle(message).fontStyle);
  assert.equal(background, 'rgb(122, 62, 29)');
  assert.equal(fontStyle, 'italic');
  await page.close();
});

test('every command of the README is one of the project', async () => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as {
    scripts: Record<string, string>;
  };
  const commands = snippets('sh').filter((code) => code.startsWith('npm '));
  assert.deepEqual(
    commands.map((code) => code.trim()),
    ['npm start', 'npm test', 'npm run server'],
  );
  const named = [...README.matchAll(/`?npm run ([a-z:]+)/g)].map(([, name = '']) => name);
  assert.ok(named.includes('sandbox'));
  for (const name of ['start', 'test', ...named]) assert.ok(scripts[name], name);
});

test('the settings of the README are accepted and switch both providers on', () => {
  const env = parseEnv(snippet('sh', 'PROCARD_API_URL'));
  assert.equal(readConfig(env).publicUrl, 'https://pay.shop.example');
  assert.deepEqual(
    createProviders(env).map(({ currency }) => currency),
    ['UAH', 'UZS'],
  );
});

test('the order source of the README prices an order', async () => {
  const code = snippet('ts', 'startServer').replace(
    './server-stub/server.js',
    pathToFileURL('server-stub/server.ts').href,
  );
  const shop = `globalThis.myShop = { findOrder: async (id) => ({ id, title: 'Tea', kopiyky: 4200 }) };`;
  const file = join(directory, 'order-source.mts');
  await writeFile(file, `${shop}\n${code}`);
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: directory, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  const offer = Offer.parse(await (await fetch(`${url}/pay/offers/T-1`)).json());
  assert.deepEqual([offer.description, offer.money], ['Tea', { minor: 4200, currency: 'UAH' }]);
  child.kill();
  await once(child, 'exit');
});
