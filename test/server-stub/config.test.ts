import assert from 'node:assert/strict';
import { BlockList } from 'node:net';
import { test } from 'node:test';
import { readConfig } from '../../server-stub/config.js';
import { SettingError } from '../../server-stub/setting-error.js';

const KEY = Buffer.alloc(32, 7).toString('base64');

test('nothing set is a server on this machine', () => {
  assert.deepEqual(readConfig({}), {
    port: 8080,
    publicUrl: undefined,
    allowedOrigins: [],
    trustedProxies: new BlockList(),
    databaseUrl: undefined,
    databaseKey: undefined,
    dataDir: './data',
    ordersFile: undefined,
    logLevel: 'info',
    metricsToken: undefined,
  });
});

test('everything set is read, without the white space around it', () => {
  const env = {
    PORT: ' 3000 ',
    PUBLIC_URL: 'https://pay.example/base//',
    ALLOWED_ORIGINS: 'https://shop.example, http://localhost:5173\nhttps://other.example',
    TRUSTED_PROXIES: 'loopback 10.0.0.0/8, 2001:db8::1',
    DATABASE_URL: 'postgres://pay:secret@db.example/pay',
    DATABASE_KEY: KEY,
    DATA_DIR: '/var/lib/pay ',
    ORDERS_FILE: 'orders.json',
    LOG_LEVEL: 'warn',
    METRICS_TOKEN: 'a-token-of-16-ch',
  };
  const { trustedProxies, databaseUrl, databaseKey, metricsToken, ...config } = readConfig(env);
  assert.deepEqual(trustedProxies.rules.length, 4);
  assert.deepEqual(config, {
    port: 3000,
    publicUrl: 'https://pay.example/base',
    allowedOrigins: ['https://shop.example', 'http://localhost:5173', 'https://other.example'],
    dataDir: '/var/lib/pay',
    ordersFile: 'orders.json',
    logLevel: 'warn',
  });
  assert.deepEqual(
    [databaseUrl, databaseKey, metricsToken].map((secret) => secret?.reveal()),
    ['postgres://pay:secret@db.example/pay', KEY, 'a-token-of-16-ch'],
  );
});

test('a bad setting stops the start with a sentence that names it and does not repeat it', () => {
  const bad = {
    PORT: ['canary', '65536', '-1'],
    PUBLIC_URL: [
      'canary',
      'http://canary.example',
      'https://canary.example/?a',
      'https://canary.example/#a',
      'https://user:canary@pay.example',
      `https://canary.example/${'a'.repeat(200)}`,
    ],
    ALLOWED_ORIGINS: ['*', 'null', 'https://canary.example/', 'canary.example', 'http://canary.example'],
    TRUSTED_PROXIES: [
      'canary',
      '10.0.0.0/33',
      '10.0.0.0/0',
      '10.0.0.0/8/8',
      '2001:db8::/129',
      '10.0.0.1:80',
      '*',
    ],
    LOG_LEVEL: ['canary', 'INFO'],
    DATABASE_URL: ['canary', 'mysql://user:canary@db/pay'],
    DATABASE_KEY: ['canary', KEY.slice(4)],
    METRICS_TOKEN: ['canary', 'canary with blanks'],
  };
  for (const [name, values] of Object.entries(bad))
    for (const value of values)
      assert.throws(
        () => readConfig({ [name]: value }),
        (error) => {
          assert.ok(error instanceof SettingError, value);
          assert.equal(error.setting, name);
          assert.match(error.message, new RegExp(`^${name} [^\n]*\\.$`));
          assert.doesNotMatch(error.message, /canary/);
          return true;
        },
        value,
      );
});

test('the longest PUBLIC_URL leaves room for a notification address of 256 characters', () => {
  const longest = 'https://pay.example/'.padEnd(256 - '/pay/3ds//return'.length - 22, 'a');
  const { publicUrl } = readConfig({ PUBLIC_URL: longest });
  assert.equal(`${publicUrl}/pay/3ds/${'t'.repeat(22)}/return`.length, 256);
  assert.throws(() => readConfig({ PUBLIC_URL: `${longest}a` }), SettingError);
});
