import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { MUTANTS } from './mutants.js';

test('every known bug can still be put into the server', () => {
  for (const { id, file, edits } of MUTANTS) {
    const source = readFileSync(file, 'utf8');
    for (const { original } of edits)
      assert.equal(source.split(original).length, 2, `${id}: its text does not stand in ${file} once`);
  }
});
