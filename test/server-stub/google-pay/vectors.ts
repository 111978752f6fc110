import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { openToken, readPayload, readRootKeys } from '../../../server-stub/google-pay/ecv2.js';

/** A token with the keys, the clock and what is to come of it. */
export interface Vector {
  id: string;
  token: string;
  /** The body of a `keys.json`: the only roots to trust. */
  rootKeys: unknown;
  recipientId: string;
  /** PKCS#8, DER, base64. Several: the key is being changed. */
  privateKeysPkcs8: string[];
  /** Milliseconds since the epoch. */
  now: number;
  /** `requireJson: false`: the payload is not read. `gatewayMerchantId`: the payload has to name it. */
  options?: { requireJson?: boolean; gatewayMerchantId?: string };
  expect: { ok: true; plaintext: string } | { ok: false; code: string };
}

export function checkVector(vector: Vector): void {
  const { token, rootKeys, recipientId, privateKeysPkcs8, now, options = {}, expect } = vector;
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
