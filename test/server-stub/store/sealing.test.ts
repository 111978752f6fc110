import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readConfig } from '../../../server-stub/config.js';
import { openEmbedded } from '../../../server-stub/store/embedded.js';
import { openStore } from '../../../server-stub/store/open-store.js';
import { Sealing } from '../../../server-stub/store/sealing.js';
import { SqlStore } from '../../../server-stub/store/sql-store.js';
import { newRecord, openChallenge } from '../support/records.js';
import { temporaryDirectory } from '../support/temporary.js';

describe('a seal', () => {
  const sealing = new Sealing(Buffer.alloc(32, 1));

  test('opens to what was sealed, and is the same for the same text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const seal = sealing.seal('action', text);
        assert.equal(sealing.open('action', seal), text);
        assert.equal(sealing.seal('action', text), seal);
      }),
    );
  });

  test('differs for another text, another column and another key', () => {
    const other = new Sealing(Buffer.alloc(32, 2));
    const seals = [
      sealing.seal('action', 'a'),
      sealing.seal('action', 'b'),
      sealing.seal('answer', 'a'),
      other.seal('action', 'a'),
    ];
    assert.equal(new Set(seals.map((seal) => seal.slice(0, 24))).size, 4);
  });

  test('opens with no other key, for no other column, and not where a bit was changed', () => {
    const seal = sealing.seal('action', 'text');
    assert.throws(() => new Sealing(Buffer.alloc(32, 2)).open('action', seal));
    assert.throws(() => sealing.open('answer', seal));
    for (let at = 'sealed.1.'.length; at < seal.length; at += 1) {
      const touched = seal.slice(0, at) + (seal[at] === 'A' ? 'B' : 'A') + seal.slice(at + 1);
      // The last letter of base64 carries bits that are not read.
      if (at < seal.length - 1) assert.throws(() => sealing.open('action', touched), String(at));
    }
  });

  test('is not asked of what an earlier server wrote without one', () => {
    assert.equal(sealing.open('provider_id', 'key-1'), 'key-1');
  });
});

describe('the key of an embedded database', () => {
  test('is made with it, for its owner alone, and stays', async () => {
    const directory = temporaryDirectory();
    const first = new SqlStore(await openEmbedded(directory));
    const record = newRecord({ ...openChallenge(), providerId: 'key-1' });
    await first.insert(record);
    const key = readFileSync(join(directory, 'payments.key'), 'utf8');
    assert.equal(Buffer.from(key, 'base64').length, 32);
    assert.equal(statSync(join(directory, 'payments.key')).mode & 0o777, 0o600);
    await first.close();

    const second = new SqlStore(await openEmbedded(directory));
    assert.deepEqual(await second.find(record.id), record);
    assert.deepEqual(await second.findByReference(record.provider, 'key-1'), record);
    assert.equal(readFileSync(join(directory, 'payments.key'), 'utf8'), key);
    await second.close();
  });

  test('may be a setting', async () => {
    const env = { DATA_DIR: temporaryDirectory(), DATABASE_KEY: randomBytes(32).toString('base64') };
    await (await openStore(readConfig(env))).close();
    assert.throws(() => statSync(join(env.DATA_DIR, 'payments.key')), { code: 'ENOENT' });
  });

  test('that was lost or changed stops the start with a sentence', async () => {
    const env = { DATA_DIR: temporaryDirectory() };
    await (await openStore(readConfig(env))).close();
    rmSync(join(env.DATA_DIR, 'payments.key'));
    await assert.rejects(openStore(readConfig(env)), { setting: 'DATABASE_KEY' });
  });
});
