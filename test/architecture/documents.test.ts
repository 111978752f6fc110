import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { PAY_PROPERTIES } from '../../src/checkout/settings.js';
import { PaymentStatus } from '../../src/contract/payment.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The code below these folders, by its path. */
const sources = (...folders: string[]): [path: string, text: string][] =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name): [string, string] => [join(folder, name), read(join(folder, name))]),
  );

/** The rows of the document's table with this heading in its first column, as cells. */
function rows(document: string, heading: string): string[][] {
  const [, table = ''] = new RegExp(`^\\| ${heading} +\\|.*\\n\\| -.*\\n((?:\\|.*\\n)+)`, 'm').exec(read(document)) ?? []; // prettier-ignore
  const lines = table.trim().split('\n');
  assert.ok(lines.length > 1, `${document} has no table of ${heading}`);
  return lines.map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim())); // prettier-ignore
}

const codes = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();

test('the README names every attribute of pay-button, and no other', () => {
  const named = rows('README.md', 'attribute').flatMap(([name]) => codes(name));
  const ours = Object.values(PAY_PROPERTIES).map(({ attribute }) => attribute);
  assert.deepEqual(sorted(named.filter((code) => /^[a-z]/.test(code))), sorted([...ours, 'disabled']));
});

test('the README says of every status what it means', () => {
  const named = rows('README.md', 'status').flatMap(([name]) => codes(name));
  assert.deepEqual(named, PaymentStatus.options);
});

test('every setting that the README names is one that the server reads', () => {
  const code = sources('server-stub').map(([, text]) => text).join('\n'); // prettier-ignore
  const settings = [
    ...rows('README.md', 'setting').map(([names]) => names),
    ...rows('README.md', 'ask ProcardPay').map(([, , names]) => names),
    ...rows('README.md', 'ask GlobalPay').map(([, , names]) => names),
  ].flatMap(codes);
  assert.ok(settings.length > 12);
  assert.deepEqual(
    settings.filter((name) => !new RegExp(`\\b${name}\\b`).test(code)),
    [],
  );
});

test('every file and folder that the guides name is there', () => {
  const named = ['README.md', 'INTEGRATION.md'].flatMap((document) =>
    [...read(document).matchAll(/`((?:src|server-stub|demo|test)\/[^`]*)`|\]\(([^)#:]+)[^)]*\)/g)]
      .map(([, path, link]) => path ?? link ?? '')
      .filter((path) => !path.startsWith('http')),
  );
  assert.ok(named.length > 10);
  assert.deepEqual(
    named.filter((path) => !existsSync(join(root, path))),
    [],
  );
});

test('INTEGRATION.md names every presentation', () => {
  const named = rows('INTEGRATION.md', '`presentation`').flatMap(([name]) => codes(name));
  const ours = readdirSync(join(root, 'src/threeds/presentations')).map((name) => name.replace('.ts', ''));
  assert.deepEqual(sorted(named), sorted(['auto', ...ours.filter((name) => name !== 'presentation')]));
});

test('INTEGRATION.md names every token, with the values that hold where it is not set', () => {
  const used = sources('src/elements').flatMap(([, text]) => [
    ...text.matchAll(/var\((--pay-[a-z-]+), ((?:[^()]|\([^()]*\))+)\)/g),
  ]);
  const table = rows('INTEGRATION.md', 'token');
  const named = table.flatMap(([token]) => codes(token));
  assert.deepEqual(sorted(named), sorted(used.map(([, token = '']) => token)));
  for (const [, token, value = ''] of used) {
    const row = table.find(([first]) => first === `\`${token}\``);
    // What is inherited is said in words.
    if (value !== 'inherit') assert.ok(codes(row?.[2]).includes(value), `${token} is ${value}`);
  }
});

test('INTEGRATION.md names every part, and pay-button hands on those of the bank’s frame', () => {
  const parts: Record<string, string[]> = { 'pay-button': [], 'pay-status': [], 'threeds-frame': [] };
  for (const [path, text] of sources('src/elements', 'src/threeds')) {
    const owner = /threeds/.test(path) ? 'threeds-frame' : /pay-status/.test(path) ? 'pay-status' : 'pay-button'; // prettier-ignore
    const found = [...text.matchAll(/\spart="([a-z-]+)"|'part', '([a-z-]+)'/g)];
    parts[owner]!.push(...found.map(([, inTemplate, set]) => inTemplate ?? set ?? ''));
  }
  const table = new Map(
    rows('INTEGRATION.md', 'element').map(([element = '', names]) => [element.slice(2, -2), codes(names)]),
  );
  for (const [element, ours] of Object.entries(parts)) {
    const named = table.get(element)?.filter((code) => !code.startsWith('<'));
    assert.deepEqual(sorted(named ?? []), sorted(ours), element);
  }
  const handedOn = /exportparts="([^"]+)"/.exec(read('src/elements/pay-button.ts'))?.[1]?.split(', ') ?? [];
  assert.deepEqual(sorted(handedOn), sorted(parts['threeds-frame']!));
});
