import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OperatorError, runPayments } from '../../../server-stub/commands/payments.js';
import { readConfig } from '../../../server-stub/config.js';
import { openStore } from '../../../server-stub/store/open-store.js';
import type { PaymentRecord } from '../../../server-stub/store/payment-store.js';
import { newRecord, openChallenge } from '../support/records.js';
import { temporaryDirectory } from '../support/temporary.js';

const NOW = 2_000_000;

/** A store with these payments, and the operator's terminal beside it. */
async function terminal(...payments: Partial<PaymentRecord>[]) {
  const env = { DATA_DIR: temporaryDirectory() };
  const open = () => openStore(readConfig(env));
  const store = await open();
  for (const [index, parts] of payments.entries()) {
    const unique = {
      id: `p-${index}`,
      reference: `r-${index}`,
      key: `canary-key-${index}`,
      orderId: `o-${index}`,
    };
    await store.insert(newRecord({ ...unique, createdAt: 1_000_000 + index * 1_000, ...parts }));
  }
  await store.close();
  return {
    run: async (...parameters: string[]) => {
      let printed = '';
      await runPayments(parameters, { env, now: () => NOW, print: (text) => (printed += text) });
      return printed;
    },
    find: async (id: string) => {
      const reopened = await open();
      const record = await reopened.find(id);
      await reopened.close();
      return record;
    },
  };
}

test('list shows the newest first, a line each', async () => {
  const { run } = await terminal({ status: 'declined' }, { status: 'approved', late: true });
  const [head, first, second, ...rest] = (await run('list')).trimEnd().split('\n');
  assert.match(head ?? '', /^created +payment +order +amount +status +attention/);
  assert.match(first ?? '', /^1970-01-01T00:16:41\.000Z +p-1 +o-1 +125\.00 UAH +approved \(late\)/);
  assert.match(second ?? '', /^1970-01-01T00:16:40\.000Z +p-0 +o-0 +125\.00 UAH +declined/);
  assert.deepEqual(rest, []);
});

test('list can be narrowed to a status, an order and a number', async () => {
  const { run } = await terminal({ status: 'declined' }, { status: 'approved' }, { status: 'approved' });
  const ids = async (...parameters: string[]) =>
    [...(await run('list', ...parameters)).matchAll(/ (p-\d) /g)].map(([, id]) => id);
  assert.deepEqual(await ids('--status', 'approved'), ['p-2', 'p-1']);
  assert.deepEqual(await ids('--order', 'o-0'), ['p-0']);
  assert.deepEqual(await ids('--limit', '1'), ['p-2']);
  assert.equal(await run('list', '--order', 'none'), 'No payments.\n');
});

test('attention shows what a person should look at, and show says what to do', async () => {
  const { run } = await terminal({ status: 'approved', attention: 'late_approval' }, { status: 'approved' });
  const shown = await run('attention');
  assert.match(shown, / p-0 .* late_approval/);
  assert.doesNotMatch(shown, /p-1/);
  assert.match(await run('show', 'p-0'), /attention +late_approval: .*refund at the provider/);
});

test('no command shows a secret', async () => {
  const challenged = { ...openChallenge('canary-token'), providerId: 'canary-transaction-key' };
  const { run } = await terminal({ ...challenged, attention: 'unresolved', nextCheckAt: 1 });
  for (const command of [
    ['list'],
    ['list', '--json'],
    ['attention', '--json'],
    ['show', 'p-0'],
    ['export'],
  ]) {
    const printed = await run(...command);
    assert.match(printed, /p-0/);
    assert.doesNotMatch(printed, /canary|creq|acs\.bank/, command.join(' '));
  }
});

test('show --json is one object', async () => {
  const { run } = await terminal({ status: 'declined', decline: { reason: 'other', providerCode: '51' } });
  const data = JSON.parse(await run('show', 'p-0', '--json')) as Record<string, unknown>;
  assert.deepEqual(
    [data['id'], data['money'], data['decline'], data['createdAt'], data['nextCheckAt']],
    [
      'p-0',
      { minor: 12_500, currency: 'UAH' },
      { reason: 'other', providerCode: '51' },
      '1970-01-01T00:16:40.000Z',
      null,
    ],
  );
});

test('export prints every payment once, however many pages they fill', async () => {
  const { run } = await terminal(...Array.from({ length: 1_001 }, () => ({ status: 'declined' as const })));
  const lines = (await run('export')).trimEnd().split('\n');
  assert.equal(new Set(lines.map((line) => (JSON.parse(line) as { id: string }).id)).size, 1_001);
  assert.equal(lines.length, 1_001);
});

test('recheck makes a payment due now, for the server to ask about', async () => {
  const { run, find } = await terminal({ status: 'declined' });
  assert.match(await run('recheck', 'p-0'), /npm run payments -- show p-0/);
  assert.equal((await find('p-0'))?.nextCheckAt, NOW);
});

test('recheck keeps its hands off a payment whose provider is being called', async () => {
  const { run, find } = await terminal({ status: 'processing', nextCheckAt: NOW + 1 });
  await assert.rejects(run('recheck', 'p-0'), OperatorError);
  assert.equal((await find('p-0'))?.version, 1);
});

test('an unknown payment, command or status is answered with a sentence', async () => {
  const { run } = await terminal();
  await assert.rejects(run('show', 'p-9'), { name: 'OperatorError', message: 'There is no payment p-9.' });
  await assert.rejects(run('recheck', 'p-9'), OperatorError);
  await assert.rejects(run('lst'), /unknown command 'lst'/);
  await assert.rejects(run('list', '--status', 'paid'), /Allowed choices are processing, /);
});
