import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ENGINES } from './engines.js';
import { tableOf, withTable, type Row } from './table.js';

const ROWS: Row[] = [
  {
    title: 'Chromium',
    version: '153.0',
    elements: { passed: 5, failed: 0 },
    journeys: { passed: 6, failed: 1 },
    without: 'nothing',
  },
  { title: 'Firefox', missing: 'On Debian: apt-get install firefox-esr' },
];
const readme = () => readFileSync('README.md', 'utf8');

test('an engine that is missing is told from one that fails', () => {
  assert.deepEqual(tableOf(ROWS).trim().split('\n').slice(2), [
    '| Chromium | 153.0 | 5 passed, 0 failed | 6 passed, 1 failed | nothing |',
    '| Firefox | missing | not run | not run | On Debian: apt-get install firefox-esr |',
  ]);
});

test('the table of the README is replaced, and nothing else', async () => {
  const written = await withTable(readme(), ROWS);
  const around = (text: string) => text.split(/<!-- \/?engines -->/).filter((_, i) => i !== 1);
  assert.deepEqual(around(written), around(readme()));
  assert.match(written, /\| Firefox +\| missing +\|/);
  assert.equal(await withTable(written, ROWS), written);
});

test('a README without a place for the table is said to be so', async () => {
  await assert.rejects(withTable('# pay-elements', ROWS), /lost its <!-- engines --> marks/);
});

test('the README has a row for every engine, as the command writes it', () => {
  const [, table = ''] = readme().split(/<!-- \/?engines -->/);
  const cells = table
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim()));
  assert.deepEqual(
    cells.map(([, title]) => title),
    Object.values(ENGINES).map(({ title }) => title),
  );
  for (const [, title, version, elements, journeys] of cells) {
    assert.match(version ?? '', /^\d+(\.\d+)+$/, title);
    assert.match(elements ?? '', /^\d+ passed, \d+ failed$/, title);
    assert.match(journeys ?? '', /^\d+ passed, \d+ failed$/, title);
  }
});
