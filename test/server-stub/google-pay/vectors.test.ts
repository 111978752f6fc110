import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readRootKeys } from '../../../server-stub/google-pay/ecv2.js';
import own from '../../fixtures/google-pay/ecv2-vectors.json' with { type: 'json' };
import { checkVector, type Vector } from './vectors.js';

describe('our own vectors', () => {
  for (const vector of own.vectors as Vector[]) test(vector.id, () => checkVector(vector));
});

/** Tokens of Google, of Tink and of others, which lie beside the checkout because they are not ours to copy. */
const REFERENCE = new URL('../../../../shared/fixtures/google-pay/ecv2-vectors.json', import.meta.url);

interface Reference {
  vectors: (Vector & { senderId: string; options?: { signingOnly?: boolean } })[];
  googleTestRootKeysJson: unknown;
}

const isThere = existsSync(fileURLToPath(REFERENCE));

describe(
  'reference vectors',
  { skip: !isThere && 'the reference vectors do not lie beside this checkout' },
  () => {
    if (!isThere) return;
    const reference = JSON.parse(readFileSync(REFERENCE, 'utf8')) as Reference;

    test('are all there', () => assert.equal(reference.vectors.length, 34));

    for (const vector of reference.vectors)
      test(vector.id, { skip: inapplicable(vector) }, () => checkVector(vector));

    test("of the keys in Google's TEST keys.json, the one of ECv2 is read", () => {
      const keys = readRootKeys(reference.googleTestRootKeysJson);
      assert.deepEqual(
        keys?.map(({ expiresAt }) => expiresAt),
        [2_154_841_200_000],
      );
    });
  },
);

function inapplicable({ options, senderId }: Reference['vectors'][number]): string | false {
  if (options?.signingOnly) return 'ECv2SigningOnly is not offered: card payments never use it';
  return senderId !== 'Google' && 'the sender is always Google here';
}
