import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Sealer } from '../../../demo/sandbox/google-pay/seal.js';
import {
  openToken,
  readPayload,
  readRootKeys,
  type TokenOpener,
} from '../../../server-stub/google-pay/ecv2.js';
import {
  forge,
  LATER,
  NOW,
  opener,
  p256,
  PAYLOAD,
  RECIPIENT,
  ROOT,
  rootKey,
  signature,
  spki,
} from './forge.js';

/** The plaintext, or why there is none. */
function outcome(token: string, parts: Partial<TokenOpener> = {}): string {
  const opening = openToken(token, opener(parts));
  return opening.kind === 'opened' ? opening.plaintext.toString() : `refused: ${opening.reason}`;
}

const SEALED = JSON.stringify(PAYLOAD);

describe('a token is opened', () => {
  test('with its very plaintext, whatever that is', () => {
    for (const plaintext of ['', 'plaintext', 'їжа 🍲', SEALED])
      assert.equal(outcome(forge({ plaintext })), plaintext);
  });

  test('by any root, with any of the signatures, whatever else stands among them', () => {
    const rootKeys = [p256(), ROOT, p256()].map(({ publicKey }) => rootKey(publicKey));
    const token = forge({
      outer: ({ intermediateSigningKey: { signedKey, signatures }, ...rest }) => {
        const others = ['', 'no base64', 'AA==', 7, null, {}, signature(p256().privateKey, signedKey)];
        return { ...rest, intermediateSigningKey: { signedKey, signatures: [...others, ...signatures] } };
      },
    });
    assert.equal(outcome(token, { rootKeys }), SEALED);
  });

  test('by any of the private keys, in any order', () => {
    const other = p256().privateKey;
    for (const privateKeys of [
      [other, RECIPIENT.privateKey],
      [RECIPIENT.privateKey, other],
    ])
      assert.equal(outcome(forge(), { privateKeys }), SEALED);
  });

  test('where Google says more of its key than today', () => {
    assert.equal(outcome(forge({ signedKey: (key) => ({ ...key, keyUse: 'signing' }) })), SEALED);
  });

  test('up to its greatest size', () => {
    assert.equal(outcome(forge().padEnd(16_384)), SEALED);
  });

  test('to the last millisecond of every key', () => {
    assert.equal(outcome(forge(), { now: LATER - 1 }), SEALED);
  });

  test('a thousand times, by whoever the sandbox sealed it for', () => {
    const sealer = new Sealer(() => NOW);
    const recipient = { id: 'gateway:test', publicKey: RECIPIENT.publicKey };
    const rootKeys = readRootKeys(sealer.rootKeys) ?? [];
    for (let number = 0; number < 1_000; number += 1) {
      const plaintext = `${number} ${'ї'.repeat(number)}`;
      assert.equal(outcome(sealer.seal(plaintext, recipient), { rootKeys }), plaintext);
    }
  });
});

describe('a single change', () => {
  const refusedOrTheSame = (token: string, where: string) => {
    const seen = outcome(token);
    assert.ok(seen === SEALED || seen.startsWith('refused: '), `${where}: ${seen}`);
  };

  test('of any one character never opens to something else', () => {
    const token = forge();
    for (let at = 0; at < token.length; at += 1) {
      const changed = String.fromCharCode(token.charCodeAt(at) ^ (1 << (at % 7)));
      refusedOrTheSame(
        token.slice(0, at) + changed + token.slice(at + 1),
        `character ${at} became ${changed}`,
      );
      refusedOrTheSame(token.slice(0, at) + token.slice(at + 1), `character ${at} left out`);
    }
  });

  test('anywhere, of any length, never opens to something else', () => {
    const token = forge();
    const place = fc.nat(token.length);
    fc.assert(
      fc.property(place, fc.nat(40), fc.string({ unit: 'binary', maxLength: 40 }), (at, cut, put) =>
        refusedOrTheSame(token.slice(0, at) + put + token.slice(at + cut), `${at} ${cut} ${put}`),
      ),
      { numRuns: 1_000 },
    );
  });

  test('no text at all makes it throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) =>
        assert.match(outcome(text), /^refused: bad_token_/),
      ),
    );
  });
});

describe('a payload', () => {
  const read = (payload: unknown, gatewayMerchantId?: string) =>
    readPayload(Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)), {
      now: NOW,
      ...(gatewayMerchantId !== undefined && { gatewayMerchantId }),
    });

  test('is read with everything in it, and until when it is good', () => {
    assert.deepEqual(read(PAYLOAD), { kind: 'payload', payload: PAYLOAD, expiresAt: LATER });
    assert.equal(read({ messageExpiration: String(NOW + 1) }).kind, 'payload');
  });

  test('names the merchant who presents it, where there is one to compare with', () => {
    assert.equal(read(PAYLOAD, 'BO_gateway').kind, 'payload');
    const mismatch = { kind: 'refused', reason: 'gateway_merchant_mismatch' };
    assert.deepEqual(read(PAYLOAD, 'BO_gatewaY'), mismatch);
    assert.deepEqual(read(PAYLOAD, ''), mismatch);
    assert.deepEqual(read({ ...PAYLOAD, gatewayMerchantId: undefined }, 'BO_gateway'), mismatch);
  });

  test('is a JSON object', () => {
    for (const payload of ['plaintext', '', '[]', 'null', '"{}"', '\ufeff{}'])
      assert.deepEqual(read(payload), { kind: 'refused', reason: 'payload_not_json' }, payload);
    const broken = Buffer.from('{"messageExpiration":"x\xff"}', 'latin1');
    assert.deepEqual(readPayload(broken, { now: NOW }), { kind: 'refused', reason: 'payload_not_json' });
  });

  test('says in digits when it expires', () => {
    for (const messageExpiration of [
      undefined,
      null,
      LATER,
      '',
      '1e15',
      `${LATER}.5`,
      ` ${LATER}`,
      '9'.repeat(16),
    ])
      assert.deepEqual(
        read({ ...PAYLOAD, messageExpiration }),
        { kind: 'refused', reason: 'bad_message_expiration' },
        String(messageExpiration),
      );
  });

  test('has expired at the very millisecond, and long ago if it counts in seconds', () => {
    for (const at of [NOW, NOW - 1, LATER / 1_000])
      assert.deepEqual(read({ ...PAYLOAD, messageExpiration: String(at) }), {
        kind: 'refused',
        reason: 'message_expired',
      });
  });

  test('is told to have expired before it is told to be another merchant’s', () => {
    assert.deepEqual(read({ ...PAYLOAD, messageExpiration: String(NOW) }, 'BO_other'), {
      kind: 'refused',
      reason: 'message_expired',
    });
  });
});

describe('the body of keys.json', () => {
  const ecv2 = { keyValue: spki(ROOT.publicKey), protocolVersion: 'ECv2', keyExpiration: String(LATER) };

  test('gives the keys of ECv2 with their expiry, and passes over the others', () => {
    const keys = readRootKeys({
      keys: [
        { ...ecv2, protocolVersion: 'ECv1' },
        { ...ecv2, protocolVersion: 'ECv2SigningOnly' },
        { ...ecv2, keyExpiration: undefined },
        { ...ecv2, keyExpiration: LATER },
        { ...ecv2, keyValue: 'AAAA' },
        null,
        ecv2,
      ],
    });
    assert.equal(keys?.length, 1);
    assert.equal(keys[0]?.expiresAt, LATER);
    assert.ok(keys[0]?.key.equals(ROOT.publicKey));
  });

  test('is nothing without a list of keys', () => {
    for (const body of [undefined, null, [], {}, { keys: ecv2 }]) assert.equal(readRootKeys(body), undefined);
    assert.deepEqual(readRootKeys({ keys: [] }), []);
  });
});
