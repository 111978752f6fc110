import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Words that only code which opens a token, or sends an opened one, has a use for. */
const WORDS =
  /gpTokenDecrypted|ECv2|ephemeralPublicKey|intermediateSigningKey|messageExpiration|cryptogram\b/;

test('nothing in the widget opens a token or sends an opened one', () => {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  const sources = files.filter((name) => name.endsWith('.ts')).map((name) => join(root, 'src', name));
  assert.ok(sources.length > 20);
  assert.deepEqual(
    sources.filter((path) => WORDS.test(readFileSync(path, 'utf8'))),
    [],
  );
});

const bundle = join(root, 'dist/pay-elements.js');

test('nothing in the built script does either', { skip: !existsSync(bundle) && 'not built yet' }, () => {
  assert.doesNotMatch(readFileSync(bundle, 'utf8'), WORDS);
});
