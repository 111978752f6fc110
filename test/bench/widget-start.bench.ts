import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { startSandbox } from '../../demo/sandbox/sandbox.js';
import { launchChromium } from '../support/chromium.js';
import { percentile, rounded, scaled, type Bench, type Figure } from './bench.js';
import { page, WATCH_BUTTONS, type Library, type Start } from './widget-pages.js';
import { installPeers, peers, weight, type Peer } from './widget-scripts.js';

const LOADS = 60;
const AWAY_MS = 50;
const SLOWER = 4;
const LIMIT = 1.25;

/** How soon the shopper sees the button, and what the page loads for it. */
export const bench: Bench = {
  title:
    'the page’s script and style sheet in gzip bytes, and ms from the start of the script to Google’s button on the ' +
    `screen: Google’s library in the page; ${AWAY_MS} ms away; in the page, processor ${SLOWER} times slower. ` +
    'Adyen’s servers are the benchmark’s own and answer at once',
  setUp: installPeers,
  async run(scale) {
    const competitors = await peers();
    const sandbox = await startSandbox({ port: 0 });
    const payJs = await (await fetch(`${sandbox.url}/google-pay/pay.js`)).text();
    const server = createServer(
      (request, response) => void answer(request, response, competitors, payJs + WATCH_BUTTONS),
    );
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      const devtools = await page.context().newCDPSession(page);
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const loads = scaled(LOADS, scale);
      const here = await compare(page, url, competitors, 'here', loads);
      const away = await compare(page, url, competitors, 'away', loads);
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
      const slow = await compare(page, url, competitors, 'here', loads);

      const rows = competitors.map((peer, index) => ({
        what: peer.name,
        bytes: weight(peer),
        'in the page': median(here[index], 'shown'),
        away: median(away[index], 'shown'),
        slower: median(slow[index], 'shown'),
        'longest task, slower': median(slow[index], 'longest'),
      }));
      const [widget, element] = rows as [(typeof rows)[0], (typeof rows)[0]];
      const times = (column: 'in the page' | 'away' | 'slower'): Figure => ({
        name: `${column}: times Google’s element`,
        value: rounded(widget[column] / element[column]),
      });
      return {
        rows,
        figures: [
          { ...times('in the page'), limit: LIMIT },
          { ...times('away'), limit: LIMIT },
          // There, the six-fold size of the script outweighs whatever it does.
          times('slower'),
          { name: 'longest task over 50 ms, slower, ms', value: widget['longest task, slower'], limit: 50 },
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

/** `/<number of the competitor>/<library>`, Google's library, and whatever else somebody asks their servers for. */
async function answer(
  { url = '', headers }: IncomingMessage,
  response: ServerResponse,
  competitors: readonly Peer[],
  payJs: string,
): Promise<void> {
  const [, number = '', library] = url.split('/');
  const peer = competitors[Number(number)];
  if (url === '/pay.js?away') await setTimeout(AWAY_MS);
  const [type, text] = url.startsWith('/pay.js')
    ? ['text/javascript', payJs]
    : peer
      ? ['text/html', page(library as Library, peer, `http://${headers.host}`)]
      : ['application/json', '{}'];
  response.setHeader('content-type', type);
  response.setHeader('cache-control', 'no-store');
  response.end(text);
}

/** All pages in turn, after one load of each that is not counted. */
async function compare(
  page: Page,
  url: string,
  competitors: readonly Peer[],
  library: Library,
  loads: number,
): Promise<Start[][]> {
  const starts = competitors.map((): Start[] => []);
  for (let load = 0; load <= loads; load += 1) {
    for (const [number, counted] of starts.entries()) {
      await page.goto(`${url}/${number}/${library}`);
      const start = await page.evaluate<Start>('start');
      if (load > 0) counted.push(start);
    }
  }
  return starts;
}

function median(starts: readonly Start[] = [], what: keyof Start): number {
  const times = starts.map((start) => start[what]);
  return rounded(percentile(times, 0.5), 1);
}
