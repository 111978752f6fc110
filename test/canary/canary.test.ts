import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { CARDS, RIGHT_CODE } from '../../demo/sandbox/scenarios.js';
import { runPayments } from '../../server-stub/commands/payments.js';
import { SharedClock } from '../crash/clock.js';
import { startServerProcess, type ServerProcess } from '../crash/server-process.js';
import { DATABASE_KEY, newDatabase, POSTGRES_MISSING } from '../server-stub/support/postgres.js';
import { leaks, type Output } from './search.js';
import { Shop } from './shop.js';
import { freePort } from '../support/free-port.mjs';

const UAH = { minor: 12_500, currency: 'UAH' } as const;
const UZS = { minor: 15_000_000, currency: 'UZS' } as const;

interface Database {
  env: Record<string, string>;
  /** Everything that the database holds, and held, as it stands on the disk or in its tables. */
  contents: (when: string) => Promise<Output[]>;
}

async function assertSilent({ env: database, contents }: Database, directory: string): Promise<void> {
  const port = await freePort();
  const clock = new SharedClock();
  clock.run(5);
  const shop = await Shop.open(port, clock.now);
  const servers: ServerProcess[] = [];
  const ordersFile = join(directory, 'orders.json');
  writeOrders(ordersFile);
  const env = {
    ...shop.env,
    ...database,
    DATA_DIR: join(directory, 'data'),
    ORDERS_FILE: ordersFile,
  };
  const start = async () => {
    const server = await startServerProcess({ env, clock });
    servers.push(server);
    shop.url = server.url;
    return server;
  };
  const keep = async (when: string) => void shop.outputs.push(...(await contents(when)));
  try {
    // A challenge during which the server is killed, with other answers of the bank's before the right one.
    const first = await start();
    const challenged = await shop.pay(await shop.wallet('mastercard-3ds2'));
    const back = await shop.bank(challenged);
    await keep('while the bank asks');
    await first.kill();
    await keep('after the crash');
    const second = await start();
    await shop.post(back.path, { cres: back.form['cres'] ?? '', PaRes: 'canary' });
    await shop.post(back.path, { cres: Buffer.from('{}').toString('base64url') });
    await shop.post(back.path, back.form);
    assert.equal(await shop.ending(challenged.id), 'approved');
    await keep('after the challenge');

    // Every other way to pay.
    const older = await shop.pay(await shop.wallet('visa-3ds1'));
    const olderBack = await shop.bank(older);
    await shop.post(olderBack.path, olderBack.form);
    assert.equal(await shop.ending(older.id), 'approved');
    const direct = await shop.pay(await shop.wallet('visa-approved', 'DIRECT'));
    assert.equal(await shop.ending(direct.id), 'approved');
    const page = await shop.pay({ type: 'hosted-page' }, UAH);
    await shop.payOnPage(page, CARDS.visaApproved);
    assert.equal(await shop.ending(page.id), 'approved');
    const given = await shop.pay(await shop.wallet('mastercard-3ds2'));
    await shop.bank(given);
    await shop.ask(`/pay/payments/${given.id}/cancel`, { method: 'POST' });
    for (const fault of ['http_500', 'truncated_json', 'html'])
      await shop.fault({ operation: 'status', fault });
    await shop.fault({ operation: 'create', fault: 'answer_lost' });
    const uzbek = await shop.pay({ type: 'hosted-page' }, UZS);
    await shop.payOnPage(uzbek, CARDS.uzcardApproved, RIGHT_CODE);
    assert.equal(await shop.ending(uzbek.id), 'approved');

    // Answers that go wrong, and requests that are wrong.
    for (const fault of ['answer_lost', 'wrong_types', 'duplicate_keys', 'html']) {
      await shop.fault({ operation: 'GooglePayPurchase', fault });
      const paid = await shop.pay(await shop.wallet('visa-approved'));
      assert.equal(await shop.ending(paid.id), 'approved', fault);
    }

    // A challenge that is left open by a server that stops.
    await shop.bank(await shop.pay(await shop.wallet('mastercard-3ds2')));
    await keep('with another challenge');
    await wrongRequests(shop, direct.id);
    assert.deepEqual(await second.stop(), { code: 0, signal: null });
    await keep('after the stop');
    for (const command of [['list'], ['list', '--json'], ['attention'], ['show', uzbek.id], ['export']]) {
      let printed = '';
      await runPayments(command, { env, now: Date.now, print: (text) => (printed += text) });
      assert.notEqual(printed, '');
      shop.outputs.push({ where: `payments ${command.join(' ')}`, bytes: Buffer.from(printed) });
    }
    const third = await start();
    await readMetrics(shop);
    await third.stop();

    for (const server of servers)
      shop.outputs.push({
        where: "a server's standard output and error",
        bytes: Buffer.from(server.output()),
      });
    shop.noteSent();
    assertComplete(shop);
    assert.deepEqual(leaks(shop.outputs, shop.secrets), []);
  } finally {
    await Promise.all(servers.map((server) => server.kill()));
    await shop.close();
  }
}

async function wrongRequests(shop: Shop, paymentId: string): Promise<void> {
  const secrets = [...shop.secrets.values()];
  const json = { 'Content-Type': 'application/json' };
  const all = JSON.stringify(secrets);
  for (const [path, init] of [
    ['/pay/payments', { method: 'POST', headers: json, body: all }],
    [
      '/pay/payments',
      { method: 'POST', headers: { ...json, 'Idempotency-Key': 'x' }, body: all.slice(0, -5) },
    ],
    ['/pay/payments', { method: 'POST', headers: json, body: `{"gpTokenDecrypted":${all}}` }],
    ['/pay/payments', { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: all }],
    ['/pay/payments', { method: 'POST', headers: json, body: all.repeat(40) }],
    ['/pay/callbacks/procard', { method: 'POST', body: all }],
    ['/pay/callbacks/globalpay', { method: 'POST', body: JSON.stringify({ externalId: secrets[0] }) }],
    [`/pay/payments/${paymentId}`, { method: 'DELETE' }],
  ] as const)
    assert.ok((await shop.ask(path, init)).status >= 200);
  for (const secret of secrets.filter((text) => text.length < 1_000)) {
    await shop.ask(`/pay/payments/${encodeURIComponent(secret)}`);
    await shop.ask(`/pay/payments/${paymentId}?wait=${encodeURIComponent(secret)}`);
    await shop.ask(`/metrics?token=${encodeURIComponent(secret)}`);
  }
}

async function readMetrics(shop: Shop): Promise<void> {
  const headers = { Authorization: `Bearer ${shop.env['METRICS_TOKEN']}` };
  const metrics = await (await shop.ask('/metrics', { headers })).text();
  assert.match(metrics, /^pay_payments_under_way\{status="requires_action"\} 1$/m);
}

/** No kind of secret and no kind of output was forgotten on the way. */
function assertComplete({ secrets, outputs }: Shop): void {
  const kinds = new Set([...secrets.keys()].map((name) => name.replace(/ \d+$/, '')));
  for (const kind of [
    ...['merchant key', 'password', 'access token', 'refresh token', 'webhook secret', 'metrics token'],
    ...[
      'private key',
      'private scalar',
      'card number',
      'Cookie',
      'Authorization',
      'Google token',
      'gpTokenDecrypted',
    ],
    ...['creq', 'PaReq', 'MD', 'cres', 'PaRes', 'threeDSSessionData', 'transaction_key', 'payment token'],
    ...['signature', 'signed text'],
  ])
    assert.ok(kinds.has(kind), `${kind} was never seen`);
  for (const where of [
    'a webhook',
    'the answer 40',
    'the answer 20',
    'payments export',
    '/metrics',
    'database',
  ])
    assert.ok(
      outputs.some((output) => output.where.includes(where)),
      `${where} was never kept`,
    );
}

test('no secret leaves the server: embedded database', { timeout: 600_000 }, async () => {
  const directory = newDirectory();
  const contents = async (when: string) =>
    readdirSync(join(directory, 'data')).map((name) => ({
      where: `the database's file ${name} ${when}`,
      bytes: readFileSync(join(directory, 'data', name)),
    }));
  await assertSilent({ env: {}, contents }, directory).finally(() => rmSync(directory, { recursive: true }));
});

test('no secret leaves the server: PostgreSQL', { timeout: 600_000, skip: POSTGRES_MISSING }, async () => {
  const directory = newDirectory();
  const url = await newDatabase();
  const contents = async (when: string) => {
    const client = new pg.Client(url);
    await client.connect();
    const tables = await client.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`,
    );
    const outputs: Output[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from "${name}" t`);
      const bytes = Buffer.from(rows.map(({ row }) => row).join('\n'));
      outputs.push({ where: `the database's table ${name} ${when}`, bytes });
    }
    await client.end();
    return outputs;
  };
  const env = { DATABASE_URL: url, DATABASE_KEY: DATABASE_KEY.toString('base64') };
  await assertSilent({ env, contents }, directory).finally(() => rmSync(directory, { recursive: true }));
});

function newDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'pay-elements-canary-'));
}

/** More orders than the run makes payments. */
function writeOrders(file: string): void {
  const orders = [UAH, UZS].flatMap((money) =>
    Array.from({ length: 20 }, (_, number) => ({
      id: `${money.currency}-${number}`,
      description: 'Coffee',
      country: money.currency.slice(0, 2),
      ...money,
    })),
  );
  writeFileSync(file, JSON.stringify(orders));
}
