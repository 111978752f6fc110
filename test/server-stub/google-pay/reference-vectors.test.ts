import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openToken, readPayload, readRootKeys } from '../../../server-stub/google-pay/ecv2.js';

/** Tokens of Google, of Tink and of others, which lie beside the checkout because they are not ours to copy. */
const VECTORS = new URL('../../../../shared/fixtures/google-pay/ecv2-vectors.json', import.meta.url);

interface Vector {
  id: string;
  token: string;
  rootKeys: unknown;
  senderId: string;
  recipientId: string;
  privateKeysPkcs8: string[];
  now: number;
  options?: { requireJson?: boolean; gatewayMerchantId?: string; signingOnly?: boolean };
  expect: { ok: true; plaintext: string } | { ok: false; code: string };
}

const isThere = existsSync(fileURLToPath(VECTORS));

describe(
  'reference vectors',
  { skip: !isThere && 'the reference vectors do not lie beside this checkout' },
  () => {
    if (!isThere) return;
    const { vectors, googleTestRootKeysJson } = JSON.parse(readFileSync(VECTORS, 'utf8')) as {
      vectors: Vector[];
      googleTestRootKeysJson: unknown;
    };

    test('are all there', () => assert.equal(vectors.length, 34));

    for (const vector of vectors) test(vector.id, { skip: inapplicable(vector) }, () => check(vector));

    test("of the keys in Google's TEST keys.json, the one of ECv2 is read", () => {
      const keys = readRootKeys(googleTestRootKeysJson);
      assert.deepEqual(
        keys?.map(({ expiresAt }) => expiresAt),
        [2_154_841_200_000],
      );
    });
  },
);

function inapplicable({ options, senderId }: Vector): string | false {
  if (options?.signingOnly) return 'ECv2SigningOnly is not offered: card payments never use it';
  return senderId !== 'Google' && 'the sender is always Google here';
}

function check({ token, rootKeys, recipientId, privateKeysPkcs8, now, options = {}, expect }: Vector): void {
  const opening = openToken(token, {
    rootKeys: readRootKeys(rootKeys) ?? assert.fail('no root keys'),
    recipientId,
    privateKeys: privateKeysPkcs8.map((key) =>
      createPrivateKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'pkcs8' }),
    ),
    now,
  });
  const { gatewayMerchantId } = options;
  const reading =
    opening.kind === 'opened' && options.requireJson !== false
      ? readPayload(opening.plaintext, { now, ...(gatewayMerchantId !== undefined && { gatewayMerchantId }) })
      : opening;
  if (!expect.ok) return assert.deepEqual(reading, { kind: 'refused', reason: expect.code.toLowerCase() });
  assert.notEqual(reading.kind, 'refused');
  assert.ok(opening.kind === 'opened');
  assert.equal(opening.plaintext.toString('utf8'), expect.plaintext);
}
