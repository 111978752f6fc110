import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startDemo } from '../../demo/start.js';
import { freePort } from '../support/free-port.mjs';

describe('the demo', () => {
  let dataDir: string;
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'pay-elements-demo-'));
  });
  after(() => rm(dataDir, { recursive: true }));

  test('starts shop, server and sandbox on free ports, and lets go of them', async () => {
    const demo = await startDemo({ shopPort: 0, sandboxPort: 0, dataDir });
    try {
      const page = await (await fetch(demo.shop)).text();
      assert.ok(page.includes(`${demo.sandbox}/`));
      const offer = (await (await fetch(`${demo.shop}/pay/offers/U-2001`)).json()) as { methods: unknown[] };
      assert.deepEqual(offer.methods, [{ type: 'hosted-page' }]);
      const introduction = await (await fetch(demo.sandbox)).text();
      assert.ok(introduction.includes(`${demo.shop}/pay/callbacks/globalpay`), 'where GlobalPay calls back');
      const ledger = await fetch(`${demo.sandbox}/control/ledger`);
      assert.deepEqual(await ledger.json(), { captures: [], reversals: [] });
    } finally {
      await demo.close();
    }
    await assert.rejects(fetch(demo.shop));
    await assert.rejects(fetch(demo.sandbox));
  });

  test('a taken port is named, and the sandbox does not stay behind', async () => {
    const stranger = createServer().listen(0);
    await once(stranger, 'listening');
    const { port } = stranger.address() as AddressInfo;
    const sandboxPort = await freePort();
    try {
      await assert.rejects(startDemo({ shopPort: port, sandboxPort, dataDir }), { code: 'EADDRINUSE', port });
      await assert.rejects(fetch(`http://127.0.0.1:${sandboxPort}`));
    } finally {
      stranger.close();
    }
  });
});
