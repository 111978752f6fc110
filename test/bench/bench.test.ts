import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import type { Bench } from './bench.js';

const SCALE = 0.002;

for (const file of readdirSync(import.meta.dirname).filter((name) => name.endsWith('.bench.ts'))) {
  test(`${file} runs from end to end and has something to tell`, async () => {
    const { bench } = (await import(`./${file.replace('.ts', '.js')}`)) as { bench: Bench };
    const { rows, figures } = await bench.run(SCALE);
    assert.ok(rows.length > 0 && figures.length > 0);
    // The sizes say nothing of speed, but each figure has been measured.
    for (const { name, value } of figures) assert.ok(Number.isFinite(value), name);
  });
}
