import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  cardRows,
  CERTAINTY,
  LOOK_INSIDE,
  merchantSettings,
  NOT_IMITATED,
  PROVIDER_NAMES,
} from '../../../../demo/sandbox/about.js';
import { ENVIRONMENT } from '../../../../demo/sandbox/environment.js';
import { FAULTS, FaultyOperation } from '../../../../demo/sandbox/faults/fault.js';
import { CREDENTIALS } from '../../../../demo/sandbox/settings.js';
import { BLOCKS, DOCUMENT, rowsOf, STEPS } from './document.js';

const code = (text: string) => `\`${text}\``;

test('the settings of SANDBOX.md are those that the sandbox takes', () => {
  assert.deepEqual(
    rowsOf('setting', 'meaning', 'initial value'),
    Object.entries(ENVIRONMENT).map(([name, { what, initial }]) => [code(name), what, code(initial)]),
  );
  assert.deepEqual(
    rowsOf('setting', 'value'),
    merchantSettings('http://127.0.0.1:8090', CREDENTIALS).map((row) => row.map(code)),
  );
});

test('the cards of SANDBOX.md are those of the scenario table', () => {
  assert.deepEqual(
    rowsOf('provider', 'card', 'what happens'),
    (['procard', 'globalpay'] as const).flatMap((provider) =>
      cardRows(provider).map((row) => [PROVIDER_NAMES[provider], ...row]),
    ),
  );
});

test('the faults of SANDBOX.md are those that can be ordered, and their operations all have a name there', () => {
  assert.deepEqual(
    rowsOf('fault', 'what happens'),
    Object.entries(FAULTS).map(([name, { what }]) => [code(name), what]),
  );
  for (const operation of FaultyOperation.options) assert.ok(DOCUMENT.includes(code(operation)), operation);
});

test('SANDBOX.md is as sure as the sandbox', () => {
  assert.deepEqual(
    rowsOf('party', 'what it does', 'certainty'),
    CERTAINTY.flatMap(({ party, rows }) =>
      rows.map(({ what, certainty }) => [party, what, certainty === 'assumed' ? '**assumed**' : certainty]),
    ),
  );
});

test('SANDBOX.md says what is not imitated, and where to look inside', () => {
  const [, end = ''] = DOCUMENT.split('## What it does not imitate\n\n');
  assert.deepEqual(
    end.trimEnd().split('\n'),
    NOT_IMITATED.map((sentence) => `- ${sentence}`),
  );
  for (const [path] of LOOK_INSIDE) assert.ok(DOCUMENT.includes(path), path);
});

test('every shell block of SANDBOX.md is run by a test', () => {
  const steps = STEPS.map((step) => step.code);
  const others = BLOCKS.filter(({ language, code }) => language !== 'text' && !steps.includes(code));
  assert.ok(steps.length > 10);
  assert.deepEqual(
    others.map(({ code }) => code.split('\n')[0]),
    ['npm run sandbox', 'SANDBOX_PORT=8090 npm run sandbox &'],
  );
});
