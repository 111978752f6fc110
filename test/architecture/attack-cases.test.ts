import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const tests = fileURLToPath(new URL('..', import.meta.url));

/** What is tried, each with its id: the elements and their messages, the wire, amounts, routes, returns, callbacks, time. */
const CASES = JSON.parse(readFileSync(join(tests, 'fixtures/attack-cases.json'), 'utf8')) as Record<string, string>; // prettier-ignore

/** Ids with which the names of tests begin, in whatever quotes, also as the rows of a table. */
function idsInNames(): Set<string> {
  const files = readdirSync(tests, { recursive: true, encoding: 'utf8' });
  const names = files
    .filter((file) => /(\.test|-suite)\.ts$/.test(file))
    .flatMap((file) => readFileSync(join(tests, file), 'utf8').match(/['"`](?:[A-Z]\d+ )+/g) ?? []);
  return new Set(names.flatMap((name) => name.match(/[A-Z]\d+/g) ?? []));
}

test('every case of an attack has a test that bears its id', () => {
  const tested = idsInNames();
  assert.deepEqual(
    Object.keys(CASES).filter((id) => !tested.has(id)),
    [],
  );
});

test('every id of groups A to H in the name of a test is a case that is listed', () => {
  const unknown = [...idsInNames()].filter((id) => /^[A-H]/.test(id) && !(id in CASES));
  assert.deepEqual(unknown, []);
});
