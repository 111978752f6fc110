import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readCallback, readStatus, readToken } from '../../../../server-stub/providers/globalpay/wire.js';
import { parseJsonObject } from '../../../../server-stub/providers/json-object.js';
import type { AttemptRef } from '../../../../server-stub/providers/provider.js';
import { SETTINGS } from './globalpay-settings.js';

const ATTEMPT: AttemptRef = {
  reference: 'reference-1',
  method: 'hosted-page',
  money: { minor: 100_000, currency: 'UZS' },
  providerId: 'token-1',
  createdAt: 0,
};

const odd = fc.jsonValue({ maxDepth: 2 });
const status = fc.oneof(
  fc.constantFrom<unknown>('INIT', 'APPROVED', 'approved', 'FAILED', 'REVERT', 'new'),
  odd,
);
const named = fc.oneof(
  fc.constantFrom<unknown>('reference-1', 'token-1', '..', 100_000, '100000', 1, 'UZS', 'UAH', ''),
  odd,
);
const link = fc.oneof(
  fc.constantFrom<unknown>('https://pay.globalpay.example/1', 'https://evil.example/', 'javascript:alert(1)'),
  odd,
);
const receipt = fc.oneof(fc.record({ qrCodeUrl: link }), fc.record({ qrcodeUrl: link }), odd);

/** Bodies with the documented names and whatever under them. */
const body = fc
  .record(
    {
      ...{ id: named, externalId: named, amount: named, currency: named, status },
      ...{ error: named, userRedirectUrl: link, gnkDetail: receipt, gnkFields: receipt },
    },
    { requiredKeys: [] },
  )
  .map((members) => JSON.stringify(members));
const json = body.map((text) => parseJsonObject(text) ?? assert.fail('not an object'));

test('a status approves only by APPROVED about our payment, and shows only an address that is safe', () => {
  fc.assert(
    fc.property(json, fc.constantFrom('running' as const, 'over' as const), (reply, life) => {
      const said = readStatus(reply, ATTEMPT, life);
      if (said.kind === 'declined') assert.equal(said.mayStillApprove, life === 'running');
      if (said.kind !== 'approved') return;
      assert.match(String(reply['status']), /^approved$/i);
      const ours = { id: 'token-1', externalId: 'reference-1', amount: '100000', currency: 'UZS' };
      for (const [name, value] of Object.entries(ours))
        if (typeof reply[name] === 'string' && reply[name] !== '') assert.equal(reply[name], value);
      if (said.receiptUrl !== undefined) assert.match(said.receiptUrl, /^https:/);
      else assert.equal(said.receiptPending, true);
    }),
    { numRuns: 3_000 },
  );
});

test('a creation leads to a page of the provider’s or to nobody knows, and never to an end', () => {
  fc.assert(
    fc.property(json, (reply) => {
      const said = readToken(reply, ATTEMPT, SETTINGS.redirectHosts);
      if (said.kind !== 'redirect') assert.equal(said.kind, 'unknown');
      else assert.equal(new URL(said.url).hostname, 'pay.globalpay.example');
    }),
    { numRuns: 2_000 },
  );
});

test('G1 a callback is at most the name of a payment, whatever its bytes', () => {
  fc.assert(
    fc.property(fc.oneof(body, fc.json(), fc.string({ unit: 'binary' })), (text) => {
      const reading = readCallback(text);
      if (reading.kind === 'hint') assert.match(reading.reference, /^(?!\.{1,2}$)[\x21-\x7e]{1,256}$/);
      else assert.equal(reading.kind, 'ignored');
    }),
    { numRuns: 1_000 },
  );
});
