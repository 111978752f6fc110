import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pages } from '../../demo/pages.js';

const SANDBOX = 'http://127.0.0.1:55555';
const app = pages(SANDBOX);

const PAGES = ['/', '/demo/checkout.html', '/demo/order.html', '/demo/scenarios.html'];

describe('the demo pages', () => {
  for (const path of PAGES) {
    test(`${path} names no sandbox but the running one`, async () => {
      const page = await (await app.request(path)).text();
      const named = page.match(/http:\/\/127\.0\.0\.1:\d+/g) ?? [];
      assert.ok(named.every((origin) => origin === SANDBOX));
      assert.equal(named.length > 0, path !== '/demo/order.html');
    });

    test(`${path} loads only files that exist, and runs under its own policy`, async () => {
      const response = await app.request(path);
      const policy = response.headers.get('Content-Security-Policy');
      assert.match(policy ?? '', /default-src 'none'; script-src 'self' http:\/\/127\.0\.0\.1:55555;/);
      const page = await response.text();
      assert.doesNotMatch(page, /<script>|<style| style=| on[a-z]+=/);
      const files = [...page.matchAll(/(?:src|href)="(\/demo\/[^"?#]+)/g)].map((match) => match[1]!);
      for (const file of files) assert.equal((await app.request(file)).status, 200, file);
    });
  }

  test('lets the style of Google’s button in, by a nonce that holds for one answer', async () => {
    const visit = async () => {
      const response = await app.request('/demo/checkout.html');
      const [, allowed] = /style-src 'self' 'nonce-([^']+)'/.exec(
        response.headers.get('Content-Security-Policy') ?? '',
      )!;
      const given = [...(await response.text()).matchAll(/<script nonce="([^"]+)"/g)].map(
        ([, nonce]) => nonce,
      );
      assert.ok(given.length > 0 && given.every((nonce) => nonce === allowed));
      return allowed;
    };
    assert.notEqual(await visit(), await visit());
  });

  test('nothing else of the folder is served', async () => {
    for (const path of [
      '/demo/start.ts',
      '/demo/sandbox/assets/sandbox.css',
      '/demo/assets/../start.ts',
      '/package.json',
    ]) {
      assert.equal((await app.request(path)).status, 404, path);
    }
  });
});
