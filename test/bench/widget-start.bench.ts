import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CDPSession, Page } from 'playwright-core';
import { startSandbox } from '../../demo/sandbox/sandbox.js';
import { launchChromium } from '../support/chromium.js';
import { percentile, rounded, scaled, type Bench, type Row } from './bench.js';
import { byHand, withWidget, type Library, type Start } from './widget-pages.js';

const LOADS = 60;
const LATENCY_MS = 50;
const SLOWER = 4;

/** How soon the shopper sees the button, beside the least that Google's button can be had for. */
export const bench: Bench = {
  title: 'ms from the start of the script to Google’s button: this widget, and Google’s client by hand',
  async run(scale) {
    const sandbox = await startSandbox({ port: 0 });
    const pages = await answers(`${sandbox.url}/google-pay/pay.js`);
    const server = createServer(({ url = '' }, response) => {
      response.setHeader('content-type', url === '/pay.js' ? 'text/javascript' : 'text/html');
      response.end(pages[url]);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      const devtools = await page.context().newCDPSession(page);
      const loads = scaled(LOADS, scale);
      const here = await compare(page, url, 'here', loads);
      await slowDown(devtools, 1, LATENCY_MS);
      const away = await compare(page, url, 'away', loads);
      await slowDown(devtools, SLOWER, 0);
      const slow = await compare(page, url, 'here', loads);
      return {
        rows: [
          row('library in the page', here),
          row(`library ${LATENCY_MS} ms away`, away),
          row(`library in the page, processor ${SLOWER} times slower`, slow),
        ],
        figures: [
          {
            name: `library ${LATENCY_MS} ms away: times Google's client by hand`,
            value: rounded(median(away.widget, 'shown') / median(away.hand, 'shown')),
            limit: 1.25,
          },
          {
            name: `longest task over 50 ms, processor ${SLOWER} times slower, ms`,
            value: median(slow.widget, 'longest'),
            limit: 50,
          },
        ],
      };
    } finally {
      await browser.close();
      server.closeAllConnections();
      server.close();
      await sandbox.close();
    }
  },
};

/** What is served, by its path. */
async function answers(payJs: string): Promise<Record<string, string>> {
  const widget = await readFile('dist/pay-elements.js', 'utf8');
  return {
    '/pay.js': await (await fetch(payJs)).text(),
    '/widget/here': withWidget('here', widget),
    '/widget/away': withWidget('away', widget),
    '/hand/here': byHand('here'),
    '/hand/away': byHand('away'),
  };
}

async function slowDown(devtools: CDPSession, rate: number, latency: number): Promise<void> {
  await devtools.send('Emulation.setCPUThrottlingRate', { rate });
  const asFastAsItIs = { offline: false, downloadThroughput: -1, uploadThroughput: -1 };
  await devtools.send('Network.emulateNetworkConditions', { ...asFastAsItIs, latency });
}

type Comparison = Record<'widget' | 'hand', Start[]>;

/** Both pages in turn, after one load of each that is not counted. */
async function compare(page: Page, url: string, library: Library, loads: number): Promise<Comparison> {
  const starts: Comparison = { widget: [], hand: [] };
  for (let load = 0; load <= loads; load += 1) {
    for (const which of ['widget', 'hand'] as const) {
      await page.goto(`${url}/${which}/${library}`);
      const start = await page.evaluate<Start>('start');
      if (load > 0) starts[which].push(start);
    }
  }
  return starts;
}

function median(starts: readonly Start[], what: keyof Start): number {
  const times = starts.map((start) => start[what]);
  return rounded(percentile(times, 0.5), 1);
}

function row(what: string, { widget, hand }: Comparison): Row {
  return {
    what,
    'widget, in the page': median(widget, 'made'),
    'widget, on the screen': median(widget, 'shown'),
    'by hand, in the page': median(hand, 'made'),
    'by hand, on the screen': median(hand, 'shown'),
    ratio: rounded(median(widget, 'shown') / median(hand, 'shown')),
  };
}
