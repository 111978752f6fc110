import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { CARDS } from '../../demo/sandbox/scenarios.js';
import { bankFrame, openSheet } from '../support/shopper.js';
import { startWorld, type World } from '../support/world.js';

/** A page of another site that shows, in a frame, the address in its query. */
const evil = createServer((request, response) => {
  const framed = new URL(request.url ?? '', 'http://evil').searchParams.get('framed') ?? '';
  response.setHeader('content-type', 'text/html').end(`<!doctype html><iframe src="${framed}"></iframe>`);
});

let world: World;
before(async () => {
  world = await startWorld();
  evil.listen(0, '127.0.0.1');
  await once(evil, 'listening');
});
after(async () => {
  evil.closeAllConnections();
  evil.close();
  await world.close();
});

test('E23 another site can frame neither a challenge’s pages nor a payment', async () => {
  const shopper = await world.shopper();
  await shopper.order('A-1001');
  await openSheet(shopper.page);
  await shopper.page.locator(`[data-card="${CARDS.mastercard3ds2.id}"]`).click();
  await bankFrame(shopper.page);
  const { id, action } = await shopper.payment();
  assert.equal(action?.type, 'threeds');

  const { port } = evil.address() as AddressInfo;
  const page = await shopper.context.newPage();
  /** What a shopper would see in the frame; a frame that was refused has no address of ours. */
  async function framed(path: string): Promise<string> {
    const address = encodeURIComponent(world.demo.shop + path);
    await page.goto(`http://127.0.0.1:${port}/?framed=${address}`, { waitUntil: 'load' });
    return page.frames()[1]?.url() ?? '';
  }
  for (const path of [`/pay/3ds/${action.id}`, `/pay/3ds/${action.id}/return`, `/pay/payments/${id}`])
    assert.match(await framed(path), /^chrome-error:/, path);
  // The same frame does show what forbids nothing.
  assert.equal(await framed('/health'), `${world.demo.shop}/health`);
  await shopper.context.close();
});
